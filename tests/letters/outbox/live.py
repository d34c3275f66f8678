"""Committed rows for tests in which several connections or processes meet."""

from __future__ import annotations

import psycopg
from django.db import connection

from accounts.tenancy import organization as acting_for
from directory.loading import load
from letters.delivery import deliver
from letters.models import Dispatch
from tests.letters.outbox.counter import Counter, open_counter


def live_counter() -> Counter:
    """A counter without a hold, on the shipped directory, committed."""
    load()
    made = open_counter("north", holding_hours=0)
    with acting_for(made.pk):
        return Counter(made)


def state_of(dispatch: Dispatch) -> Dispatch:
    """The dispatch as it is on record."""
    with acting_for(dispatch.organization.pk):
        return Dispatch.objects.select_related("letter").get(pk=dispatch.pk)


def released(counter: Counter, number: int = 1) -> Dispatch:
    """A letter in the outbox, committed."""
    with acting_for(counter.organization.pk):
        return counter.released(number)


def send_in_a_thread(dispatch: Dispatch) -> None:
    """Deliver over a connection of this thread's own, as a worker does."""
    try:
        deliver(dispatch.organization.pk, dispatch.pk)
    finally:
        connection.close()


def another_connection() -> psycopg.Connection[tuple[object, ...]]:
    """A second connection with the application's login."""
    return psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor})


def end_backend(pid: int) -> None:
    """End one of the application's connections at the server, and wait until it is gone."""
    with another_connection() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def waits_for_lock(pid: int) -> bool:
    """Whether that connection waits for somebody's lock."""
    with another_connection() as other:
        found = other.execute("SELECT wait_event_type FROM pg_stat_activity WHERE pid = %s", [pid]).fetchone()
    return found == ("Lock",)


def backend_pid() -> int:
    """The server's process id of this thread's connection."""
    connection.ensure_connection()
    pid: int = connection.connection.info.backend_pid
    return pid
