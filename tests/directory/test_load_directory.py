"""Loading the directory: idempotent, and never over what a person changed."""

import csv
import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEntry
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization
from directory.actions.directory import load_directory
from directory.geography.countries import DATA
from directory.loading import Loaded, load
from directory.models import Agency, ContactPoint, Mission

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small copy of the data files that a test may change."""
    for name, rows in (("agencies.csv", 8), ("missions.csv", 4)):
        lines = (DATA / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (tmp_path / name).write_text("".join(lines[:rows]), encoding="utf-8")
    return tmp_path


def change(folder: Path, name: str, key: str, **values: str) -> None:
    """Change one row of a data file."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(row | values if row["key"] == key else row for row in rows)


def written(loaded: Loaded) -> dict[str, tuple[int, int, int]]:
    return {table: (c["added"], c["updated"], c["kept"]) for table, c in loaded.counts.items()}


def test_the_whole_directory_is_loaded_and_a_second_run_changes_nothing() -> None:
    out = StringIO()
    call_command("load_directory", stdout=out)
    assert "missions: 280 added, 0 updated, 0 kept" in out.getvalue()
    assert Agency.objects.exclude(kind="mission").count() == 90
    assert Mission.objects.count() == 280
    before = list(ContactPoint.objects.values())
    assert not load_directory().changed
    assert list(ContactPoint.objects.values()) == before


def test_everything_ships_unverified(folder: Path) -> None:
    load(folder)
    assert set(ContactPoint.objects.values_list("verified_by", "verified_on", "verified_source", "status")) == {
        ("", None, "", "unknown")
    }


def test_a_second_run_asks_few_queries(folder: Path, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load(folder)
    with django_assert_num_queries(3 + 2):  # one for each table, and the savepoint
        load(folder)


def test_a_changed_file_updates_the_rows_that_nobody_touched(folder: Path) -> None:
    load(folder)
    change(folder, "missions.csv", "cn-embassy-af", email="new@example.org", city="Kabul City")
    assert written(load(folder)) == {"agencies": (0, 0, 0), "missions": (0, 1, 0), "contact points": (0, 1, 0)}
    assert ContactPoint.objects.get(agency__key="cn-embassy-af", channel="email").value == "new@example.org"


@pytest.mark.parametrize(
    "change_by_a_person",
    [
        {"value": "curated@example.org"},
        {"status": "closed"},
        {"note": "answers only in the morning"},
        {"verified_by": "Carla", "verified_on": dt.date(2026, 9, 1), "verified_source": "seen"},
    ],
)
def test_what_a_person_changed_or_verified_is_kept(folder: Path, change_by_a_person: dict[str, object]) -> None:
    load(folder)
    ContactPoint.objects.filter(agency__key="cn-embassy-af", channel="email").update(**change_by_a_person)
    before = ContactPoint.objects.filter(agency__key="cn-embassy-af", channel="email").values().get()
    change(folder, "missions.csv", "cn-embassy-af", email="new@example.org")
    assert written(load(folder))["contact points"] == (0, 0, 1)
    assert ContactPoint.objects.filter(agency__key="cn-embassy-af", channel="email").values().get() == before


def test_agencies_and_missions_that_a_person_changed_are_kept_too(folder: Path) -> None:
    load(folder)
    Agency.objects.filter(key="cn-embassy-af").update(website="https://example.org/")
    Mission.objects.filter(agency__key="cn-embassy-af").update(seat_country="PK", seat_city="Islamabad")
    change(folder, "missions.csv", "cn-embassy-af", website="https://example.net/", city="Herat", seat_city="Herat")
    assert written(load(folder)) == {"agencies": (0, 0, 1), "missions": (0, 0, 1), "contact points": (0, 0, 0)}


def test_a_row_that_left_the_file_stays(folder: Path) -> None:
    load(folder)
    lines = (folder / "missions.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "missions.csv").write_text("".join(lines[:2]), encoding="utf-8")
    assert not load(folder).changed
    assert Mission.objects.count() == 3


def test_several_telephones_are_several_contact_points() -> None:
    load()
    phones = ContactPoint.objects.filter(agency__key="cn-embassy-kw", channel="phone")
    assert {phone.label: phone.value for phone in phones} == {
        "phone": "+965-22253335",
        "phone-2": "+965-22253336",
    }


@pytest.mark.parametrize("lists", [("1; 2", "2; 3"), ("2; 3", "1; 2"), ("1; 2; 3", "3"), ("1", "3; 2; 1")])
def test_a_list_that_shifts_keeps_what_it_still_has_and_a_second_run_changes_nothing(
    folder: Path, lists: tuple[str, str]
) -> None:
    for phones in lists:
        change(folder, "missions.csv", "cn-embassy-af", phone=phones)
        load(folder)
    assert not load(folder).changed
    known = set(
        ContactPoint.objects.filter(agency__key="cn-embassy-af", channel="phone").values_list("value", flat=True)
    )
    assert set(lists[1].split("; ")) <= known
    assert len(known) == max(len(phones.split("; ")) for phones in lists)


def test_an_address_that_a_person_entered_under_a_label_of_their_own_stays_alone(folder: Path) -> None:
    load(folder)
    ContactPoint.objects.filter(agency__key="cn-embassy-af", label="email").update(label="mailbox")
    load(folder)
    assert ContactPoint.objects.filter(agency__key="cn-embassy-af", channel="email").count() == 1


def test_a_file_that_breaks_a_constraint_loads_nothing(folder: Path) -> None:
    change(folder, "missions.csv", "cn-embassy-af", host_country="ZZ")
    with pytest.raises(IntegrityError):
        load(folder)


def test_a_load_that_changed_something_is_on_the_audit_trail_of_the_platform() -> None:
    load_directory()
    load_directory()
    with organization(PLATFORM_ORGANIZATION_ID):
        assert [entry.verb for entry in AuditEntry.objects.all()] == ["directory.load"]
