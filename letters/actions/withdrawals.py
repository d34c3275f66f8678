"""Taking back a consent or an approval: what is not yet sent stops, and what cannot be recalled is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import require
from cases.actions.consents import record_withdrawal
from cases.models import Case
from letters.actions.dispatches import beyond_recall, stop_if_not_sent
from letters.enums import LetterState
from letters.models import Approval, Dispatch, Letter
from letters.release_check import lock_case, lock_dispatch

_SEALED_OR_SOON = (LetterState.SEALED.value, LetterState.ASKED.value)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did: the letters that were stopped, and a sentence for each that cannot be called back."""

    stopped: tuple[Dispatch, ...]
    beyond_recall: tuple[str, ...]


@transaction.atomic
def withdraw_consent(*, case: Case, agency_key: str, by: User | None) -> Withdrawn:
    """Take back the consent that this agency is told; `by=None` is the victim in the portal.

    Its letters that have not left are withdrawn, and a new consent makes new ones. Raises PermissionDenied.
    """
    _may(by, case)
    lock_case(case.pk)
    letters = _sealed_or_soon(case, agency_key)
    record_withdrawal(case=case, agency_key=agency_key, by=by)
    dispatches = Dispatch.objects.filter(case=case, agency_key=agency_key)
    done = _stop(dispatches.values_list("pk", flat=True), by=by, problem="The victim withdrew the consent.")
    gone = set(dispatches.filter(report__isnull=False).values_list("letter_id", flat=True))
    for letter in letters:
        if letter.pk not in gone:
            letter.withdrawn_at = timezone.now()
            letter.save(update_fields=["withdrawn_at"])
            record("letter.withdraw", by=by, target=letter)
    return done


@transaction.atomic
def withdraw_approval(*, letter: Letter, by: User | None) -> Withdrawn:
    """Take back every approval of this document; `by=None` is the victim in the portal. Raises PermissionDenied."""
    _may(by, letter)
    lock_case(letter.case_id)
    for approval in Approval.objects.filter(letter=letter, withdrawn_at=None):
        approval.withdrawn_at = timezone.now()
        approval.save(update_fields=["withdrawn_at"])
        record("letter.disapprove", by=by, target=approval)
    dispatches = Dispatch.objects.filter(letter=letter).values_list("pk", flat=True)
    return _stop(dispatches, by=by, problem="The victim withdrew the approval of this document.")


def _sealed_or_soon(case: Case, agency_key: str) -> list[Letter]:
    """The agency's letters, locked before anything goes on record, as the worker that makes one does it.

    In the other order each would wait for the other: for a letter, and for the end of the audit trail.
    """
    letters = Letter.objects.select_for_update(no_key=True).filter(case=case, agency_key=agency_key, withdrawn_at=None)
    return list(letters.filter(draft=False, state__in=_SEALED_OR_SOON).order_by("pk"))


def _may(by: User | None, obj: Case | Letter) -> None:
    if by:
        require(by, Verb.CASE_CHANGE, obj)


def _stop(dispatches: Iterable[UUID], *, by: User | None, problem: str) -> Withdrawn:
    stopped, gone = [], []
    for pk in dispatches:
        dispatch = lock_dispatch(pk)
        if stop_if_not_sent(dispatch, problem=problem):
            stopped.append(dispatch)
            record("dispatch.cancel", by=by, target=dispatch)
        else:
            gone.append(f"{dispatch.agency_name}: {beyond_recall(dispatch)}")
    return Withdrawn(tuple(stopped), tuple(gone))
