"""A restored database is of yesterday: what waited in it may have been sent since, and is not sent again in silence."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from letters.actions.dispatches import resolve_uncertain, waiting_for_a_person
from letters.delivery import deliver, due_dispatches
from letters.models import Dispatch
from tests.letters.outbox.counter import MAILBOX, Counter
from tests.letters.outbox.relay import Relay


def test_what_waits_is_held_for_a_person_and_not_sent(
    counter: Counter, relay: Relay, capsys: pytest.CaptureFixture[str]
) -> None:
    waiting, deferred = counter.released(1), counter.released(2)
    Dispatch.objects.filter(pk=deferred.pk).update(state="deferred")
    call_command("hold_outbox")
    assert capsys.readouterr().out == "2 letters are held for a person\n"
    assert set(waiting_for_a_person()) == {waiting.pk, deferred.pk}
    assert list(due_dispatches()) == []
    deliver(counter.organization.pk, waiting.pk)
    assert relay.taken == []


def test_a_person_says_what_became_of_it(counter: Counter) -> None:
    dispatch = counter.released()
    call_command("hold_outbox", verbosity=0)
    found = resolve_uncertain(dispatch=dispatch, was_sent=True, finding="in the relay's log", by=counter.caseworker)
    assert found.state == "accepted"


def test_what_has_left_or_was_stopped_stays_as_it_is(counter: Counter, relay: Relay) -> None:
    sent = counter.released(1, MAILBOX)
    deliver(counter.organization.pk, sent.pk)
    call_command("hold_outbox", verbosity=0)
    sent.refresh_from_db()
    assert sent.state == "accepted"
