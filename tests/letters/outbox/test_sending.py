"""Sending: what the relay says is on record, nothing goes twice, and what cannot be known is held for a person."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts import vault
from accounts.models import AuditEntry
from cases.models import Report
from letters.actions.dispatches import TooLate, cancel_dispatch, resolve_uncertain, waiting_for_a_person
from letters.actions.withdrawals import withdraw_approval, withdraw_consent
from letters.delivery import deliver, due_dispatches
from letters.delivery.claiming import Claim, claim, commit_stage
from letters.delivery.relay import Outcome, Reply
from letters.delivery.sending import _settle
from letters.models import Dispatch, Release
from tests.letters.outbox.counter import EMBASSY, MAILBOX, Counter
from tests.letters.outbox.relay import Relay, content


def send(dispatch: Dispatch) -> Dispatch:
    deliver(dispatch.organization.pk, dispatch.pk)
    dispatch.refresh_from_db()
    return dispatch


def take(dispatch: Dispatch) -> Claim | None:
    return claim(dispatch.organization.pk, dispatch.pk)


def due_again(dispatch: Dispatch) -> Dispatch:
    """As if the back-off were over."""
    Dispatch.objects.filter(pk=dispatch.pk).update(next_attempt_at=timezone.now())
    return send(dispatch)


def abandoned(dispatch: Dispatch, *, after_dot_was_due: bool) -> None:
    """As if the worker had died, a lease ago."""
    claimed = take(dispatch)
    assert claimed
    if after_dot_was_due:
        assert commit_stage(claimed)
    Dispatch.objects.filter(pk=dispatch.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_released_letter_is_sent_as_the_vault_has_it_to_one_recipient(counter: Counter, relay: Relay) -> None:
    dispatch = send(counter.released())
    assert (dispatch.state, dispatch.reply_code, dispatch.attempts) == ("accepted", 250, 1)
    (taken,) = relay.taken
    assert taken.mail_from == "reports@north.example.org"
    assert taken.rcpt_tos == [dispatch.letter.recipient_to]
    sent = content(taken).replace(b"\r\n", b"\n")
    assert sent.rstrip(b"\n") == vault.read(dispatch.letter.mail_sha256).replace(b"\r\n", b"\n").rstrip(b"\n")
    assert relay.message_ids == [dispatch.letter.message_id]


def test_an_accepted_letter_is_a_report_of_the_case_and_on_the_audit_trail(counter: Counter, relay: Relay) -> None:
    dispatch = send(counter.released())
    report = Report.objects.get(case=dispatch.case)
    assert dispatch.report == report
    assert (report.agency_key, report.origin, report.channel) == (EMBASSY, "letter", "email")
    assert report.filed_on == timezone.localdate()
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"letter.approve", "letter.release", "dispatch.send", "dispatch.accepted", "report.file"} <= verbs


def test_one_accepted_letter_does_not_void_the_approval_of_the_next(counter: Counter, relay: Relay) -> None:
    first = counter.released()
    second = counter.released(agency=MAILBOX)
    assert [send(first).state, send(second).state] == ["accepted", "accepted"]
    assert len(relay.taken) == 2


def test_sending_again_sends_nothing(counter: Counter, relay: Relay) -> None:
    dispatch = send(counter.released())
    assert send(dispatch).state == "accepted"
    assert len(relay.taken) == 1


def test_without_a_relay_what_was_released_waits(counter: Counter) -> None:
    assert send(counter.released()).state == "queued"


def test_nothing_goes_before_the_hold_is_over(counter: Counter, relay: Relay) -> None:
    counter.organization.holding_hours = 24
    counter.organization.save()
    dispatch = counter.released()
    assert send(dispatch).state == "held"
    assert not list(due_dispatches())
    counter.director.refresh_from_db()
    release = dispatch.release
    release.hold_until = dispatch.next_attempt_at = timezone.now()
    release.save()
    dispatch.save()
    assert (dispatch.organization_id, dispatch.pk) in list(due_dispatches())
    assert send(dispatch).state == "accepted"


# --- what a relay can do --------------------------------------------------------------------------------------


def test_a_4xx_is_put_off_and_tried_again_with_growing_pauses(counter: Counter, relay: Relay) -> None:
    relay.answers = ["450 try later", "450 try later"]
    dispatch = send(counter.released())
    assert (dispatch.state, dispatch.reply_code) == ("deferred", 450)
    assert 44 <= (dispatch.next_attempt_at - timezone.now()).total_seconds() <= 76
    assert send(dispatch).attempts == 1, "not before its time"
    dispatch = due_again(dispatch)
    assert 89 <= (dispatch.next_attempt_at - timezone.now()).total_seconds() <= 151
    assert due_again(dispatch).state == "accepted"
    assert len(relay.taken) == 1


def test_a_5xx_is_a_persons_task_with_the_relays_words(counter: Counter, relay: Relay) -> None:
    relay.answers = ["550 no such mailbox"]
    dispatch = send(counter.released())
    assert (dispatch.state, dispatch.reply_code, dispatch.reply_text) == ("failed", 550, "no such mailbox")
    assert dispatch.problem
    assert waiting_for_a_person() == [dispatch.pk]
    assert not list(due_dispatches())
    assert counter.release(dispatch.letter).state == "queued"


@pytest.mark.parametrize(("answer", "state"), [("451 disk full", "deferred"), ("554 refused", "failed")])
def test_a_refusal_after_the_final_dot_is_an_answer_like_any_other(
    counter: Counter, relay: Relay, answer: str, state: str
) -> None:
    relay.final_answers = [answer]
    assert send(counter.released()).state == state
    assert not relay.taken


def test_it_gives_up_after_many_4xx(counter: Counter, relay: Relay, settings: Any) -> None:
    settings.OUTBOX |= {"attempts": 2}
    relay.answers = ["450 later"] * 2
    dispatch = due_again(send(counter.released()))
    assert (dispatch.state, dispatch.reply_code) == ("failed", 450)


def test_a_slow_relay_is_left_and_tried_again(counter: Counter, relay: Relay, settings: Any) -> None:
    settings.SMTP |= {"timeout": 0.2}
    relay.slow = 0.6
    dispatch = send(counter.released())
    assert dispatch.state == "deferred"
    relay.slow = 0.0
    assert due_again(dispatch).state == "accepted"
    assert len(relay.taken) == 1


def test_a_relay_that_is_not_there_is_tried_again(counter: Counter, relay: Relay, settings: Any) -> None:
    settings.SMTP |= {"port": 1}
    assert send(counter.released()).state == "deferred"


def test_a_relay_without_starttls_gets_nothing(counter: Counter, relay: Relay, settings: Any) -> None:
    settings.SMTP |= {"starttls": True}
    dispatch = send(counter.released())
    assert dispatch.state == "deferred"
    assert "STARTTLS" in dispatch.reply_text
    assert not relay.taken


# --- between the final dot and its answer ---------------------------------------------------------------------


def test_no_answer_to_the_final_dot_is_held_for_a_person_where_no_log_tells(counter: Counter, relay: Relay) -> None:
    relay.final_answers = [""]
    dispatch = send(counter.released())
    assert dispatch.state == "uncertain"
    assert send(dispatch).state == "uncertain"
    assert not list(due_dispatches())


@pytest.mark.parametrize("took_it", [True, False])
def test_the_relays_log_tells_what_became_of_it(counter: Counter, relay: Relay, settings: Any, took_it: bool) -> None:
    settings.SMTP |= {"log": str(relay.log)}
    relay.logs("smtpd", "connect from localhost")
    relay.takes_then_hangs_up = took_it
    relay.final_answers = [] if took_it else [""]
    dispatch = send(counter.released())
    assert dispatch.state == "sending"
    assert send(dispatch).state == "sending", "while its answer may still come, nobody touches it"
    Dispatch.objects.filter(pk=dispatch.pk).update(lease_until=timezone.now())
    relay.logs("smtpd", "disconnect from localhost")
    relay.takes_then_hangs_up = False
    dispatch = send(dispatch)
    dispatch = send(dispatch)
    assert dispatch.state == "accepted"
    assert relay.message_ids == [dispatch.letter.message_id]


def test_a_worker_that_died_before_the_dot_costs_nothing(counter: Counter, relay: Relay) -> None:
    dispatch = counter.released()
    abandoned(dispatch, after_dot_was_due=False)
    assert (dispatch.organization_id, dispatch.pk) in list(due_dispatches())
    assert send(dispatch).state == "accepted"
    assert dispatch.attempts == 2
    assert len(relay.taken) == 1


def test_a_worker_that_died_at_the_dot_is_never_sent_again_in_silence(counter: Counter, relay: Relay) -> None:
    dispatch = counter.released()
    abandoned(dispatch, after_dot_was_due=True)
    assert send(dispatch).state == "uncertain"
    assert not relay.taken


def test_a_person_says_what_became_of_it(counter: Counter, relay: Relay) -> None:
    sent, unsent = counter.released(), counter.released(2)
    for dispatch in (sent, unsent):
        abandoned(dispatch, after_dot_was_due=True)
        send(dispatch)
    resolve_uncertain(dispatch=sent, was_sent=True, finding="The relay's log has it.", by=counter.caseworker)
    resolve_uncertain(dispatch=unsent, was_sent=False, finding="The relay never saw it.", by=counter.caseworker)
    sent.refresh_from_db()
    assert sent.state == "accepted"
    assert sent.report is not None
    assert (sent.reason, sent.reply_text) == ("The relay's log has it.", "")
    unsent.refresh_from_db()
    assert (unsent.state, unsent.reason) == ("cancelled", "The relay never saw it.")
    assert send(counter.release(unsent.letter)).state == "accepted"
    assert len(relay.taken) == 1


# --- stopping -------------------------------------------------------------------------------------------------


def test_what_is_held_or_queued_can_be_stopped(counter: Counter, relay: Relay) -> None:
    dispatch = counter.released()
    cancel_dispatch(dispatch=dispatch, by=counter.caseworker, reason="The victim called.")
    dispatch = send(dispatch)
    assert (dispatch.state, dispatch.reason) == ("cancelled", "The victim called.")
    assert "The victim called" not in dispatch.problem
    assert not relay.taken


@pytest.mark.parametrize("column", ["letters_dispatch.reason", "letters_release.override_reason"])
def test_what_a_person_typed_is_in_no_column_as_plain_text(counter: Counter, column: str) -> None:
    letter = counter.approved()
    dispatch = counter.release(letter, override_reason="Ms Testperson spelled it.")
    cancel_dispatch(dispatch=dispatch, by=counter.caseworker, reason="Ms Testperson called.")
    table = column.partition(".")[0]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), count({column}), bool_or({table}::text LIKE '%%Testperson%%') FROM {table}", []
        )
        assert cursor.fetchone() == (1, 1, False)
    release = Release.objects.get()
    assert release.override_reason == "Ms Testperson spelled it."


def test_a_letter_that_is_released_again_has_no_reason_of_before(counter: Counter) -> None:
    dispatch = counter.released()
    cancel_dispatch(dispatch=dispatch, by=counter.caseworker, reason="The victim called.")
    assert counter.release(dispatch.letter).reason == ""


def test_stopping_needs_a_reason(counter: Counter) -> None:
    with pytest.raises(ValidationError, match="reason"):
        cancel_dispatch(dispatch=counter.released(), by=counter.caseworker, reason=" ")


def test_a_letter_stopped_while_it_is_sent_is_not_sent(counter: Counter, relay: Relay) -> None:
    dispatch = counter.released()
    claimed = take(dispatch)
    assert claimed
    cancel_dispatch(dispatch=dispatch, by=counter.caseworker, reason="The victim called.")
    assert commit_stage(claimed) is False
    _settle(claimed, Reply(Outcome.STOPPED))
    dispatch.refresh_from_db()
    assert dispatch.state == "cancelled"


def test_a_letter_at_the_final_dot_cannot_be_stopped(counter: Counter, relay: Relay) -> None:
    dispatch = counter.released()
    claimed = take(dispatch)
    assert claimed
    assert commit_stage(claimed)
    with pytest.raises(TooLate, match="cannot be stopped"):
        cancel_dispatch(dispatch=dispatch, by=counter.caseworker, reason="The victim called.")


def test_what_the_relay_took_cannot_be_stopped_and_the_victim_is_told(counter: Counter, relay: Relay) -> None:
    dispatch = send(counter.released())
    with pytest.raises(TooLate):
        cancel_dispatch(dispatch=dispatch, by=counter.caseworker, reason="The victim called.")
    done = withdraw_consent(case=dispatch.case, agency_key=EMBASSY, by=None)
    assert done.stopped == ()
    (sentence,) = done.beyond_recall
    assert "cannot be called back" in sentence
    dispatch.refresh_from_db()
    assert dispatch.state == "accepted"


@pytest.mark.parametrize("withdraw", ["consent", "approval"])
@pytest.mark.parametrize("when", ["queued", "claimed"])
def test_a_withdrawal_stops_what_is_not_yet_sent(counter: Counter, relay: Relay, withdraw: str, when: str) -> None:
    dispatch = counter.released()
    claimed = take(dispatch) if when == "claimed" else None
    if withdraw == "consent":
        done = withdraw_consent(case=dispatch.case, agency_key=EMBASSY, by=None)
    else:
        done = withdraw_approval(letter=dispatch.letter, by=None)
    assert [stopped.pk for stopped in done.stopped] == [dispatch.pk]
    if claimed:
        assert commit_stage(claimed) is False
    assert send(dispatch).state == "cancelled"
    assert not relay.taken


def test_the_rules_are_asked_again_just_before_the_dot(counter: Counter, relay: Relay) -> None:
    dispatch = counter.released()
    claimed = take(dispatch)
    assert claimed
    type(dispatch.case).objects.filter(pk=dispatch.case_id).update(ties_to=None)
    assert commit_stage(claimed) is False
    dispatch.refresh_from_db()
    assert dispatch.state == "failed"
    assert "Ask about nationality" in dispatch.problem


def test_one_domain_is_not_flooded(counter: Counter, relay: Relay, settings: Any) -> None:
    settings.OUTBOX |= {"per_minute": 1.0}
    first, second = counter.released(), counter.released(2)
    elsewhere = counter.released(3, agency=MAILBOX)
    assert [send(first).state, send(second).state, send(elsewhere).state] == ["accepted", "queued", "accepted"]
    assert second.attempts == 0
    assert 50 <= (second.next_attempt_at - timezone.now()).total_seconds() <= 61


def test_the_message_has_the_headers_of_a_letter(counter: Counter, relay: Relay) -> None:
    send(counter.released())
    message = message_from_bytes(content(relay.taken[0]), policy=default)
    assert {"Cc", "Bcc", "Resent-To"}.isdisjoint(message.keys())
