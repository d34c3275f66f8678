"""One marked case with all that belongs to it: facts, evidence, reports, letters, releases, a trail."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from accounts.models import Organization, User
from cases.actions.evidence import add_evidence
from cases.actions.reports import record_report
from cases.actions.screening import overrule_nexus
from cases.actions.take_intake import take_intake
from cases.enums import Channel, NexusAnswer, Outcome
from cases.intake import parse_intake
from cases.intake.evidence_paths import EvidenceFolder
from cases.models import Case, Report
from directory.queries import agency_keys
from letters.actions.releases import release_to_victim
from letters.models import Dispatch, Letter
from tests.intakes import Document, chinese, consent
from tests.letters.outbox.counter import EMBASSY, MAILBOX, Counter

Word = Callable[[str], str]
POLICE = "us-local-police"


class MarkedCounter(Counter):
    """A counter whose letters are files with a mark in them."""

    word: Word

    def pdf(self, letter: Letter) -> bytes:
        """A file that nobody can guess."""
        return f"%PDF-1.7 {self.word('bytes of the PDF')}".encode()


@dataclass(frozen=True)
class MarkedCase:
    """The case and the rows of it that an address can name."""

    case: Case
    letter: Letter
    dispatch: Dispatch
    evidence_id: object
    report: Report
    identifier: str


def marked_case(organization: Organization, caseworker: User, director: User, word: Word) -> MarkedCase:
    """Make it, in the active organization, as the caseworker's own."""
    counter = MarkedCounter(organization, caseworker, director)
    counter.word = word
    host = f"{word('website')}.example"
    case = _taken(_document(word, host), caseworker)
    evidence = _evidence(case, word, caseworker)
    report = _report(case, word, caseworker)
    reason = f"Because {word('reason for the nexus')}."
    overrule_nexus(case=case, answer=NexusAnswer.YES, reason=reason, seen=case.updated_at, by=director)
    letters = counter.letters(case, by=caseworker)
    for letter in (letters[EMBASSY], letters[MAILBOX]):
        counter.approve(letter)
    counter.release(letters[EMBASSY], override_reason=f"Looked up, {word('reason for the address')}.")
    mine = letters[MAILBOX]
    handed = release_to_victim(letter=mine, document_sha256=mine.document_sha256, by=caseworker)
    return MarkedCase(case, letters[EMBASSY], handed, evidence, report, host)


def _taken(document: Document, by: User) -> Case:
    today = timezone.localdate()
    data = json.dumps(document).encode()
    folder = EvidenceFolder(settings.BASE_DIR)
    intake = parse_intake(data, known_agencies=agency_keys(), today=today, evidence=folder)
    return take_intake(intake, by=by, today=today)


def _document(word: Word, host: str) -> Document:
    name = f"Margaret {word('name of the victim')}"
    consents = [consent(key) | {"signed_as": name} for key in (MAILBOX, EMBASSY)]
    return chinese(
        external_id=word("partner's number"),
        consents=consents,
        victim__full_name=name,
        victim__email=f"{word('e-mail of the victim')}@example.org",
        victim__address__street=f"14 {word('street of the victim')} Terrace",
        fraud__impact__emotional=f"I cannot sleep, {word('impact, emotional')}.",
        fraud__impact__financial=f"I lost my savings, {word('impact, financial')}.",
        identifiers=[
            {"kind": "website", "value": f"https://{host}"},
            {"kind": "messaging_account", "value": word("account of the offender"), "service": "Telegram"},
        ],
        transfers=[
            {
                "sent_on": "2025-11-02",
                "amount": "1000",
                "currency": "USD",
                "mechanism": "bank_wire",
                "from_account": word("account of the victim"),
                "to_account": word("account of the recipient"),
                "to_name": f"Li {word('name of the recipient')}",
                "reference": word("reference of the transfer"),
            }
        ],
        fraud__timeline=[{"on": "2025-11-01", "fact": f"First message, {word('event')}."}],
    )


def _evidence(case: Case, word: Word, by: User) -> object:
    data = f"A conversation, {word('bytes of the evidence')}.\n".encode()
    about = f"What it shows, {word('description of the evidence')}."
    return add_evidence(case=case, name=f"{word('name of the evidence')}.txt", data=data, description=about, by=by).pk


def _report(case: Case, word: Word, by: User) -> Report:
    return record_report(
        case=case,
        agency_key=POLICE,
        agency_name=f"Police of {word('name of the agency')}",
        agency_kind="police",
        filed_on=date(2025, 12, 1),
        channel=Channel.IN_PERSON,
        reference_number=word("report number"),
        outcome=Outcome.REFUSED,
        outcome_reason=f"A civil matter, {word('reason of the refusal')}.",
        station=f"Station {word('station')}",
        officer=f"Officer {word('officer')}",
        by=by,
    )
