"""The database connection of a sender breaks in the middle: nothing is lost, and nothing goes twice.

The whole server stopping and crashing under its senders: test_kills.
"""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.utils import timezone

from accounts.tenancy import organization as acting_for
from letters.delivery import deliver, due_dispatches, sending
from letters.delivery.claiming import Claim, commit_stage
from letters.models import Dispatch
from tests.letters.outbox.counter import Counter
from tests.letters.outbox.live import (
    another_connection,
    backend_pid,
    end_backend,
    live_counter,
    released,
    state_of,
    waits_for_lock,
)
from tests.letters.outbox.relay import Relay


@pytest.fixture
def live(transactional_db: None, private_folders: Path) -> Counter:
    return live_counter()


def broken_off(dispatch: Dispatch) -> None:
    with pytest.raises(OperationalError):
        deliver(dispatch.organization.pk, dispatch.pk)
    connection.close()


def after_the_lease(dispatch: Dispatch) -> Dispatch:
    """As if the lease were over: the sweeper finds the dispatch, and a worker takes it up."""
    with acting_for(dispatch.organization.pk):
        Dispatch.objects.filter(pk=dispatch.pk, state="sending").update(
            lease_until=timezone.now() - timedelta(seconds=1)
        )
    for organization_id, dispatch_id in due_dispatches():
        deliver(organization_id, dispatch_id)
    return state_of(dispatch)


def sent_once(dispatch: Dispatch, relay: Relay) -> bool:
    found = state_of(dispatch)
    return found.state == "accepted" and relay.message_ids == [found.letter.message_id]


def test_a_connection_that_breaks_after_the_claim_costs_one_lease(live: Counter, relay: Relay) -> None:
    dispatch, pid = released(live), backend_pid()
    relay.at_recipient = lambda: end_backend(pid)
    broken_off(dispatch)
    assert relay.taken == []
    assert (state_of(dispatch).state, state_of(dispatch).stage) == ("sending", "claimed")
    after_the_lease(dispatch)
    assert sent_once(dispatch, relay)


def test_a_connection_that_breaks_during_the_last_look_sends_nothing(live: Counter, relay: Relay) -> None:
    dispatch, pid = released(live), backend_pid()
    relay.at_recipient = lambda: _lock_and_end(dispatch, pid)
    broken_off(dispatch)
    assert relay.taken == []
    assert (state_of(dispatch).state, state_of(dispatch).stage) == ("sending", "claimed")
    after_the_lease(dispatch)
    assert sent_once(dispatch, relay)


def _lock_and_end(dispatch: Dispatch, pid: int) -> None:
    """Hold the case, so that the last look waits for it; end the sender's connection then."""
    holder = another_connection()
    organization_id, case_id = str(dispatch.organization.pk), dispatch.case_id
    holder.execute("SELECT set_config('app.organization', %s, true)", [organization_id])
    holder.execute("SELECT 1 FROM cases_case WHERE id = %s FOR UPDATE", [case_id])

    def end() -> None:
        while not waits_for_lock(pid):
            time.sleep(0.01)
        end_backend(pid)
        holder.close()

    Thread(target=end, daemon=True).start()


@pytest.mark.parametrize("with_log", [True, False])
def test_where_the_answer_to_the_stage_is_lost_the_log_or_a_person_tells(
    live: Counter, relay: Relay, settings: Any, monkeypatch: pytest.MonkeyPatch, with_log: bool
) -> None:
    dispatch = released(live)

    def committed_but_unanswered(claimed: Claim) -> bool:
        assert commit_stage(claimed)
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as broken:
        broken.setattr(sending, "commit_stage", committed_but_unanswered)
        broken_off(dispatch)
    assert (state_of(dispatch).stage, relay.taken) == ("data_sent", [])
    if with_log:
        relay.logs("smtpd", "connect from localhost", at=timezone.now() - timedelta(minutes=1))
        relay.logs("smtpd", "lost connection after DATA from localhost")
        settings.SMTP |= {"log": str(relay.log)}
    after_the_lease(dispatch)
    after_the_lease(dispatch)
    assert sent_once(dispatch, relay) if with_log else state_of(dispatch).state == "uncertain"


def test_a_connection_that_breaks_after_the_dot_does_not_lose_the_relays_answer(live: Counter, relay: Relay) -> None:
    dispatch, pid = released(live), backend_pid()
    relay.at_dot = lambda: end_backend(pid)
    deliver(dispatch.organization.pk, dispatch.pk)
    assert sent_once(dispatch, relay)
    assert backend_pid() != pid


@pytest.mark.parametrize("with_log", [True, False])
def test_a_database_that_stays_away_after_the_dot_leaves_it_to_the_log_or_a_person(
    live: Counter, relay: Relay, settings: Any, monkeypatch: pytest.MonkeyPatch, with_log: bool
) -> None:
    settings.SMTP |= {"log": str(relay.log)} if with_log else {}
    dispatch, pid, wrapper = released(live), backend_pid(), connections["default"]
    with monkeypatch.context() as away:

        def go_away() -> None:
            end_backend(pid)
            away.setattr(wrapper, "settings_dict", wrapper.settings_dict | {"HOST": "127.0.0.1", "PORT": "1"})

        away.setattr(sending, "_PATIENCE", 0)
        relay.at_dot = go_away
        broken_off(dispatch)
    assert state_of(dispatch).stage == "data_sent"
    after_the_lease(dispatch)
    assert len(relay.taken) == 1
    assert sent_once(dispatch, relay) if with_log else state_of(dispatch).state == "uncertain"


@pytest.mark.parametrize(("told", "done"), [("off", "on"), ("local", "local"), ("remote_apply", "remote_apply")])
def test_a_stage_outlives_a_crash_even_on_a_server_that_was_tuned_to_forget(
    transactional_db: None, told: str, done: str
) -> None:
    other = connection.copy()
    other.settings_dict["OPTIONS"] = {"options": f"-c synchronous_commit={told}"}
    with other.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == (done,)
    other.close()


def test_an_answer_is_put_on_record_by_a_worker_that_waited_for_the_database(
    live: Counter, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispatch, pid, wrapper = released(live), backend_pid(), connections["default"]
    at_home, pauses = wrapper.settings_dict, list[float]()

    def go_away() -> None:
        end_backend(pid)
        monkeypatch.setattr(wrapper, "settings_dict", at_home | {"HOST": "127.0.0.1", "PORT": "1"})

    def wait(seconds: float) -> None:
        pauses.append(seconds)
        if sum(pauses) > 60:
            monkeypatch.setattr(wrapper, "settings_dict", at_home)

    relay.at_dot = go_away
    monkeypatch.setattr(time, "sleep", wait)
    deliver(dispatch.organization.pk, dispatch.pk)
    assert sent_once(dispatch, relay)
