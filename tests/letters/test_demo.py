"""`manage.py demo`: fictitious people who can sign in, cases of their own, and a second run that changes nothing."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from pytest_django import Settings

from accounts.models import AuditEntry, Membership, Organization, User
from accounts.roles import PlatformDuty, Role
from accounts.tenancy import organization as acting_for
from cases.models import Case, CaseAssignment
from directory.models import ContactPoint
from letters.management.demo import filling
from letters.management.demo.accounts_file import new_password
from letters.management.demo.people import organizations, people
from letters.models import Letter

pytestmark = pytest.mark.usefixtures("shipped_directory", "db")
SLUGS = [demo.slug for demo in organizations()]


@pytest.fixture
def var(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where demo.json goes. The letters are asked for; tests/config/test_demo_run.py sees them made."""
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(filling, "in_process", lambda _organization, _letters: None)
    return tmp_path


def run(var: Path) -> dict[str, Any]:
    call_command("demo", verbosity=0)
    document: dict[str, Any] = json.loads((var / "demo.json").read_text())
    return document


def signs_in(entry: dict[str, Any]) -> bool:
    request = RequestFactory().post("/accounts/login/")
    return authenticate(request, email=entry["email"], password=entry["password"]) is not None


def rows() -> dict[str, int]:
    """How many rows there are of what the demo makes, over all its organizations."""
    found = {"people": User.objects.count()}
    for demo in Organization.objects.filter(slug__in=SLUGS):
        with acting_for(demo.pk):
            for model in (Membership, Case, Letter, AuditEntry):
                found[f"{demo.slug} {model.__name__}"] = model.objects.count()
    return found


def test_every_role_is_there_in_four_organizations_and_a_curator_in_none(var: Path) -> None:
    users = run(var)["users"]
    expected = {(role.value, slug) for role in Role for slug in SLUGS} | {(PlatformDuty.CURATOR.value, "")}
    assert len(SLUGS) == 4
    assert {(user["role"], user["organization"]) for user in users} == expected
    assert len([user for user in users if user["role"] == "caseworker"]) == 8


def test_the_file_is_private_and_names_the_address_of_the_site(var: Path, settings: Settings) -> None:
    settings.SITE_URL = "http://127.0.0.1:8123"
    document = run(var)
    assert stat.S_IMODE((var / "demo.json").stat().st_mode) == 0o600
    assert document["base_url"] == "http://127.0.0.1:8123"
    assert document["api_clients"] == []


def test_people_sign_in_as_the_file_says_and_have_the_role_that_it_says(var: Path) -> None:
    users = run(var)["users"]
    assert all(map(signs_in, (users[0], users[-1])))
    for user in users[:-1]:
        with acting_for(Organization.objects.get(slug=user["organization"]).pk):
            assert User.objects.get(email=user["email"]).roles() == [user["role"]]


def test_one_person_belongs_to_two_organizations(var: Path) -> None:
    (person,) = run(var)["in_two_organizations"]
    for membership in person["memberships"]:
        with acting_for(Organization.objects.get(slug=membership["organization"]).pk):
            assert User.objects.get(email=person["email"]).roles() == [membership["role"]]
    assert len(person["memberships"]) == 2
    assert signs_in(person)


def test_organizations_differ_and_hold_no_letter_back(var: Path) -> None:
    run(var)
    made = list(Organization.objects.filter(slug__in=SLUGS))
    for field in ("letterhead", "accent_color", "languages", "countries", "sending_email", "privacy_notice"):
        assert len({str(getattr(one, field)) for one in made}) == 4, field
    assert {one.holding_hours for one in made} == {0}


def test_the_sample_cases_are_their_caseworkers_in_the_first_two_organizations(var: Path) -> None:
    users = run(var)["users"]
    found = {}
    for slug in SLUGS:
        with acting_for(Organization.objects.get(slug=slug).pk):
            found[slug] = Case.objects.count()
            first = next(u["email"] for u in users if (u["role"], u["organization"]) == ("caseworker", slug))
            assert {assignment.user.email for assignment in CaseAssignment.objects.all()} <= {first}
            assert CaseAssignment.objects.count() == found[slug]
            assert Letter.objects.exists() == bool(found[slug])
    assert list(found.values()) == [2, 1, 0, 0]


def test_a_few_addresses_are_verified_and_marked_as_demo(var: Path) -> None:
    run(var)
    verified = ContactPoint.objects.exclude(verified_by="")
    assert {point.agency.key for point in verified} == {"cn-embassy-us", "cn-government-mailbox"}
    assert {point.verified_by for point in verified} == {people()[-1].email}
    assert all(point.verified_source.startswith("demo") for point in verified)


def test_a_second_run_changes_nothing(var: Path) -> None:
    first, before = run(var), rows()
    hashes = dict(User.objects.values_list("email", "password"))
    assert run(var) == first
    assert rows() == before
    assert dict(User.objects.values_list("email", "password")) == hashes


def test_what_people_changed_in_the_demo_stays(var: Path) -> None:
    run(var)
    with acting_for(Organization.objects.get(slug=SLUGS[0]).pk):
        Case.objects.update(fraud_kind="other")
        Membership.objects.filter(role="analyst").update(role="intake")
    before = rows()
    run(var)
    assert rows() == before
    with acting_for(Organization.objects.get(slug=SLUGS[0]).pk):
        assert not Membership.objects.filter(role="analyst").exists()
        assert set(Case.objects.values_list("fraud_kind", flat=True)) == {"other"}


@pytest.mark.parametrize("left", [None, "", "{}", "[1]", '{"users": 1, "in_two_organizations": []}'])
def test_where_the_file_is_lost_or_broken_there_are_new_passwords(var: Path, left: str | None) -> None:
    lost = run(var)["users"][0]
    path = var / "demo.json"
    path.unlink() if left is None else path.write_text(left)
    new = run(var)["users"][0]
    assert new["email"] == lost["email"]
    assert [signs_in(lost), signs_in(new)] == [False, True]


def test_passwords_are_random_and_long() -> None:
    made = {new_password() for _ in range(500)}
    assert len(made) == 500
    assert {len(password) for password in made} == {19}


def test_production_refuses_the_demo(var: Path, settings: Settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not for production"):
        call_command("demo")
    assert not Organization.objects.filter(slug__in=SLUGS).exists()
    assert not (var / "demo.json").exists()
