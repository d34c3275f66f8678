"""A desk at an organization, for tests that take cases: the directory loaded once a module, nothing kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from accounts.actions.organizations import create_organization
from accounts.models import Organization
from accounts.tenancy import organization as acting_for
from cases.actions.take_intake import take_intake
from cases.case_file import CaseFile, read_case_file
from cases.intake import Intake, parse_intake
from cases.intake.evidence_paths import EvidenceFolder
from cases.plan import Plan, build_plan
from directory.loading import load
from directory.models import ContactPoint
from directory.queries import agency_keys, agency_names
from letters.standing import Standing, standings
from tests.intakes import CASES, Document

TODAY = date(2026, 11, 23)


@dataclass
class Desk:
    """Takes documents into cases of one organization and tells what follows from them."""

    organization: Organization

    def read(self, document: Document) -> Intake:
        """Accept the document as an intake."""
        data, keys = json.dumps(document).encode(), agency_keys()
        return parse_intake(data, known_agencies=keys, today=TODAY, evidence=EvidenceFolder(CASES))

    def take(self, document: Document) -> UUID:
        """Make, or bring up to date, the case of a document."""
        return take_intake(self.read(document), by=None, today=TODAY).pk

    def file(self, document: Document) -> CaseFile:
        """The case file of a document."""
        return read_case_file(self.take(document))

    def plan(self, document: Document) -> Plan:
        """The plan of a document."""
        return build_plan(self.file(document))

    def keys(self, document: Document) -> list[str]:
        """The agencies of the plan, in order."""
        return [row.key for row in self.plan(document).rows]

    def standings(self, document: Document) -> dict[str, Standing]:
        """Where every report of the document's plan stands, by agency key, in order."""
        file = self.file(document)
        found = standings(file, build_plan(file), self.organization, proper_names=agency_names(), today=TODAY)
        return {standing.row.key: standing for standing in found}


@pytest.fixture(scope="module")
def shipped_directory(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The directory as it ships, for the tests of one module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def desk(shipped_directory: None, private_folders: Path) -> Iterator[Desk]:
    """A desk at a new organization, which is the active one."""
    with a_desk() as made:
        yield made


@contextmanager
def a_desk(slug: str = "north") -> Iterator[Desk]:
    """A desk at an organization that is gone afterwards."""
    with transaction.atomic():
        made = create_organization(
            slug=slug,
            name="North Star Victim Support",
            by=None,
            sending_email="reports@north.example.org",
            reply_email="answers@north.example.org",
            postal_address="1 Example Square\nExampleton",
        )
        with acting_for(made.pk):
            yield Desk(made)
        transaction.set_rollback(True)


def change_contacts(key: str, **values: object) -> None:
    """Change every contact point of an agency, by id.

    An UPDATE that joins is planned without statistics in these long transactions, and takes minutes.
    """
    ids = list(ContactPoint.objects.filter(agency__key=key).values_list("pk", flat=True))
    ContactPoint.objects.filter(pk__in=ids).update(**values)
