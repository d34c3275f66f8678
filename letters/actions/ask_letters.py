"""Asking for the letters of a case: a row each, unless the same letter was made already."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import require
from accounts.tenancy import current_organization_id
from cases.case_file import CaseFile, read_case_file
from cases.models import Case
from cases.plan import build_plan
from letters.enums import LetterState
from letters.gathering import facts_sha256
from letters.models import Letter, VerifyCode
from letters.release_check import consent_terms, lock_case
from letters.reports import case_standings
from letters.standing import Asked, Standing
from letters.tasks import wake_printer

# Raised when fixed text, templates or rules change what a letter says; part of what makes two letters equal.
RULE_VERSION = "2026-11-27.2"


@transaction.atomic
def ask_case_letters(*, case: Case, by: User) -> int:
    """Ask for every letter that the plan of a case allows and that is not made yet; workers make them.

    Return how many are being made. Raises PermissionDenied.
    """
    require(by, Verb.CASE_CHANGE, case)
    lock_case(case.pk)
    file = read_case_file(case.pk)
    asked = ask_letters(file, case_standings(file, build_plan(file)), by=by, today=timezone.localdate())
    waiting = [one.letter for one in asked if one.letter and one.letter.state == LetterState.ASKED]
    for letter in waiting:
        wake_printer_on_commit(letter)
    return len(waiting)


def wake_printer_on_commit(letter: Letter) -> None:
    """Ask a worker to make a letter that was asked for; where the broker is down it waits for the sweeper."""
    organization_id = current_organization_id()

    def wake_worker() -> None:  # a function with a name: of a partial that fails, Django cannot say which it was
        wake_printer(organization_id, letter.pk)

    transaction.on_commit(wake_worker, robust=True)


@transaction.atomic
def ask_letters(file: CaseFile, standings: tuple[Standing, ...], *, by: User | None, today: date) -> list[Asked]:
    """Give every report that has a document its letter: the one that says the same already, or a new one.

    New letters are in the state `asked`; `letters.sealing.make_letter` makes them, here or in a worker.
    """
    return [Asked(standing, ask_letter(file, standing, by=by, today=today)) for standing in standings]


def ask_letter(file: CaseFile, standing: Standing, *, by: User | None, today: date) -> Letter | None:
    """Give one report its letter; None where its status has no document."""
    if standing.facts is None:
        return None
    digest = facts_sha256(standing.facts)
    return _same_letter(file, standing, digest) or _new_letter(file, standing, digest, by, today)


def _same_letter(file: CaseFile, standing: Standing, digest: str) -> Letter | None:
    consent = consent_terms(file, standing.row.key)
    return Letter.objects.filter(
        case=file.case,
        agency_key=standing.row.key,
        facts_sha256=digest,
        rule_version=RULE_VERSION,
        consent_given_on=consent.given_on if consent else None,
        consent_terms=list(consent.terms) if consent else [],
        recipient_to=standing.row.to,  # which the facts of a held person's letter leave out
        state__in=[LetterState.ASKED.value, LetterState.DRAFT.value, LetterState.SEALED.value],
        withdrawn_at=None,
    ).last()


def _new_letter(file: CaseFile, standing: Standing, digest: str, by: User | None, today: date) -> Letter:
    assert standing.facts is not None
    sender = standing.facts.sender
    consent = consent_terms(file, standing.row.key)
    letter = Letter(
        case=file.case,
        agency_key=standing.row.key,
        draft=standing.facts.draft,
        letter_date=today,
        asked_by=by,
        facts_sha256=digest,
        rule_version=RULE_VERSION,
        consent_given_on=consent.given_on if consent else None,
        consent_terms=list(consent.terms) if consent else [],
        recipient_to=standing.row.to,
        verify_code="" if standing.facts.draft else secrets.token_urlsafe(16),
        message_id=f"<{secrets.token_hex(16)}@{sender.email.rpartition('@')[2] or 'redress.invalid'}>",
    )
    letter.save()
    if letter.verify_code:
        _publish_code(letter)
    record("letter.ask", by=by, target=letter)
    return letter


def _publish_code(letter: Letter) -> None:
    VerifyCode.objects.create(
        code_sha256=hashlib.sha256(letter.verify_code.encode()).hexdigest(),
        organization_id=current_organization_id(),
        letter_id=letter.pk,
    )
