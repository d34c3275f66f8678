"""Filling a database with the demo, by the same ways that people use; what is there already is left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.db import transaction

from accounts.actions import audit
from accounts.actions.duties import appoint
from accounts.actions.organizations import create_organization
from accounts.models import Membership, Organization, User
from accounts.roles import Role
from accounts.tenancy import organization as acting_for
from cases.intake import Intake, read_intake
from cases.models import Case
from directory.actions.contacts import verify_contact
from directory.models import ContactPoint
from directory.queries import agency_keys
from letters.actions.produce import in_process, produce_reports
from letters.management.demo.accounts_file import AccountsFile
from letters.management.demo.people import (
    DemoOrganization,
    DemoPerson,
    curator,
    organizations,
    people,
    verified_agencies,
)

_CASES = Path(__file__).resolve().parents[3] / "cases" / "data" / "demo"
_SOURCE = "demo: nobody looked, and no letter leaves this machine"


@transaction.atomic
def fill_people(accounts: AccountsFile) -> None:
    """Make the organizations and people that are missing.

    Passwords that are not in `accounts` are made and put there; the caller writes the file.
    """
    for demo in organizations():
        _see_to_organization(demo)
    for person in people():
        _see_to_person(person, accounts)


def fill_cases(*, today: date) -> None:
    """Verify the addresses, take the cases and make their letters, as far as missing. Needs people and directory.

    Raises LetterNotMade.
    """
    for key in verified_agencies():
        _verify(key)
    for demo in organizations():
        for name in demo.cases:
            _see_to_case(_CASES / name, demo, today)


def _see_to_organization(demo: DemoOrganization) -> None:
    if not Organization.objects.filter(slug=demo.slug).exists():
        create_organization(slug=demo.slug, by=None, **demo.fields)


def _see_to_person(person: DemoPerson, accounts: AccountsFile) -> None:
    known = User.objects.filter(email=person.email).first()
    user = known or User(email=person.email, name=person.name)
    if known is None or person.email not in accounts.passwords:
        user.set_password(accounts.password(person.email))
        user.save()
    for slug, role in person.roles:
        with acting_for(Organization.objects.get(slug=slug).pk):
            _see_to_membership(user, role)
    if person.duty:
        appoint(email=person.email, name=person.name, duty=person.duty)


def _see_to_membership(user: User, role: Role) -> None:
    membership, new = Membership.objects.get_or_create(user=user, defaults={"role": role.value})
    if new:
        audit.record("membership.create", by=None, target=membership)


def _verify(key: str) -> None:
    if not ContactPoint.objects.filter(agency__key=key).exclude(verified_by="").exists():
        verify_contact(key=key, source=_SOURCE, by=curator().email)


def _see_to_case(path: Path, demo: DemoOrganization, today: date) -> None:
    """The first caseworker takes the intake; the letters that it leads to are made here."""
    organization = Organization.objects.get(slug=demo.slug)
    intake: Intake = read_intake(path, known_agencies=agency_keys(), today=today)
    with acting_for(organization.pk):
        known = Case.objects.filter(external_id=intake.external_id).exists()
        caseworker = Membership.objects.filter(role=Role.CASEWORKER.value).order_by("created_at")[0].user
    if not known:
        produce_reports(intake, organization, by=caseworker, today=today, make=in_process)
