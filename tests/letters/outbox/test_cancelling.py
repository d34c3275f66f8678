"""A person stops a letter while a worker sends it, each over a connection of their own: never both, always one."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connection

from accounts.tenancy import organization as acting_for
from letters import sealing
from letters.actions.dispatches import TooLate, cancel_dispatch
from letters.actions.releases import seal_for_release
from letters.actions.withdrawals import withdraw_approval, withdraw_consent
from letters.models import Dispatch, Letter
from letters.sealing import make_letter
from tests.letters.outbox.counter import EMBASSY, Counter, document
from tests.letters.outbox.live import live_counter, released, send_in_a_thread, state_of
from tests.letters.outbox.relay import Relay

TRIALS = 60


@pytest.fixture
def live(transactional_db: None, private_folders: Path) -> Counter:
    return live_counter()


def stopped(counter: Counter, dispatch: Dispatch) -> bool:
    """Whether the caseworker could stop it."""
    with acting_for(counter.organization.pk):
        try:
            cancel_dispatch(dispatch=dispatch, by=counter.caseworker, reason="The victim called.")
        except TooLate:
            return False
    return True


def in_a_thread(act: Callable[[], None]) -> Callable[[], None]:
    """The act over a connection of its own, done when this returns; what it raises fails the test."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    def start_and_wait() -> None:
        thread = Thread(target=run)
        thread.start()
        thread.join()

    return start_and_wait


def release_again(counter: Counter, dispatch: Dispatch) -> None:
    with acting_for(counter.organization.pk):
        counter.release(dispatch.letter)


def test_a_letter_is_stopped_or_sent_and_never_both(live: Counter, relay: Relay) -> None:
    chance, numbers = random.Random(20261125), iter(range(1, TRIALS + 1))
    dispatch, slowest, outcomes = released(live, next(numbers)), 0.3, {True: 0, False: 0}
    for _ in range(TRIALS):
        relay.slow = chance.uniform(0, 0.1)
        taken = len(relay.taken)
        sender = Thread(target=send_in_a_thread, args=(dispatch,))
        begin = time.monotonic()
        sender.start()
        time.sleep(chance.uniform(0, slowest))
        was_stopped = stopped(live, dispatch)
        sender.join()
        slowest = time.monotonic() - begin
        assert len(relay.taken) - taken == (not was_stopped)
        assert state_of(dispatch).state == ("cancelled" if was_stopped else "accepted")
        outcomes[was_stopped] += 1
        if was_stopped:
            release_again(live, dispatch)
        else:
            dispatch = released(live, next(numbers))
    assert len(relay.message_ids) == len(set(relay.message_ids)) == outcomes[False]
    assert min(outcomes.values()) >= 5, f"both have to happen: {outcomes}"


@pytest.mark.parametrize("withdraw", ["cancelling", "consent", "approval"])
def test_while_the_relay_waits_for_the_dot_it_can_still_be_stopped(live: Counter, relay: Relay, withdraw: str) -> None:
    dispatch = released(live)
    stops: list[bool] = []

    def stop() -> None:
        with acting_for(live.organization.pk):
            if withdraw == "cancelling":
                cancel_dispatch(dispatch=dispatch, by=live.caseworker, reason="The victim called.")
            elif withdraw == "consent":
                withdraw_consent(case=dispatch.case, agency_key=EMBASSY, by=None)
            else:
                withdraw_approval(letter=dispatch.letter, by=None)
        stops.append(True)

    relay.at_recipient = in_a_thread(stop)
    send_in_a_thread(dispatch)
    assert (stops, relay.taken) == ([True], [])
    assert state_of(dispatch).state == "cancelled"


@pytest.mark.parametrize("withdraw", ["cancelling", "consent"])
def test_after_the_dot_it_is_too_late_and_that_is_said(live: Counter, relay: Relay, withdraw: str) -> None:
    dispatch = released(live)
    said: list[str] = []

    def stop() -> None:
        with acting_for(live.organization.pk):
            if withdraw == "consent":
                said.extend(withdraw_consent(case=dispatch.case, agency_key=EMBASSY, by=None).beyond_recall)
                return
            try:
                cancel_dispatch(dispatch=dispatch, by=live.caseworker, reason="The victim called.")
            except TooLate as late:
                said.append(str(late))

    relay.at_dot = in_a_thread(stop)
    send_in_a_thread(dispatch)
    assert ["cannot be stopped" in sentence for sentence in said] == [True]
    assert (state_of(dispatch).state, len(relay.taken)) == ("accepted", 1)


def test_a_consent_is_taken_back_while_a_worker_makes_its_letter(
    live: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both lock the letter before they go on record: in the other order each would wait for the other."""
    with acting_for(live.organization.pk):
        draft = live.letters(live.case(document(safety={"ties_to": ["CN"]})), by=live.caseworker)[EMBASSY]
        asked = seal_for_release(letter=draft, document_sha256=draft.document_sha256, by=live.director)
    begun, finish, done = Event(), Event(), []

    def printing(*_: object) -> None:
        begun.set()
        finish.wait(30)

    def make() -> None:
        with acting_for(live.organization.pk):
            make_letter(asked.pk)
        done.append("made")

    def withdraw() -> None:
        begun.wait(30)
        with acting_for(live.organization.pk):
            withdraw_consent(case=draft.case, agency_key=EMBASSY, by=None)
        done.append("withdrawn")

    monkeypatch.setattr(sealing, "_make", printing)
    threads = [Thread(target=in_a_thread(act)) for act in (make, withdraw)]
    for thread in threads:
        thread.start()
    time.sleep(1)  # the withdrawal waits for the letter by now
    finish.set()
    for thread in threads:
        thread.join()
    assert done == ["made", "withdrawn"]
    with acting_for(live.organization.pk):
        assert Letter.objects.get(pk=asked.pk).withdrawn_at
