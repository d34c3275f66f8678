"""Playbooks: whom a victim tells, as data."""

import csv

import pytest

from directory.geography.countries import DATA
from directory.playbooks import (
    HomePlaybook,
    china_playbook,
    has_home_playbook,
    home_playbook,
    international_playbook,
    no_channel_at_home,
    no_channel_from_abroad,
    platform_agency,
)

with (DATA / "agencies.csv").open(encoding="utf-8", newline="") as _file:
    AGENCIES = {row["key"]: row for row in csv.DictReader(_file)}
PLAYBOOKS = [
    home_playbook(country, "", region)
    for country in sorted(has_home_playbook())
    for region in ("", "Scotland", "California")
]


def test_there_is_a_home_playbook_for_every_country_of_the_agencies() -> None:
    assert has_home_playbook() == {row["country"] for row in AGENCIES.values()} - {""}


def test_every_key_is_in_the_directory_and_every_agency_in_a_playbook() -> None:
    everywhere = international_playbook()
    keys = {china_playbook().government, *everywhere.platforms.values()}.union(
        everywhere.for_every_victim, everywhere.outside_us, everywhere.others, everywhere.information,
        *(playbook.every_key() for playbook in PLAYBOOKS),
    )  # fmt: skip
    assert keys == AGENCIES.keys()


@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_what_a_playbook_calls_police_or_desk_is_one(playbook: HomePlaybook) -> None:
    assert {AGENCIES[key]["kind"] for key in playbook.police} <= {"police"}
    assert {AGENCIES[key]["kind"] for key in playbook.national_desks} <= {"national_desk"}
    assert {AGENCIES[key]["kind"] for key in playbook.investment_regulators} <= {"regulator"}


@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_what_is_no_substitute_for_the_police_is_an_optional_agency_of_theirs(playbook: HomePlaybook) -> None:
    assert set(playbook.no_substitute) <= set(playbook.optional)
    assert {AGENCIES[key]["kind"] for key in playbook.no_substitute} <= {"police"}


@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_only_who_takes_reports_is_told_and_the_others_are_information(playbook: HomePlaybook) -> None:
    silent = {key for key in playbook.every_key() if AGENCIES[key]["takes_reports_from_public"] == "no"}
    assert set(playbook.information) == silent


@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_from_abroad_a_victim_needs_no_local_line(playbook: HomePlaybook) -> None:
    for key in playbook.from_abroad:
        agency = AGENCIES[key]
        reachable = agency["channel"] in {"web_form", "email"} or agency["value"].startswith("+")
        assert reachable != (key in playbook.short_numbers), key
        assert reachable or agency["kind"] == "national_desk", key


@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_emergency_lines_are_optional(playbook: HomePlaybook) -> None:
    told = {AGENCIES[key]["value"] for key in (*playbook.police, *playbook.from_abroad)}
    assert not told & {"100", "110", "111", "112", "113", "117", "191", "911", "999"}


def test_the_united_states() -> None:
    playbook = home_playbook("US", "Omaha", "Nebraska")
    assert playbook.national_desks == ("us-ic3",)
    assert playbook.investment_regulators == ("us-sec", "us-cftc")
    assert playbook.optional == ("us-ftc-phone",)
    assert playbook.information == ("us-fincen",)


@pytest.mark.parametrize(("city", "region"), [("", "California"), ("", "CA"), ("Fresno", "")])
def test_californias_regulator_is_for_california(city: str, region: str) -> None:
    assert "us-ca-dfpi" in home_playbook("US", city, region).investment_regulators
    assert "us-ca-dfpi" not in home_playbook("US", "Omaha", "Nebraska").investment_regulators


@pytest.mark.parametrize(("city", "region"), [("", "Scotland"), ("Glasgow", ""), ("Perth", "Perthshire")])
def test_scotland_reports_to_police_scotland(city: str, region: str) -> None:
    playbook = home_playbook("GB", city, region)
    assert playbook.police == ("gb-police-scotland",)
    assert not {"gb-report-fraud", "gb-report-fraud-phone"} & {*playbook.national_desks, *playbook.optional}


@pytest.mark.parametrize("region", ["England", "Wales", "Northern Ireland", ""])
def test_the_rest_of_the_united_kingdom_reports_to_report_fraud(region: str) -> None:
    playbook = home_playbook("GB", "", region)
    assert playbook.police == ()
    assert playbook.national_desks == ("gb-report-fraud",)
    assert playbook.optional == ("gb-report-fraud-phone",)


def test_from_abroad_report_fraud_serves_whatever_the_region() -> None:
    assert (
        home_playbook("GB", "Glasgow").from_abroad == home_playbook("GB", "Leeds").from_abroad == ("gb-report-fraud",)
    )


def test_a_territory_has_its_states_desks_where_they_are_competent() -> None:
    assert home_playbook("PR").national_desks == ("us-ic3",)
    assert home_playbook("RE").national_desks == ("fr-thesee",)
    assert not home_playbook("JE").is_known


def test_every_victim_everywhere() -> None:
    assert international_playbook().for_every_victim == ("us-ftc", "int-anyscam")
    assert international_playbook().outside_us == ("int-econsumer",)


def test_a_country_without_a_channel_is_spoken_of_in_neutral_words() -> None:
    assert home_playbook("AD") == HomePlaybook("AD")
    assert no_channel_from_abroad("KH") == "No channel in Cambodia for victims who live abroad is known."
    assert no_channel_at_home("BS").startswith(
        "No national channel for reports of online fraud in the Bahamas is known"
    )


@pytest.mark.parametrize(
    ("service", "key"),
    [
        ("WhatsApp", "int-whatsapp"),
        ("telegram", "int-telegram-abuse"),
        ("Facebook", "int-meta"),
        ("Instagram", "int-meta"),
        ("Messenger", "int-meta"),
        ("Match.com", "int-tinder"),
        ("TINDER", "int-tinder"),
        ("Binance", "int-binance"),
        ("WeChat", None),
        ("", None),
    ],
)
def test_a_platform_is_found_by_its_name(service: str, key: str | None) -> None:
    assert platform_agency(service) == key


def test_the_attention_lines_of_the_china_playbook_are_exact() -> None:
    lines = china_playbook().attention
    assert {kind: line.en for kind, line in lines.items()} == {
        "government": "To the Attention of the Ministry of Public Security",
        "embassy": "To The Attention of the Honorable Ambassador of the People's Republic of China",
        "consulate_general": "To The Attention of the Honorable Consul General of the People's Republic of China",
    }
    assert lines["embassy"].zh == "尊敬的中华人民共和国大使阁下"
    assert all(line.zh for line in lines.values())


def test_the_china_playbook_screens_as_the_process_says() -> None:
    playbook = china_playbook()
    assert playbook.territories == {"CN", "HK", "MO"}
    assert playbook.named_recipient_in == {"KH", "TH", "ID", "MY", "LA", "BT", "MM", "MN"}
    assert playbook.languages == {"zh", "cmn", "yue", "nan", "hak", "wuu"}
    assert playbook.likely_kinds == {"investment", "impersonation"}
    assert playbook.only_by_supervisor == {"TW"}
    assert playbook.fallback_url == "https://www.fmprc.gov.cn/"
    assert AGENCIES[playbook.government]["value"] == "english@mail.gov.cn"
