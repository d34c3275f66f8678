"""Nearest embassy, as PROCESS.md defines it."""

import csv
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from directory.geography import ISO_COUNTRIES, territories
from directory.models import Agency, ContactPoint, Mission
from directory.queries import (
    NearestMission,
    nearest_consulate_general,
    nearest_embassy,
    next_embassy_with_mailbox,
    no_embassy_reason,
    usable_mailbox,
)

DATA = Path(__file__).parent.parent / "data" / "directory"
pytestmark = [pytest.mark.usefixtures("directory"), pytest.mark.django_db]


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def embassy(country: str, city: str = "", region: str = "") -> NearestMission:
    found = nearest_embassy("CN", country, city, region)
    assert found
    return found


def test_every_place_without_an_embassy_takes_the_one_that_the_facts_name() -> None:
    for row in read("no_resident_prc_embassy.csv"):
        found = embassy(row["country_iso2"])
        city, _, country = row["nearest_embassy"].removesuffix(")").partition(" (")
        assert (found.mission.seat_city, found.mission.seat_country) == (city, country), row["name"]
        assert found.distance_km == pytest.approx(float(row["embassy_distance_km"]), abs=2), row["name"]


def test_a_hundred_places_take_the_right_embassy() -> None:
    places = read("nearest_embassies.csv")
    wrong = [
        (row, found.reason)
        for row in places
        if (found := embassy(row["country"], row["city"], row["region"])).key != row["embassy"]
    ]
    assert len(places) > 95
    assert wrong == []


def test_every_country_has_an_embassy_or_a_reason_why_not() -> None:
    hosts = set(Mission.objects.filter(kind="embassy").values_list("host_country", flat=True))
    taken = {country: nearest_embassy("CN", country) for country in ISO_COUNTRIES}
    assert len(hosts) == 176
    assert {host for host in hosts if (one := taken[host]) and one.mission.host_country == host} == hosts
    assert {country for country, one in taken.items() if one is None} == {"CN", "HK", "MO", "AQ"}
    assert {country for country in ISO_COUNTRIES if no_embassy_reason("CN", country)} == {"CN", "HK", "MO", "AQ"}


@pytest.mark.parametrize("country", ["CN", "HK", "MO"])
def test_residents_of_china_report_to_the_police_there(country: str) -> None:
    assert nearest_embassy("CN", country, "Shenzhen") is None
    assert "report to the police there" in no_embassy_reason("CN", country)


def test_a_territory_uses_the_embassy_to_its_state() -> None:
    for territory in territories().values():
        assert embassy(territory.code).mission.host_country == territory.state, territory.code


def test_the_reason_names_the_embassy_the_distance_and_the_city() -> None:
    assert embassy("PY", "Asunción").reason == (
        "China has no embassy in Paraguay; the nearest abroad is the one in Buenos Aires, Argentina: "
        "1,035 km from Asunción."
    )
    assert embassy("US", "Omaha", "Nebraska").reason == (
        "The embassy of China in the United States, the country of residence, is in Washington: 1,623 km from Omaha."
    )


def test_the_reason_says_when_the_capital_stands_for_an_unknown_city() -> None:
    assert "from Asunción, the capital, for the city is not known" in embassy("PY", "Zzyzx").reason


def test_the_reason_says_why_a_territory_has_the_embassy_of_a_state() -> None:
    assert embassy("PR", "San Juan").reason.startswith(
        "Residents of Puerto Rico (unincorporated territory or commonwealth of the United States) turn to the embassy"
    )


@pytest.mark.parametrize(
    ("country", "key", "seat"), [("LY", "cn-embassy-ly", "Tunis"), ("SM", "cn-embassy-sm", "Rome")]
)
def test_an_embassy_that_works_elsewhere_counts_where_it_works(country: str, key: str, seat: str) -> None:
    found = embassy(country)
    assert (found.key, found.mission.seat_city) == (key, seat)
    assert f"works from {seat}" in found.reason
    assert found.distance_km
    assert found.distance_km > 200


def test_two_embassies_in_one_house_the_one_to_that_country_comes_first() -> None:
    assert embassy("VA").key == "cn-embassy-it"


@pytest.mark.parametrize("country", ["LT", "PS"])
def test_an_office_is_no_embassy(country: str) -> None:
    found = embassy(country)
    assert found.mission.kind == "embassy"
    assert found.mission.host_country != country


def test_a_nearer_consulate_does_not_replace_the_embassy() -> None:
    assert embassy("LI").key == "cn-embassy-ch"
    assert embassy("PF", "Papeete").key == "cn-embassy-fr"


def test_a_mission_of_another_government_is_never_taken() -> None:
    roc = Agency.objects.create(
        key="tw-embassy-py", kind="mission", country="TW", name_en="Embassy of the Republic of China (Taiwan)",
        takes_reports_from_public=True, source="test", source_confidence="high",
    )  # fmt: skip
    Mission.objects.create(
        agency=roc, sending_country="TW", kind="embassy", region="Latin America", host_country="PY", city="Asunción",
        seat_country="PY", seat_city="Asunción", latitude="-25.28", longitude="-57.63", source="test",
        source_confidence="high",
    )  # fmt: skip
    assert embassy("PY", "Asunción").key == "cn-embassy-ar"


def test_the_next_embassy_with_a_mailbox_is_another_one() -> None:
    assert usable_mailbox(Agency.objects.get(key="cn-embassy-gb")) is None
    found = next_embassy_with_mailbox("CN", "GB", "London")
    assert found
    assert found.key == "cn-embassy-nl"
    assert found.reason.endswith("the one in The Hague, the Netherlands: 310 km from London.")


def test_a_closed_mailbox_is_passed_over() -> None:
    ContactPoint.objects.filter(agency__key="cn-embassy-nl", channel="email").update(status="closed")
    found = next_embassy_with_mailbox("CN", "GB", "London")
    assert found
    assert found.key != "cn-embassy-nl"


@pytest.mark.parametrize(
    ("country", "city", "region", "key"),
    [
        ("US", "Omaha", "Nebraska", "cn-consulate-us-chicago"),
        ("US", "Sacramento", "", "cn-consulate-us-san-francisco"),
        ("US", "A hamlet", "California", "cn-consulate-us-los-angeles"),
        ("US", "", "", "cn-consulate-us-new-york"),
        ("GB", "Glasgow", "Scotland", "cn-consulate-gb-edinburgh"),
        ("FR", "Nice", "", "cn-consulate-fr-marseille"),
        ("RE", "Saint-Pierre", "", "cn-consulate-re-saint-denis"),
        ("PR", "Ponce", "", "cn-consulate-us-new-york"),
        ("PF", "Papeete", "", "cn-consulate-fr-strasbourg"),
        ("KH", "Siem Reap", "", None),
        ("PY", "Asunción", "", None),
    ],
)
def test_the_nearest_consulate_general_is_in_the_country(country: str, city: str, region: str, key: str | None) -> None:
    found = nearest_consulate_general("CN", country, city, region)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(("country", "city"), [("US", "Omaha"), ("PY", "Asunción"), ("VA", ""), ("PR", "")])
def test_the_number_of_queries_does_not_grow(
    country: str, city: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(3):
        nearest_embassy("CN", country, city)
    with django_assert_max_num_queries(5):
        next_embassy_with_mailbox("CN", country, city)
