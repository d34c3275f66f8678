"""One attempt at one dispatch, from claim to result; no transaction is open while the relay is spoken to."""

from __future__ import annotations

import time
from functools import partial
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from accounts.tenancy import organization as acting_for
from letters.delivery.claiming import Claim, claim, commit_stage, holds
from letters.delivery.relay import Outcome, Relay, Reply, transmit
from letters.delivery.results import settle
from letters.delivery.signing import BadKey, dkim_signed
from letters.release_check import lock_dispatch

# Seconds that the database may be away when the relay has answered; a worker that is told to end has 300 in all.
_PATIENCE = 240
_PAUSE = 0.5  # seconds before it is asked once more


def deliver(organization_id: UUID, dispatch_id: UUID) -> None:
    """Send a dispatch if it is due and still may go. Calling it again, or from two workers, sends nothing twice.

    Raises Dispatch.DoesNotExist.
    """
    claimed = claim(organization_id, dispatch_id)
    if claimed:
        _settle(claimed, _attempt(claimed))


def _attempt(claimed: Claim) -> Reply:
    try:
        message = dkim_signed(claimed.message, sender=claimed.envelope.sender)
    except BadKey as problem:
        return Reply(Outcome.DEFERRED, text=str(problem))
    return transmit(_relay(), claimed.envelope, message, before_dot=partial(commit_stage, claimed))


def _settle(claimed: Claim, reply: Reply) -> None:
    """Put the reply on record; over a new connection where the database was away or restarted meanwhile.

    The relay has answered, and an answer that got lost would need its log, or a person.
    """
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return _record(claimed, reply)
        except (OperationalError, InterfaceError):
            connection.close()
            if time.monotonic() > end:
                raise
        time.sleep(_PAUSE)


def _record(claimed: Claim, reply: Reply) -> None:
    with acting_for(claimed.organization_id):
        dispatch = lock_dispatch(claimed.dispatch_id)
        settle(dispatch, reply, ours=holds(claimed, dispatch))


def _relay() -> Relay:
    smtp = settings.SMTP
    return Relay(
        host=smtp["host"],
        port=smtp["port"],
        starttls=smtp["starttls"],
        user=smtp["user"],
        password=smtp["password"],
        timeout=smtp["timeout"],
        within=settings.OUTBOX["lease"] / 2,
        dot_within=settings.OUTBOX["settle"] / 2,
        name=urlsplit(settings.SITE_URL).hostname or "localhost",
    )
