"""Taking a due dispatch in hand: the lease, and the last look before the final dot."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from accounts import vault
from accounts.actions.audit import record
from accounts.secrets import SecretError
from accounts.tenancy import organization as acting_for
from letters.delivery.clocks import LONGEST_PAUSE, has_come, longest_lease
from letters.delivery.envelope import BadMessage, Envelope, read_envelope
from letters.delivery.pace import take_slot
from letters.delivery.results import give_up, reconcile, stop
from letters.enums import Carrier, DispatchState, SendingStage
from letters.models import Dispatch
from letters.release_check import lock_dispatch, look, released
from letters.release_rules import Refusal, refusals

_WAITING = frozenset({DispatchState.HELD, DispatchState.QUEUED, DispatchState.DEFERRED})


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt at one dispatch, which this process alone holds until its lease is over."""

    organization_id: UUID
    dispatch_id: UUID
    owner: str
    envelope: Envelope
    message: bytes


def claim(organization_id: UUID, dispatch_id: UUID) -> Claim | None:
    """Take a dispatch that is due, in a transaction of its own; None where there is nothing to send.

    Who comes upon an abandoned attempt takes it up again if the final dot was not yet due, and else asks the
    relay's log. Who may no longer be told is not: the rules are asked again here.
    """
    with acting_for(organization_id):
        dispatch = lock_dispatch(dispatch_id)
        now = timezone.now()
        if not _is_ours_to_send(dispatch, now):
            return None
        if found := refused(dispatch):
            stop(dispatch, found)
            return None
        return _claim(organization_id, dispatch, now)


def commit_stage(claimed: Claim) -> bool:
    """Commit that the final dot is about to be sent; False where the letter was stopped or is no longer ours."""
    with acting_for(claimed.organization_id):
        dispatch = lock_dispatch(claimed.dispatch_id)
        if not holds(claimed, dispatch) or dispatch.stage != SendingStage.CLAIMED:
            return False
        if found := refused(dispatch):
            stop(dispatch, found)
            return False
        dispatch.stage, dispatch.stage_at = SendingStage.DATA_SENT.value, timezone.now()
        dispatch.lease_until = dispatch.stage_at + timedelta(seconds=settings.OUTBOX["settle"])
        dispatch.save()
        record("dispatch.send", by=None, target=dispatch)
        return True


def holds(claimed: Claim, dispatch: Dispatch) -> bool:
    """Whether the attempt is still this process's own."""
    return dispatch.state == DispatchState.SENDING and dispatch.lease_owner == claimed.owner


def refused(dispatch: Dispatch) -> tuple[Refusal, ...]:
    """Why the letter may not go as things stand now."""
    letter = dispatch.letter
    return refusals(look(letter, released(dispatch.release, letter)).situation)


def _is_ours_to_send(dispatch: Dispatch, now: datetime) -> bool:
    if dispatch.carrier != Carrier.EMAIL or not settings.SMTP["host"]:
        return False
    if dispatch.state == DispatchState.SENDING:
        return _abandoned(dispatch, now)
    if dispatch.state not in _WAITING or dispatch.release.hold_until > now:
        return False
    return has_come(dispatch.next_attempt_at, now=now, at_most=LONGEST_PAUSE)


def _abandoned(dispatch: Dispatch, now: datetime) -> bool:
    """Whether an attempt whose worker is gone can simply be made again."""
    if dispatch.lease_until is None or not has_come(dispatch.lease_until, now=now, at_most=longest_lease()):
        return False
    if dispatch.stage == SendingStage.DATA_SENT:
        reconcile(dispatch)
        return False
    if dispatch.attempts >= settings.OUTBOX["attempts"]:
        give_up(dispatch)
        return False
    return True


def _claim(organization_id: UUID, dispatch: Dispatch, now: datetime) -> Claim | None:
    try:
        message = vault.read(dispatch.letter.mail_sha256)
        envelope = _envelope(dispatch, message)
    except (BadMessage, vault.VaultError, SecretError) as problem:
        dispatch.drop_lease(DispatchState.FAILED)
        dispatch.problem = f"The message cannot be sent: {problem}."
        dispatch.save()
        record("dispatch.failed", by=None, target=dispatch)
        return None
    later = take_slot(dispatch.recipient_domain, now=now, per_minute=settings.OUTBOX["per_minute"])
    if later:
        dispatch.drop_lease(DispatchState.QUEUED)
        dispatch.next_attempt_at = later
        dispatch.save()
        return None
    _lease(dispatch, now)
    return Claim(organization_id, dispatch.pk, dispatch.lease_owner, envelope, message)


def _envelope(dispatch: Dispatch, message: bytes) -> Envelope:
    letter = dispatch.letter
    return read_envelope(message, message_id=letter.message_id, recipient=letter.recipient_to)


def _lease(dispatch: Dispatch, now: datetime) -> None:
    dispatch.state, dispatch.stage, dispatch.stage_at = (
        DispatchState.SENDING.value,
        SendingStage.CLAIMED.value,
        now,
    )
    dispatch.lease_owner = str(uuid.uuid4())
    dispatch.lease_until = now + timedelta(seconds=settings.OUTBOX["lease"])
    dispatch.attempts += 1
    dispatch.problem = ""
    dispatch.save()
