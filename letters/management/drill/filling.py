"""Letters for the drill: fictitious cases by the usual way, with a few bytes in the place of each PDF."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

from django.utils import timezone

from accounts import vault
from accounts.actions.organizations import create_organization
from accounts.models import Membership, Organization, User
from accounts.roles import Role
from accounts.tenancy import organization as acting_for
from cases.actions.take_intake import take_intake
from cases.case_file import read_case_file
from cases.intake import parse_intake
from cases.intake.evidence_paths import EvidenceFolder
from cases.plan import build_plan
from directory.actions.contacts import verify_contact
from directory.loading import load
from directory.queries import agency_keys, agency_names
from letters.actions.approvals import approve_letter
from letters.actions.ask_letters import ask_letters
from letters.actions.releases import release_letter
from letters.documents.mail import email_bytes
from letters.enums import ApprovalMethod, LetterState
from letters.models import Letter
from letters.standing import Asked, standings

_AGENCIES = ("cn-embassy-us", "cn-government-mailbox")
_NAME = "Margaret Ellen Testperson"


class Filling:
    """Makes released letters at an organization of its own, in an empty database."""

    def __init__(self) -> None:
        load()
        for key in _AGENCIES:
            verify_contact(key=key, source="the drill", by="the drill")
        self.organization: Organization = create_organization(
            slug="drill",
            name="Outbox Drill",
            by=None,
            sending_email="reports@drill.example.org",
            reply_email="answers@drill.example.org",
            holding_hours=0,
        )
        with acting_for(self.organization.pk):
            self.caseworker = User.objects.create_user("drill@example.org", name="Drill")
            Membership.objects.create(user=self.caseworker, role=Role.CASEWORKER)
        self._agency_keys, self._agency_names = agency_keys(), agency_names()
        self._numbers = count(1)

    def release(self, letters: int) -> None:
        """Release at least so many more letters."""
        for _ in range(0, letters, len(_AGENCIES)):
            with acting_for(self.organization.pk):
                for asked in self._asked():
                    self._release(asked)

    def _asked(self) -> list[Asked]:
        today = timezone.localdate()
        data = json.dumps(_document(next(self._numbers))).encode()
        intake = parse_intake(data, known_agencies=self._agency_keys, today=today, evidence=EvidenceFolder(Path.cwd()))
        file = read_case_file(take_intake(intake, by=self.caseworker, today=today).pk)
        found = standings(file, build_plan(file), self.organization, proper_names=self._agency_names, today=today)
        ours = tuple(standing for standing in found if standing.row.key in _AGENCIES)
        return ask_letters(file, ours, by=None, today=today)

    def _release(self, asked: Asked) -> None:
        letter, facts = asked.letter, asked.standing.facts
        assert letter is not None, "the drill's cases are ready"
        assert facts is not None, "the drill's cases are ready"
        pdf = b"%PDF-1.7 drill " + str(letter.pk).encode()
        letter.sealed_at = timezone.now()
        mail = email_bytes(facts, pdf=pdf, message_id=letter.message_id, date=letter.sealed_at)
        letter.document_sha256, letter.mail_sha256 = vault.store(pdf), vault.store(mail)
        letter.state = LetterState.SEALED.value
        letter.save()
        self._approve(letter)
        release_letter(letter=letter, document_sha256=letter.document_sha256, by=self.caseworker)

    def _approve(self, letter: Letter) -> None:
        approve_letter(
            letter=letter,
            document_sha256=letter.document_sha256,
            method=ApprovalMethod.IN_WRITING,
            language="en",
            notice_version="1",
            by=self.caseworker,
        )


def _document(number: int) -> dict[str, object]:
    return {
        "external_id": f"drill-{number}",
        "victim": {
            "full_name": _NAME,
            "email": "margaret.testperson@example.org",
            "address": {"city": "Worcester", "region": "Massachusetts", "country": "US"},
        },
        "safety": {"ties_to": []},
        "triage": {"offender_spoke": ["zh"]},
        "fraud": {"kind": "romance", "impact": {"emotional": "I cannot sleep.", "financial": "I lost my savings."}},
        "identifiers": [{"kind": "website", "value": "https://trade.example"}],
        "consents": [{"agency": key, "given_on": "2026-01-05", "signed_as": _NAME} for key in _AGENCIES],
    }
