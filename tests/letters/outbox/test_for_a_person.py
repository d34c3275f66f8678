"""A letter that no longer goes by itself is told to the people of its case, with the reason, until it is settled."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.models import ContactPoint
from letters.actions.dispatches import cancel_dispatch, waiting_for_a_person
from letters.actions.withdrawals import withdraw_approval, withdraw_consent
from letters.admin.tiles import letter_tiles
from letters.delivery import deliver
from letters.models import Dispatch
from tests.letters.outbox.counter import EMBASSY, MAILBOX, Counter, contact, document
from tests.letters.outbox.relay import Relay


def send(dispatch: Dispatch) -> Dispatch:
    Dispatch.objects.filter(pk=dispatch.pk).update(next_attempt_at=timezone.now())
    deliver(dispatch.organization.pk, dispatch.pk)
    dispatch.refresh_from_db()
    return dispatch


def told(counter: Counter) -> list[str]:
    """What the first page asks a caseworker to look at."""
    return [tile.words for tile in letter_tiles(counter.caseworker) if tile.look == "bad"]


def fact_corrected(counter: Counter) -> None:
    counter.case(document(identifiers=[{"kind": "website", "value": "https://other.example"}]))


def verification_aged(_counter: Counter) -> None:
    ContactPoint.objects.filter(pk=contact(EMBASSY).pk).update(verified_on=timezone.localdate().replace(year=2020))


def address_changed(_counter: Counter) -> None:
    ContactPoint.objects.filter(pk=contact(EMBASSY).pk).update(value="another@example.org")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (fact_corrected, "The case says something else now"),
        (verification_aged, "The address was verified on 2020"),
        (address_changed, "The agency is reached at another address now"),
    ],
)
def test_a_letter_that_the_rules_stopped_is_told_with_its_reason(
    counter: Counter, relay: Relay, change: Any, reason: str
) -> None:
    dispatch = counter.released()
    change(counter)
    send(dispatch)
    assert relay.taken == []
    (words,) = told(counter)
    assert dispatch.case.number in words
    assert reason in words
    assert waiting_for_a_person() == [dispatch.pk]


@pytest.mark.parametrize("withdraw", [withdraw_consent, withdraw_approval, cancel_dispatch])
@pytest.mark.parametrize("when", ["before", "after"])
def test_what_the_victim_or_a_person_stopped_is_nobodys_task(
    counter: Counter, relay: Relay, withdraw: Any, when: str
) -> None:
    """Also where the rules, or the relay, had stopped it before."""
    dispatch = counter.released()
    if when == "after":
        relay.answers = ["550 never"]
        send(dispatch)
        assert told(counter)
    if withdraw is withdraw_consent:
        withdraw(case=dispatch.case, agency_key=EMBASSY, by=None)
    elif withdraw is withdraw_approval:
        withdraw(letter=dispatch.letter, by=None)
    else:
        withdraw(dispatch=dispatch, by=counter.caseworker, reason="It was told by phone.")
    assert send(dispatch).state == "cancelled"
    assert told(counter) == []


def test_a_withdrawal_that_came_at_the_final_dot_is_nobodys_task_either(counter: Counter, relay: Relay) -> None:
    dispatch = counter.released()
    withdraw_consent(case=dispatch.case, agency_key=EMBASSY, by=None)
    Dispatch.objects.filter(pk=dispatch.pk).update(state="queued")  # the relay's log does not have it
    assert send(dispatch).state == "cancelled"
    assert told(counter) == []


def test_a_later_letter_to_the_agency_settles_what_failed_but_not_what_is_uncertain(
    counter: Counter, relay: Relay
) -> None:
    failed = counter.released()
    elsewhere = counter.released(agency=MAILBOX)
    fact_corrected(counter)
    send(failed)
    send(elsewhere)
    assert set(waiting_for_a_person()) == {failed.pk, elsewhere.pk}
    letter = counter.letters(failed.case)[EMBASSY]
    counter.approve(letter)
    assert counter.release(letter).pk != failed.pk
    assert waiting_for_a_person() == [elsewhere.pk]
    Dispatch.objects.filter(pk=failed.pk).update(state="uncertain")
    assert set(waiting_for_a_person()) == {failed.pk, elsewhere.pk}


def test_more_than_six_are_counted_in_as_many_queries(counter: Counter) -> None:
    def hold(*numbers: int) -> tuple[list[str], int]:
        for number in numbers:
            counter.released(number)
        call_command("hold_outbox", verbosity=0)
        with CaptureQueriesContext(connection) as queries:
            tiles = letter_tiles(counter.caseworker)
        return [f"{tile.figure} {tile.words}"[:40] for tile in tiles if not tile.look], len(queries)

    few, queries = hold(1, 2)
    assert few == []
    many, more_queries = hold(3, 4, 5, 6, 7, 8)
    assert many == ["8 letters wait for somebody to look at the"[:40]]
    assert len(told(counter)) == 6
    assert more_queries == queries
