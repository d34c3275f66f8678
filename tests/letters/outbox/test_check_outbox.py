"""Whoever watches the installation learns that letters wait for a person, and of nothing that somebody settled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from letters.actions.dispatches import cancel_dispatch, resolve_uncertain
from letters.delivery.relay import Outcome, Reply
from letters.delivery.results import hold_for_a_person, settle, stop
from letters.models import Dispatch
from letters.queries.outbox import Troubles, outbox_troubles
from letters.release_rules import Refusal
from tests.letters.outbox.counter import EMBASSY, MAILBOX, Counter

REFUSED = Reply(Outcome.REFUSED, code=550, text="5.1.1 no such user")
STALE = (Refusal("stale-address", "Nobody verified the address in time."),)


def troubles() -> Troubles:
    return outbox_troubles()["north"]


def test_an_outbox_in_order_is_no_alarm(counter: Counter, capsys: pytest.CaptureFixture[str]) -> None:
    counter.released()
    call_command("check_outbox")
    assert capsys.readouterr().out == "all: 0 uncertain, 0 failed, 0 overdue\n"


def test_an_alarm_counts_by_organization_and_leaves_with_status_1(
    counter: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    hold_for_a_person(counter.released(1))
    settle(counter.released(2), REFUSED, ours=True)
    stop(counter.released(3), STALE)
    stop(counter.released(4), STALE)
    with pytest.raises(SystemExit) as leaving:
        call_command("check_outbox")
    assert leaving.value.code == 1
    counts = "1 uncertain, 3 failed, 0 overdue"
    assert capsys.readouterr().out == f"north: {counts}\nall: {counts}\n"


@pytest.mark.parametrize(
    ("state", "minutes", "overdue"), [("queued", 61, 1), ("deferred", 61, 1), ("held", 61, 1), ("queued", 59, 0)]
)
def test_a_letter_that_did_not_go_within_the_hour_is_overdue(
    counter: Counter, state: str, minutes: int, overdue: int
) -> None:
    dispatch, due = counter.released(), timezone.now() - timedelta(minutes=minutes)
    Dispatch.objects.filter(pk=dispatch.pk).update(state=state, next_attempt_at=due)
    type(dispatch.release).objects.filter(pk=dispatch.release_id).update(hold_until=due)
    assert troubles() == Troubles(overdue=overdue)


def test_an_attempt_that_nobody_takes_up_again_is_overdue(counter: Counter) -> None:
    dispatch = counter.released()
    dispatch.state, dispatch.stage, dispatch.lease_owner = "sending", "claimed", "somebody"
    dispatch.lease_until = timezone.now() - timedelta(minutes=61)
    dispatch.save()
    assert troubles() == Troubles(overdue=1)


def test_what_a_person_settled_is_no_trouble(counter: Counter) -> None:
    cancel_dispatch(dispatch=counter.released(1), by=counter.caseworker, reason="they asked us to wait")
    uncertain, failed = counter.released(2), counter.released(3)
    hold_for_a_person(uncertain)
    resolve_uncertain(dispatch=uncertain, was_sent=False, finding="not in the relay's log", by=counter.caseworker)
    settle(failed, REFUSED, ours=True)
    cancel_dispatch(dispatch=failed, by=counter.caseworker, reason="the embassy has moved")
    assert not troubles()


def test_what_was_released_again_or_replaced_is_no_trouble(counter: Counter) -> None:
    again, replaced = counter.released(1), counter.released(2)
    other = counter.released(2, MAILBOX)
    for dispatch in (again, replaced):
        settle(dispatch, REFUSED, ours=True)
    assert troubles() == Troubles(failed=2)
    counter.release(again.letter)
    assert troubles() == Troubles(failed=1)
    Dispatch.objects.filter(pk=other.pk).update(agency_key=EMBASSY)
    assert not troubles()
