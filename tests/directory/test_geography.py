"""Places: which city is meant, and how far it is."""

import subprocess
import sys

import pytest

from directory.geography import (
    ISO_COUNTRIES,
    capital,
    country_name,
    distance_km,
    fold,
    locate,
    place_names_in,
    region_code,
    region_of,
    territories,
)
from directory.geography.places import _regions


def degrees(country: str, city: str, region: str = "") -> tuple[int, int]:
    place = locate(country, city, region)
    assert place
    assert not place.role, f"{city} was not found"
    return round(place.latitude), round(place.longitude)


def test_distance_is_a_great_circle() -> None:
    assert distance_km((0, 0), (0, 180)) == pytest.approx(20015, abs=1)
    assert distance_km((51.5, -0.12), (51.5, -0.12)) == 0
    # Over the date line, not around the world.
    assert distance_km((0, 179.5), (0, -179.5)) == pytest.approx(111, abs=1)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("São  Paulo", "sao paulo"),
        ("KØBENHAVN", "kobenhavn"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Xi’an", "xian"),
        ("St. John's", "st johns"),
        ("Port-au-Prince", "port au prince"),
        ("北京", "北京"),
        ("İstanbul", "istanbul"),
    ],
)
def test_names_are_compared_without_case_marks_and_punctuation(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("country", "city", "region", "expected"),
    [
        ("US", "Springfield", "Illinois", (40, -90)),
        ("US", "Springfield", "MA", (42, -73)),
        ("US", "Springfield, IL", "", (40, -90)),
        ("US", "Portland", "", (46, -123)),
        ("US", "Portland", "Oregon", (46, -123)),
        ("US", "Portland", "Maine", (44, -70)),
        ("GB", "London", "", (52, 0)),
        ("CA", "London", "", (43, -81)),
        ("CA", "London", "ON", (43, -81)),
        ("AU", "Newcastle", "New South Wales", (-33, 152)),
        ("GB", "Newcastle upon Tyne", "England", (55, -2)),
        ("AU", "Perth", "", (-32, 116)),
        ("GB", "Perth", "Scotland", (56, -3)),
        ("US", "St Louis", "Missouri", (39, -90)),
        ("US", "Saint Louis", "", (39, -90)),
        ("DE", "Muenchen", "", (48, 12)),
        ("DE", "MÜNCHEN", "Bayern", (48, 12)),
        ("CN", "西安", "", (34, 109)),
        ("JP", "東京", "", (36, 140)),
        ("RU", "Москва", "", (56, 38)),
        ("GR", "Αθήνα", "", (38, 24)),
        ("IN", "Bombay", "", (19, 73)),
        ("PL", "Lodz", "", (52, 19)),
        ("TR", "Istanbul", "", (41, 29)),
    ],
)
def test_the_city_is_the_one_in_that_country_and_region(
    country: str, city: str, region: str, expected: tuple[int, int]
) -> None:
    assert degrees(country, city, region) == expected


def test_the_same_name_in_another_country_is_another_city() -> None:
    assert locate("PY", "Buenos Aires") == capital("PY")


def test_a_city_of_another_region_is_not_taken_for_it() -> None:
    place = locate("US", "Springfield", "Alaska")
    assert place
    assert place.role == "the capital"


def test_a_region_that_is_not_listed_does_not_hide_the_city() -> None:
    assert degrees("GB", "Leeds", "West Yorkshire") == (54, -2)


def test_the_largest_city_of_a_region_can_stand_in_before_the_capital() -> None:
    place = locate("US", "A hamlet", "Texas", by_region=True)
    assert place
    assert (place.name, place.role) == ("Houston", "the largest city of Texas")


def test_every_country_with_a_town_has_a_capital() -> None:
    assert {country for country in ISO_COUNTRIES if capital(country) is None} == {"AQ", "BV", "HM", "IO", "UM"}


@pytest.mark.parametrize("country", ["VA", "TW", "XK", "PS", "PW", "CW", "BQ", "TK"])
def test_capitals_that_the_list_of_countries_lacks_are_known(country: str) -> None:
    assert capital(country)


def test_territories_and_states_are_iso_countries() -> None:
    assert len(ISO_COUNTRIES) == 250
    assert territories().keys() <= ISO_COUNTRIES
    assert {territory.state for territory in territories().values()} <= ISO_COUNTRIES - territories().keys()


def test_country_names_fit_into_a_sentence() -> None:
    assert [country_name(code) for code in ("US", "PH", "KH", "XK", "CI", "IM", "GS")] == [
        "the United States",
        "the Philippines",
        "Cambodia",
        "Kosovo",
        "Côte d'Ivoire",
        "the Isle of Man",
        "South Georgia and the South Sandwich Islands",
    ]


@pytest.mark.parametrize(
    ("country", "states"),
    [("AU", 8), ("BR", 27), ("CA", 12), ("DE", 16), ("GB", 4), ("IN", 21), ("MX", 22), ("US", 51)],
)
def test_listed_regions_have_codes_of_their_own(country: str, states: int) -> None:
    assert len(set(_regions(country).values())) == states


def test_the_region_follows_from_the_city_where_it_is_not_given() -> None:
    assert region_code("GB", "scotland") == region_of("GB", "Edinburgh") == region_of("GB", "Dundee", "Angus") == "SCT"
    assert region_of("GB", "Leeds") == "ENG"
    assert region_of("US", "Fresno") == region_of("US", "", "California") == region_of("US", "Tinytown", "ca") == "CA"
    assert region_of("US") == ""


def test_place_names_hold_cities_country_and_compounds_and_nothing_short() -> None:
    names = place_names_in("KH")
    assert {"sihanoukville", "phnom penh", "poipet", "cambodia", "cambodian", "kampuchea", "osmach"} <= names
    assert {"myawaddy", "kk park", "yangon", "rangoon", "burma"} <= place_names_in("MM")
    assert all(name.isascii() and len(name.replace(" ", "")) >= 4 for name in names)
    assert all(name == fold(name) for name in names)


def test_place_names_are_known_in_other_scripts_too() -> None:
    assert {"柬埔寨", "金边"} <= place_names_in("KH", "other")


def test_a_country_without_extra_names_has_its_cities_and_its_own_name() -> None:
    assert {"lima", "peru"} <= place_names_in("PE")


def test_the_list_of_cities_is_read_only_when_needed_and_needs_little_memory() -> None:
    code = (
        "import pathlib; from directory.geography import locate, cities\n"
        "assert not cities._packed.cache_info().currsize\n"
        "locate('US', 'Omaha'); locate('GB', 'Leeds'); locate('CN', 'Xian')\n"
        "status = pathlib.Path('/proc/self/status').read_text()\n"
        "print(int(status.split('VmHWM:')[1].split()[0]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert int(done.stdout) < 130
