"""Making a letter that was asked for: rendered, and, unless it is a draft, signed, with its e-mail, and sealed."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pikepdf
from django.conf import settings
from django.utils import timezone

from accounts import vault
from accounts.actions.audit import record
from accounts.models import Organization, SigningKey
from accounts.tenancy import current_organization_id
from cases.case_file import read_case_file
from cases.enums import Channel
from cases.plan import build_plan
from letters.documents.compose import document_title, letter_html, stylesheet
from letters.documents.mail import email_bytes
from letters.documents.render import RenderFailed, render_pdf
from letters.documents.sign import sign_pdf
from letters.enums import LetterState
from letters.facts import LetterFacts
from letters.gathering import facts_sha256, gather
from letters.models import Letter

_TRIES = 5  # of workers that ended before the letter was made
_GIVEN_UP = (
    "the program that makes letters stopped at this one each time; "
    "produce the reports again, and if it stops again tell whoever runs Redress"
)
_REASON = "Attests the unchanged text of this report, not its facts"
_NO_KEY = "the organization has no signing key that is valid today; a director makes one"
_NOT_ADDRESSED = (
    "its e-mail cannot be written: the agency's address, or the organization's own, is not exactly one e-mail address; "
    "a curator or a director mends it, then make the letter again"
)


class FactsChanged(RuntimeError):
    """The case says something else now than when the letter was asked for."""


class CannotSeal(RuntimeError):
    """The printed letter cannot be signed or mailed; the message says what to mend, without personal data."""


def begin_letter(letter_id: UUID) -> None:
    """Count one more try, or give the letter up after too many. Commit it before `make_letter`.

    A letter that ends its worker leaves no other trace, and would be asked for again every minute for ever.
    """
    free = Letter.objects.select_for_update(skip_locked=True).filter(state=LetterState.ASKED.value)
    letter = free.filter(pk=letter_id).first()
    if letter is None:
        return  # made already, or another worker has it
    if letter.tries < _TRIES:
        letter.tries += 1
    else:
        letter.state, letter.failure = LetterState.FAILED.value, _GIVEN_UP
        record("letter.failed", by=None, target=letter)
    letter.save(update_fields=["tries", "state", "failure"])


def make_letter(letter_id: UUID) -> Letter:
    """Make the letter unless it is made already; a failure is kept on it, in words without personal data.

    Runs in the active organization. Raises Letter.DoesNotExist for another organization's letter.
    """
    letter = Letter.objects.select_for_update().get(pk=letter_id)
    if letter.state != LetterState.ASKED:
        return letter
    try:
        _make(letter, _facts(letter))
    except (FactsChanged, RenderFailed, CannotSeal) as problem:
        letter.state, letter.failure = LetterState.FAILED.value, str(problem)
    letter.save()
    record(f"letter.{letter.state}", by=None, target=letter)
    return letter


def verify_url(code: str) -> str:
    """The address in the QR of a sealed letter."""
    return f"{settings.SITE_URL}/verify/{code}/"


def _facts(letter: Letter) -> LetterFacts:
    if letter.withdrawn_at:
        raise FactsChanged("the consent was taken back after this report was asked for")
    file = read_case_file(letter.case_id)
    row = next((row for row in build_plan(file).rows if row.key == letter.agency_key), None)
    if row is None:
        raise FactsChanged("the plan has no such report any more; produce the reports again")
    organization = Organization.objects.get(pk=current_organization_id())
    facts = gather(file, row, organization, draft=letter.draft, on=letter.letter_date)
    if facts_sha256(facts) != letter.facts_sha256:
        raise FactsChanged("the case changed after this report was asked for; produce the reports again")
    return facts if letter.draft else replace(facts, verify_url=verify_url(letter.verify_code))


def _make(letter: Letter, facts: LetterFacts) -> None:
    pdf = render_pdf(
        letter_html(facts),
        stylesheet=stylesheet(facts),
        title=document_title(facts),
        language="en",
        author=facts.sender.name,
        created=letter.asked_at,
    )
    letter.pages = _pages(pdf)
    if letter.draft:
        letter.document_sha256 = vault.store(pdf)
        letter.state = LetterState.DRAFT.value
    else:
        _seal(letter, facts, pdf)


def _seal(letter: Letter, facts: LetterFacts, pdf: bytes) -> None:
    now = timezone.now()
    sealed = _signed(pdf, now)
    if facts.recipient.channel == Channel.EMAIL:
        letter.mail_sha256 = vault.store(_mail(letter, facts, sealed, now))
    letter.document_sha256 = vault.store(sealed)
    letter.state, letter.sealed_at = LetterState.SEALED.value, now


def _signed(pdf: bytes, now: datetime) -> bytes:
    key = SigningKey.objects.filter(valid_from__lte=now, valid_to__gt=now).first()
    if key is None:
        raise CannotSeal(_NO_KEY)
    return sign_pdf(
        pdf,
        private_key_pem=key.private_key.encode(),
        certificate_pem=key.certificate.encode(),
        reason=_REASON,
        signed_at=now,
    )


def _mail(letter: Letter, facts: LetterFacts, sealed: bytes, now: datetime) -> bytes:
    try:
        return email_bytes(facts.mailed_to(letter.recipient_to), pdf=sealed, message_id=letter.message_id, date=now)
    except ValueError as problem:
        raise CannotSeal(_NOT_ADDRESSED) from problem


def _pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)
