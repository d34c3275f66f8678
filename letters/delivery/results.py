"""What an attempt came to, on record: each change with its line in the audit trail."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from accounts.actions.audit import record
from cases.actions.reports import record_letter_report
from cases.enums import Channel
from letters.delivery.clocks import LONGEST_BACKOFF
from letters.delivery.relay import Outcome, Reply
from letters.delivery.relay_log import Found, NoLog, PostfixLog, RelayLog
from letters.enums import DispatchState
from letters.models import Dispatch
from letters.release_rules import Refusal

_FINAL = frozenset({DispatchState.ACCEPTED, DispatchState.POSTED, DispatchState.VICTIM_SENT})
_SETTLED = frozenset({"withdrawn", "not-approved", "not-in-plan"})  # rules of letters.release_rules
FOUND_IN_LOG = "found in the relay's log"
_UNCERTAIN = "Nobody can tell whether the relay took it. Ask whoever runs the relay before it is sent again."


def settle(dispatch: Dispatch, reply: Reply, *, ours: bool) -> None:
    """Put the relay's reply on record. `ours`: the attempt is still this process's; the dispatch is locked.

    An acceptance counts even where the lease was lost meanwhile: the letter has left.
    """
    if reply.outcome == Outcome.ACCEPTED:
        if dispatch.state not in _FINAL:
            accept(dispatch, reply)
    elif not ours or reply.outcome == Outcome.STOPPED:
        return
    elif reply.outcome == Outcome.DEFERRED:
        _defer(dispatch, reply)
    elif reply.outcome == Outcome.REFUSED:
        _fail(dispatch, reply, "The relay refused it for good: read its reply, mend the cause, release it again.")
    elif not settings.SMTP["log"]:
        hold_for_a_person(dispatch)


def accept(dispatch: Dispatch, reply: Reply) -> None:
    """The relay took the letter: the case has a report now."""
    dispatch.drop_lease(DispatchState.ACCEPTED)
    dispatch.accepted_at = timezone.now()
    dispatch.reply_code, dispatch.reply_text, dispatch.problem = reply.code, reply.text, ""
    dispatch.report = record_letter_report(
        case=dispatch.case,
        agency_key=dispatch.agency_key,
        agency_name=dispatch.agency_name,
        agency_kind=dispatch.agency_kind,
        channel=Channel.EMAIL,
        on=timezone.localdate(dispatch.accepted_at),
        by=None,
    )
    _save(dispatch)


def stop(dispatch: Dispatch, found: tuple[Refusal, ...]) -> None:
    """The rules no longer let the letter go: it is not sent, and a person is asked what should become of it.

    Nobody is where the victim took it back, or where the plan, which has other reports to do now, left it behind.
    """
    settled = any(refusal.rule in _SETTLED for refusal in found)
    dispatch.drop_lease(DispatchState.CANCELLED if settled else DispatchState.FAILED)
    dispatch.reply_code, dispatch.reply_text = None, ""
    dispatch.problem = " ".join(refusal.sentence for refusal in found)
    _save(dispatch)


def reconcile(dispatch: Dispatch) -> None:
    """Find out what became of an attempt that was left after the stage before the final dot was committed."""
    assert dispatch.stage_at is not None
    found = _log().find(dispatch.letter.message_id, sent_at=dispatch.stage_at)
    if found == Found.ACCEPTED:
        accept(dispatch, Reply(Outcome.ACCEPTED, text=FOUND_IN_LOG))
    elif found == Found.ABSENT and dispatch.attempts >= settings.OUTBOX["attempts"]:
        give_up(dispatch)
    elif found == Found.ABSENT:
        dispatch.drop_lease(DispatchState.QUEUED)
        dispatch.next_attempt_at = timezone.now()
        dispatch.problem = "The relay's log does not have it: it is sent again."
        _save(dispatch)
    else:
        hold_for_a_person(dispatch)


def give_up(dispatch: Dispatch) -> None:
    """Attempts begin and never come to an end, and none has sent it: somebody has to find out why."""
    _fail(dispatch, Reply(Outcome.DEFERRED), "Sending broke off too often. Ask whoever runs this site for the cause.")


def hold_for_a_person(dispatch: Dispatch) -> None:
    """Never send again in silence what may have been sent."""
    dispatch.drop_lease(DispatchState.UNCERTAIN)
    dispatch.problem = _UNCERTAIN
    _save(dispatch)


def _defer(dispatch: Dispatch, reply: Reply) -> None:
    if dispatch.attempts >= settings.OUTBOX["attempts"]:
        _fail(dispatch, reply, "The relay put it off too often: read its reply, and release it again.")
        return
    dispatch.drop_lease(DispatchState.DEFERRED)
    dispatch.reply_code, dispatch.reply_text = reply.code, reply.text
    seconds = min(settings.OUTBOX["backoff"] * 2 ** (dispatch.attempts - 1), LONGEST_BACKOFF.total_seconds())
    dispatch.next_attempt_at = timezone.now() + timedelta(seconds=seconds * random.uniform(0.75, 1.25))
    _save(dispatch)


def _fail(dispatch: Dispatch, reply: Reply, problem: str) -> None:
    # What the victim took back meanwhile needs nobody to look at it.
    dispatch.drop_lease(DispatchState.CANCELLED if dispatch.letter.withdrawn_at else DispatchState.FAILED)
    dispatch.reply_code, dispatch.reply_text, dispatch.problem = reply.code, reply.text, problem
    _save(dispatch)


def _save(dispatch: Dispatch) -> None:
    dispatch.save()
    record(f"dispatch.{dispatch.state}", by=None, target=dispatch)


def _log() -> RelayLog:
    return PostfixLog(Path(settings.SMTP["log"])) if settings.SMTP["log"] else NoLog()
