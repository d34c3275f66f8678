"""A counter for letters that are released: cases, approvals and small sealed letters, quickly."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from accounts import vault
from accounts.actions.organizations import create_organization
from accounts.models import Organization, User
from cases.case_file import read_case_file
from cases.models import Case, CaseAssignment
from cases.plan import build_plan
from directory.actions.contacts import verify_contact
from directory.models import ContactPoint
from directory.queries import agency_names
from letters.actions.approvals import approve_letter
from letters.actions.ask_letters import ask_letters
from letters.actions.releases import release_letter
from letters.documents.mail import email_bytes
from letters.enums import ApprovalMethod, LetterState
from letters.models import Dispatch, Letter
from letters.standing import standings
from tests.desk import Desk
from tests.intakes import Document, chinese, consent
from tests.people import AMARA, BJORN

EMBASSY, MAILBOX = "cn-embassy-us", "cn-government-mailbox"


def document(number: int = 1, **changes: object) -> Document:
    """A case whose letters to both Chinese agencies may be released."""
    return chinese(external_id=f"R-{number}", consents=[consent(MAILBOX), consent(EMBASSY)], **changes)


@dataclass
class Counter:
    """Takes a case as far as a letter in the outbox, for one organization with a caseworker and a director."""

    organization: Organization
    caseworker: User = field(default_factory=BJORN.sign_up)
    director: User = field(default_factory=AMARA.sign_up)

    @property
    def desk(self) -> Desk:
        """The desk that takes the cases."""
        return Desk(self.organization)

    def case(self, document: Document) -> Case:
        """The case of a document."""
        case = Case.objects.get(pk=self.desk.take(document))
        CaseAssignment.objects.get_or_create(case=case, user=self.caseworker)
        return case

    def letters(self, case: Case, *, by: User | None = None) -> dict[str, Letter]:
        """Every letter of the case by agency key, the ready ones sealed with a small file in the PDF's place."""
        file, today = read_case_file(case.pk), timezone.localdate()
        rows = standings(file, build_plan(file), self.organization, proper_names=agency_names(), today=today)
        asked = ask_letters(file, rows, by=by, today=today)
        for one in asked:
            if one.letter and one.letter.state == LetterState.ASKED:
                assert one.standing.facts is not None
                pdf = self.pdf(one.letter)
                one.letter.document_sha256, one.letter.sealed_at = vault.store(pdf), timezone.now()
                one.letter.state = (LetterState.DRAFT if one.letter.draft else LetterState.SEALED).value
                if not one.letter.draft and "@" in one.letter.recipient_to:
                    mail = email_bytes(
                        one.standing.facts, pdf=pdf, message_id=one.letter.message_id, date=one.letter.sealed_at
                    )
                    one.letter.mail_sha256 = vault.store(mail)
                one.letter.save()
        return {one.letter.agency_key: one.letter for one in asked if one.letter}

    def pdf(self, letter: Letter) -> bytes:
        """What stands in the place of the letter's PDF."""
        return b"%PDF-1.7 " + str(letter.pk).encode()

    def approve(self, letter: Letter) -> None:
        """The victim approves the letter, read back to them by phone."""
        approve_letter(
            letter=letter,
            document_sha256=letter.document_sha256,
            method=ApprovalMethod.BY_PHONE_READ_BACK,
            language="en",
            notice_version="1",
            by=self.caseworker,
        )

    def approved(self, number: int = 1, agency: str = EMBASSY, **changes: object) -> Letter:
        """A letter that nothing keeps from being released."""
        verify(agency)
        letter = self.letters(self.case(document(number, **changes)))[agency]
        if letter.state == LetterState.SEALED:
            self.approve(letter)
        return letter

    def released(self, number: int = 1, agency: str = EMBASSY) -> Dispatch:
        """A letter in the outbox."""
        return self.release(self.approved(number, agency))

    def release(self, letter: Letter, *, by: User | None = None, override_reason: str = "") -> Dispatch:
        """Release a letter after reading it."""
        return release_letter(
            letter=letter,
            document_sha256=letter.document_sha256,
            by=by or self.caseworker,
            override_reason=override_reason,
        )


def verify(agency: str, *, on: date | None = None) -> None:
    """A curator verifies the agency's address."""
    verify_contact(key=agency, source="https://www.fmprc.gov.cn/", by="Curator", on=on)


def contact(agency: str) -> ContactPoint:
    """The mailbox of an agency."""
    return ContactPoint.objects.get(agency__key=agency, channel="email")


def open_counter(slug: str, *, holding_hours: int) -> Organization:
    """A new organization that can write letters."""
    return create_organization(
        slug=slug,
        name="North Star Victim Support",
        by=None,
        sending_email="reports@north.example.org",
        reply_email="answers@north.example.org",
        postal_address="1 Example Square\nExampleton",
        holding_hours=holding_hours,
    )
