"""The directory as it ships: complete, sourced, and nothing invented."""

import csv
import tomllib
from collections import Counter

import pytest

from directory.enums import MissionKind, Region
from directory.geography import ISO_COUNTRIES
from directory.geography.countries import DATA
from directory.playbooks import international_playbook


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


AGENCIES, MISSIONS = read("agencies.csv"), read("missions.csv")
EMBASSIES = [row for row in MISSIONS if row["kind"] == "embassy"]


def test_all_missions_and_agencies_are_there() -> None:
    assert len(AGENCIES) == 90
    assert Counter(row["kind"] for row in MISSIONS) == {
        "embassy": 176,
        "consulate_general": 97,
        "consulate": 3,
        "consular_office": 2,
        "charge_daffaires_office": 1,
        "representative_office": 1,
    }
    assert {row["kind"] for row in MISSIONS} == set(MissionKind)
    assert {row["region"] for row in MISSIONS} == set(Region)


def test_no_mailbox_was_added_to_those_that_are_published() -> None:
    assert sum(bool(row["email"]) for row in EMBASSIES) == 157
    assert sum(bool(row["email"]) for row in MISSIONS if row["kind"].startswith("consul")) == 10
    assert [row["email"] for row in EMBASSIES if row["host_country"] in {"GB", "FR", "JP", "BE"}] == ["", "", "", ""]


@pytest.mark.parametrize("rows", [AGENCIES, MISSIONS, read("territories.csv"), read("capitals.csv")])
def test_every_row_has_a_source_and_says_how_far_to_trust_it(rows: list[dict[str, str]]) -> None:
    assert [row for row in rows if not row["source"]] == []
    assert {row["source_confidence"] for row in rows} <= {"high", "medium", "low"}


def test_what_is_from_memory_is_of_low_confidence() -> None:
    assert {row["source_confidence"] for row in AGENCIES if row["source"] == "from memory"} == {"low"}


def test_a_third_partys_mailbox_says_that_it_is_unverified() -> None:
    unverified = [row for row in MISSIONS if "UNVERIFIED" in row["note"]]
    assert len(unverified) == 9
    assert {row["source_confidence"] for row in unverified} == {"low"}


def test_keys_are_unique_and_countries_exist() -> None:
    keys = [row["key"] for row in (*AGENCIES, *MISSIONS)]
    assert len(set(keys)) == len(keys)
    assert {row["country"] for row in AGENCIES} <= ISO_COUNTRIES | {""}
    assert {row[name] for row in MISSIONS for name in ("host_country", "seat_country")} <= ISO_COUNTRIES


def test_only_the_embassies_to_libya_and_san_marino_work_elsewhere() -> None:
    elsewhere = {row["key"]: row["seat_city"] for row in MISSIONS if row["seat_country"] != row["host_country"]}
    assert elsewhere == {"cn-embassy-ly": "Tunis", "cn-embassy-sm": "Rome"}


def test_every_alias_belongs_to_an_agency_and_to_one_alone() -> None:
    aliases = tomllib.loads((DATA / "aliases.toml").read_text(encoding="utf-8"))
    names = Counter(name.casefold() for some in aliases.values() for name in some)
    assert aliases.keys() <= {row["key"] for row in AGENCIES}
    assert [name for name, times in names.items() if times > 1] == []


def test_the_words_of_the_data_speak_of_fraud() -> None:
    playbook = international_playbook()
    sentences = (playbook.no_channel_at_home, playbook.no_channel_from_abroad, playbook.short_number)
    assert not [sentence for sentence in sentences if "scam" in sentence.casefold()]
