"""`manage.py demo`: fictitious people who can sign in, cases of their own, and a second run that changes nothing."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import RequestFactory, override_settings

from accounts.models import AuditEntry, Membership, Organization, User
from accounts.roles import PlatformDuty, Role
from accounts.tenancy import organization as acting_for
from cases.models import Case, CaseAssignment
from directory.models import ContactPoint
from letters.management.demo import filling
from letters.management.demo.accounts_file import new_password
from letters.management.demo.people import organizations, people
from letters.models import Letter

SLUGS = [one.slug for one in organizations()]
Document = dict[str, Any]


@dataclass(frozen=True)
class Demo:
    """A demo whose letters are asked for; tests/config/test_demo_run.py sees them made."""

    var: Path

    def run(self) -> Document:
        """Run the command, and read the file that it writes."""
        call_command("demo", verbosity=0)
        document: Document = json.loads((self.var / "demo.json").read_text())
        return document


@pytest.fixture(scope="module")
def shared(shipped_directory: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo as the first run leaves it. Passwords are hashed cheaply, for 26 people are many."""
    var = tmp_path_factory.mktemp("demo")
    vault = settings.STORAGES["vault"] | {"OPTIONS": {"location": var / "vault"}}
    changed = override_settings(
        VAR_DIR=var,
        STORAGES=settings.STORAGES | {"vault": vault},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    with changed, pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(filling, "in_process", lambda _organization, _letters: None)
        demo = Demo(var)
        demo.run()
        yield demo
        transaction.set_rollback(True)


@pytest.fixture
def demo(shared: Demo, db: None) -> Iterator[Demo]:
    """The demo; what a test changes is undone after it."""
    before = (shared.var / "demo.json").read_text()
    yield shared
    (shared.var / "demo.json").write_text(before)


def signs_in(entry: dict[str, Any]) -> bool:
    request = RequestFactory().post("/accounts/login/")
    return authenticate(request, email=entry["email"], password=entry["password"]) is not None


def rows() -> dict[str, int]:
    """How many rows there are of what the demo makes, over all its organizations."""
    found = {"people": User.objects.count()}
    for organization in Organization.objects.filter(slug__in=SLUGS):
        with acting_for(organization.pk):
            for model in (Membership, Case, Letter, AuditEntry):
                found[f"{organization.slug} {model.__name__}"] = model.objects.count()
    return found


def test_every_role_is_there_in_four_organizations_and_a_curator_in_none(demo: Demo) -> None:
    users = demo.run()["users"]
    expected = {(role.value, slug) for role in Role for slug in SLUGS} | {(PlatformDuty.CURATOR.value, "")}
    assert len(SLUGS) == 4
    assert {(user["role"], user["organization"]) for user in users} == expected
    assert len([user for user in users if user["role"] == "caseworker"]) == 8


def test_the_file_is_private_and_names_the_address_of_the_site(demo: Demo) -> None:
    with override_settings(SITE_URL="http://127.0.0.1:8123"):
        document = demo.run()
    assert stat.S_IMODE((demo.var / "demo.json").stat().st_mode) == 0o600
    assert document["base_url"] == "http://127.0.0.1:8123"
    assert document["api_clients"] == []


def test_people_sign_in_as_the_file_says_and_have_the_role_that_it_says(demo: Demo) -> None:
    users = demo.run()["users"]
    assert all(map(signs_in, (users[0], users[-1])))
    for user in users[:-1]:
        with acting_for(Organization.objects.get(slug=user["organization"]).pk):
            assert User.objects.get(email=user["email"]).roles() == [user["role"]]


def test_one_person_belongs_to_two_organizations(demo: Demo) -> None:
    (person,) = demo.run()["in_two_organizations"]
    for membership in person["memberships"]:
        with acting_for(Organization.objects.get(slug=membership["organization"]).pk):
            assert User.objects.get(email=person["email"]).roles() == [membership["role"]]
    assert len(person["memberships"]) == 2
    assert signs_in(person)


def test_organizations_differ_and_hold_no_letter_back(demo: Demo) -> None:
    demo.run()
    made = list(Organization.objects.filter(slug__in=SLUGS))
    for field in ("letterhead", "accent_color", "languages", "countries", "sending_email", "privacy_notice"):
        assert len({str(getattr(one, field)) for one in made}) == 4, field
    assert {one.holding_hours for one in made} == {0}


def test_the_sample_cases_are_their_caseworkers_in_the_first_two_organizations(demo: Demo) -> None:
    users = demo.run()["users"]
    found = {}
    for slug in SLUGS:
        with acting_for(Organization.objects.get(slug=slug).pk):
            found[slug] = Case.objects.count()
            first = next(u["email"] for u in users if (u["role"], u["organization"]) == ("caseworker", slug))
            assert {assignment.user.email for assignment in CaseAssignment.objects.all()} <= {first}
            assert CaseAssignment.objects.count() == found[slug]
            assert Letter.objects.exists() == bool(found[slug])
    assert list(found.values()) == [2, 1, 0, 0]


def test_a_few_addresses_are_verified_and_marked_as_demo(demo: Demo) -> None:
    demo.run()
    verified = ContactPoint.objects.exclude(verified_by="")
    assert {point.agency.key for point in verified} == {"cn-embassy-us", "cn-government-mailbox"}
    assert {point.verified_by for point in verified} == {people()[-1].email}
    assert all(point.verified_source.startswith("demo") for point in verified)


def test_a_second_run_changes_nothing(demo: Demo) -> None:
    first, before = demo.run(), rows()
    hashes = dict(User.objects.values_list("email", "password"))
    assert demo.run() == first
    assert rows() == before
    assert dict(User.objects.values_list("email", "password")) == hashes


def test_what_people_changed_in_the_demo_stays(demo: Demo) -> None:
    demo.run()
    with acting_for(Organization.objects.get(slug=SLUGS[0]).pk):
        Case.objects.update(fraud_kind="other")
        Membership.objects.filter(role="analyst").update(role="intake")
    before = rows()
    demo.run()
    assert rows() == before
    with acting_for(Organization.objects.get(slug=SLUGS[0]).pk):
        assert not Membership.objects.filter(role="analyst").exists()
        assert set(Case.objects.values_list("fraud_kind", flat=True)) == {"other"}


@pytest.mark.parametrize("left", [None, "", "{}", "[1]", '{"users": 1, "in_two_organizations": []}'])
def test_where_the_file_is_lost_or_broken_there_are_new_passwords(demo: Demo, left: str | None) -> None:
    lost = demo.run()["users"][0]
    path = demo.var / "demo.json"
    path.unlink() if left is None else path.write_text(left)
    new = demo.run()["users"][0]
    assert new["email"] == lost["email"]
    assert [signs_in(lost), signs_in(new)] == [False, True]


def test_passwords_are_random_and_long() -> None:
    made = {new_password() for _ in range(500)}
    assert len(made) == 500
    assert {len(password) for password in made} == {19}


def test_production_refuses_the_demo(demo: Demo) -> None:
    (demo.var / "demo.json").unlink()
    before = rows()
    with override_settings(PRODUCTION=True), pytest.raises(CommandError, match="not for production"):
        call_command("demo")
    assert rows() == before
    assert not (demo.var / "demo.json").exists()


def test_the_demo_and_production_exclude_each_other() -> None:
    environment = os.environ | {"REDRESS_ENVIRONMENT": "production", "REDRESS_DEMO": "1"}
    command = [sys.executable, "-c", "import config.settings"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "exclude each other" in done.stderr
