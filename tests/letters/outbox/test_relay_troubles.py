"""A relay that refuses, hangs up or falls silent at any step: nothing is lost, and nothing goes twice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from letters.actions.dispatches import waiting_for_a_person
from letters.delivery import deliver
from letters.models import Dispatch
from tests.letters.outbox.counter import Counter
from tests.letters.outbox.scripted import BABBLE, DRIP, HANG_UP, SILENCE, Scripted, a_scripted_relay

BEFORE_THE_LETTER = ("greeting",)  # what is refused here is us, not the letter: it is only put off
OF_THE_LETTER = ("MAIL", "RCPT", "DATA", "dot")
BEFORE_THE_DOT = [
    *((step, HANG_UP) for step in ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "body")),
    *((step, SILENCE) for step in ("greeting", "EHLO", "MAIL", "RCPT", "DATA")),
]


@pytest.fixture
def relay(settings: Any) -> Iterator[Scripted]:
    with a_scripted_relay(settings) as started:
        yield started


def send(dispatch: Dispatch) -> Dispatch:
    """Send, as if every pause were over."""
    Dispatch.objects.filter(pk=dispatch.pk).update(next_attempt_at=timezone.now())
    deliver(dispatch.organization.pk, dispatch.pk)
    dispatch.refresh_from_db()
    return dispatch


def sent_once_it_is_well(dispatch: Dispatch, relay: Scripted) -> bool:
    return send(dispatch).state == "accepted" and relay.taken == [dispatch.letter.message_id]


@pytest.mark.parametrize("step", [*BEFORE_THE_LETTER, *OF_THE_LETTER])
def test_a_4xx_at_any_step_is_put_off_and_sent_later(counter: Counter, relay: Scripted, step: str) -> None:
    relay.step, relay.answer = step, "421 not now"
    dispatch = send(counter.released())
    assert (dispatch.state, dispatch.reply_code, dispatch.reply_text) == ("deferred", 421, "not now")
    assert dispatch.next_attempt_at > timezone.now()
    assert relay.taken == []
    assert sent_once_it_is_well(dispatch, relay)


@pytest.mark.parametrize("step", OF_THE_LETTER)
def test_a_5xx_to_the_letter_is_a_persons_task_and_may_be_released_again(
    counter: Counter, relay: Scripted, step: str
) -> None:
    relay.step, relay.answer = step, "550 never"
    dispatch = send(counter.released())
    assert (dispatch.state, dispatch.reply_code, dispatch.reply_text) == ("failed", 550, "never")
    assert waiting_for_a_person() == [dispatch.pk]
    assert send(dispatch).state == "failed", "not by itself"
    assert relay.taken == []
    assert sent_once_it_is_well(counter.release(dispatch.letter), relay)


def test_a_5xx_to_us_is_put_off(counter: Counter, relay: Scripted) -> None:
    relay.step, relay.answer = "greeting", "554 not you"
    dispatch = send(counter.released())
    assert (dispatch.state, dispatch.reply_code) == ("deferred", 554)
    assert sent_once_it_is_well(dispatch, relay)


@pytest.mark.parametrize(("step", "answer"), BEFORE_THE_DOT)
def test_a_relay_that_is_gone_before_the_dot_has_nothing(
    counter: Counter, relay: Scripted, step: str, answer: str
) -> None:
    relay.step, relay.answer = step, answer
    dispatch = send(counter.released())
    assert (dispatch.state, dispatch.reply_code) == ("deferred", None)
    assert relay.taken == []
    assert sent_once_it_is_well(dispatch, relay)


def test_whoever_comes_too_late_with_the_final_dot_does_not_send_it(
    counter: Counter, relay: Scripted, settings: Any
) -> None:
    in_time = settings.OUTBOX
    settings.OUTBOX = in_time | {"settle": 0}  # seconds: others ask the relay's log already
    dispatch = send(counter.released())
    assert (dispatch.state, relay.taken) == ("deferred", [])
    assert "too slow to send the final dot" in dispatch.reply_text
    settings.OUTBOX = in_time
    assert sent_once_it_is_well(dispatch, relay)


@pytest.mark.parametrize("answer", [HANG_UP, f"taken{HANG_UP}", SILENCE], ids=["drops it", "takes it", "silent"])
def test_a_relay_that_is_gone_after_the_dot_leaves_it_to_a_person(
    counter: Counter, relay: Scripted, answer: str
) -> None:
    relay.step, relay.answer = "dot", answer
    dispatch = send(counter.released())
    assert dispatch.state == "uncertain"
    assert waiting_for_a_person() == [dispatch.pk]
    taken = list(relay.taken)
    assert send(dispatch).state == "uncertain"
    assert relay.taken == taken, "never again in silence"
    assert len(taken) == bool(answer)


# --- what is no SMTP ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["greeting", "MAIL", "RCPT", "DATA"])  # after EHLO comes HELO
@pytest.mark.parametrize("answer", ["HTTP/1.1 400 Bad Request", "999 what", "-50 what", "٢٥٠ ok"])
def test_what_is_no_smtp_is_put_off(counter: Counter, relay: Scripted, step: str, answer: str) -> None:
    relay.step, relay.answer = step, answer
    dispatch = send(counter.released())
    assert (dispatch.state, dispatch.reply_code, relay.taken) == ("deferred", None, [])
    assert sent_once_it_is_well(dispatch, relay)


@pytest.mark.parametrize("answer", ["HTTP/1.1 400 Bad Request", "354 go on", "999 what", "150 wait"])
def test_an_answer_to_the_final_dot_that_is_none_is_left_to_a_person(
    counter: Counter, relay: Scripted, answer: str
) -> None:
    relay.step, relay.answer = "dot", answer
    dispatch = send(counter.released())
    assert (dispatch.state, send(dispatch).state, relay.conversations) == ("uncertain", "uncertain", 1)


def test_an_answer_too_many_is_not_taken_for_the_one_to_the_final_dot(counter: Counter, relay: Scripted) -> None:
    relay.step, relay.answer = "DATA", "354 go\r\n250 queued"
    dispatch = send(counter.released())
    assert (dispatch.state, relay.taken) == ("deferred", [])


def test_a_password_that_smtp_cannot_say_puts_letters_off_and_is_not_told(
    counter: Counter, relay: Scripted, settings: Any
) -> None:
    settings.SMTP |= {"user": "redress", "password": "pässword"}
    relay.step, relay.answer = "EHLO", "250-hello\r\n250 AUTH PLAIN"
    dispatch = send(counter.released())
    assert dispatch.state == "deferred"
    assert "user or password" in dispatch.reply_text
    assert "ä" not in dispatch.reply_text
    assert "xe4" not in dispatch.reply_text


@pytest.mark.parametrize("answer", [DRIP, BABBLE])
@pytest.mark.parametrize("step", ["greeting", "EHLO", "RCPT", "dot"])
def test_a_relay_that_never_comes_to_the_point_is_left_in_time(
    counter: Counter, relay: Scripted, settings: Any, step: str, answer: str
) -> None:
    settings.OUTBOX |= {"lease": 2, "settle": 2}  # seconds; half of each is for the relay
    relay.step, relay.answer = step, answer
    dispatch, begin = counter.released(), time.monotonic()
    dispatch = send(dispatch)
    assert time.monotonic() - begin < 3
    assert dispatch.state == ("uncertain" if step == "dot" else "deferred")


def test_attempts_that_never_come_to_an_end_are_a_persons_task_at_last(
    counter: Counter, relay: Scripted, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTBOX |= {"attempts": 2, "lease": 0}
    dispatch = counter.released()

    def broken(*_arguments: object) -> None:
        raise RuntimeError("a mistake of ours")

    with monkeypatch.context() as mistaken:
        mistaken.setattr("letters.delivery.sending._attempt", broken)
        for _ in range(2):
            with pytest.raises(RuntimeError):
                send(dispatch)
    dispatch = send(dispatch)
    assert (dispatch.state, dispatch.attempts, relay.taken) == ("failed", 2, [])
    assert waiting_for_a_person() == [dispatch.pk]
    settings.OUTBOX |= {"lease": 600}
    assert sent_once_it_is_well(counter.release(dispatch.letter), relay)
