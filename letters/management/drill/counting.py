"""What became of the letters of a drill: the rows of the outbox beside the log of the relay."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

_QUEUED = re.compile(r"cleanup\[1\]: \w+: message-id=(<.*>)$", re.MULTILINE)


@dataclass(frozen=True)
class Result:
    """`at_the_dot`: attempts that were broken off after the last look, so that the log or a person had to tell.

    `begun_again`: attempts that came after the first of their letter.
    """

    restarts: int
    kills: int
    letters: int
    lost: int
    duplicates: int
    held: int
    at_the_dot: int
    begun_again: int

    def __str__(self) -> str:
        return (
            f"{self.restarts} restarts of the database, {self.begun_again} attempts begun again\n"
            f"{self.at_the_dot} attempts were broken off between the last look and the relay's answer\n"
            f"{self.kills} kills, {self.letters} letters, {self.lost} lost, {self.duplicates} duplicates, "
            f"{self.held} held for a person"
        )


def open_letters(organization_id: UUID) -> int:
    """How many letters still wait or are on their way."""
    from accounts.tenancy import organization
    from letters.enums import DispatchState
    from letters.models import Dispatch

    moving = [DispatchState.QUEUED.value, DispatchState.SENDING.value, DispatchState.DEFERRED.value]
    with organization(organization_id):
        return Dispatch.objects.filter(state__in=moving).count()


def count_result(organization_id: UUID, kills: int, restarts: int, log: Path) -> Result:
    """Count what the relay took and what the outbox says of it."""
    from accounts.tenancy import organization
    from letters.models import Dispatch

    taken = Counter(_QUEUED.findall(log.read_text()))
    with organization(organization_id):
        found = list(Dispatch.objects.values_list("letter__message_id", "state"))
        at_the_dot, begun_again = _reconciled(), _begun_again()
    held = {message_id for message_id, state in found if state == "uncertain"}
    # Neither taken and on record as accepted, nor held for a person: the letter, or the record of it, is lost.
    lost = [m for m, state in found if m not in held and not (state == "accepted" and m in taken)]
    duplicates = sum(times - 1 for times in taken.values())
    return Result(restarts, kills, len(found), len(lost), duplicates, len(held), at_the_dot, begun_again)


def _reconciled() -> int:
    """How often it had to be found out what became of a letter: the relay had it, had it not, or nobody knew."""
    from accounts.models import AuditEntry
    from letters.delivery.results import FOUND_IN_LOG
    from letters.models import Dispatch

    unknown = AuditEntry.objects.filter(verb__in=["dispatch.queued", "dispatch.uncertain"]).count()
    return unknown + Dispatch.objects.filter(reply_text=FOUND_IN_LOG).count()


def _begun_again() -> int:
    from letters.models import Dispatch

    return sum(max(attempts - 1, 0) for attempts in Dispatch.objects.values_list("attempts", flat=True))
