"""A clock that once ran ahead holds nothing up when it is right again, and sends nothing early or twice."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from letters.delivery import deliver, due_dispatches
from letters.delivery.claiming import claim, commit_stage
from letters.delivery.pace import take_slot
from letters.delivery.relay_log import Found, PostfixLog
from letters.models import Dispatch, DomainSlot
from tests.letters.outbox.counter import Counter
from tests.letters.outbox.relay import Relay

YEAR, SECOND = timedelta(days=365), timedelta(seconds=1)


def is_due(dispatch: Dispatch) -> bool:
    return (dispatch.organization_id, dispatch.pk) in list(due_dispatches())


def send(dispatch: Dispatch) -> str:
    deliver(dispatch.organization.pk, dispatch.pk)
    dispatch.refresh_from_db()
    return dispatch.state


@pytest.mark.django_db
def test_a_slot_further_ahead_than_the_pace_is_free() -> None:
    now = timezone.now()
    assert take_slot("a.example", now=now + YEAR, per_minute=20) is None
    assert take_slot("a.example", now=now, per_minute=20) is None
    assert take_slot("a.example", now=now, per_minute=20) == now + 3 * SECOND
    assert take_slot("a.example", now=now - 4 * SECOND, per_minute=20) == now + 3 * SECOND, "clocks differ a little"
    assert DomainSlot.objects.get().next_at == now + 3 * SECOND


@pytest.mark.parametrize("state", ["queued", "deferred"])
def test_a_pause_longer_than_any_is_over(counter: Counter, relay: Relay, state: str) -> None:
    dispatch, now = counter.released(), timezone.now()
    row = Dispatch.objects.filter(pk=dispatch.pk)
    row.update(state=state, next_attempt_at=now + timedelta(hours=7))
    assert not is_due(dispatch)
    assert send(dispatch) == state
    row.update(next_attempt_at=now + YEAR)
    assert is_due(dispatch)
    assert send(dispatch) == "accepted"


def test_a_hold_is_kept_however_long(counter: Counter, relay: Relay) -> None:
    counter.organization.holding_hours = 72
    counter.organization.save()
    dispatch = counter.released()
    assert not is_due(dispatch)
    assert send(dispatch) == "held"


def test_a_lease_longer_than_any_is_over(counter: Counter, relay: Relay) -> None:
    dispatch = counter.released()
    assert claim(dispatch.organization.pk, dispatch.pk)
    assert not is_due(dispatch)
    assert send(dispatch) == "sending"
    Dispatch.objects.filter(pk=dispatch.pk).update(lease_until=timezone.now() + YEAR)
    assert is_due(dispatch)
    assert send(dispatch) == "accepted"


def test_what_went_at_a_moment_to_come_is_a_persons_task(counter: Counter, relay: Relay, settings: Any) -> None:
    dispatch, then = counter.released(), timezone.now() + YEAR
    claimed = claim(dispatch.organization.pk, dispatch.pk)
    assert claimed
    assert commit_stage(claimed)
    Dispatch.objects.filter(pk=dispatch.pk).update(stage_at=then, lease_until=then + 900 * SECOND)
    settings.SMTP |= {"log": str(relay.log)}
    assert send(dispatch) == "uncertain"
    assert relay.taken == []


def test_a_log_that_runs_ahead_of_us_does_not_prove_absence(tmp_path: Path) -> None:
    relay, dot = Relay(tmp_path / "mail.log"), timezone.now() + timedelta(minutes=10)
    for at in (dot - SECOND, dot + SECOND):
        relay.logs("smtpd", "connect from localhost", at=at)
    os.utime(relay.log, times=(dot.timestamp(),) * 2)
    assert PostfixLog(relay.log).find("<a@x>", sent_at=dot) == Found.UNKNOWN
