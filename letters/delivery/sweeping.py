"""What waits for a worker and has nobody who comes for it, over all organizations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from accounts.models import Organization
from accounts.tenancy import organization as acting_for
from letters.delivery.clocks import LONGEST_PAUSE, come, longest_lease
from letters.enums import Carrier, DispatchState, LetterState
from letters.models import Dispatch, Letter

# A wake-up each for at most so many per organization and sweep; the rest are due at the next one too.
_AT_ONCE = 500
# Within this time a worker takes up a letter that was asked for, or the wake-up was lost.
_TAKEN_UP = timedelta(minutes=1)
_WAITING = (DispatchState.QUEUED.value, DispatchState.DEFERRED.value)


def due_dispatches() -> Iterator[tuple[UUID, UUID]]:
    """Organization and dispatch of every e-mail whose time has come; paper whose hold is over becomes `queued`."""
    for organization_id in Organization.objects.values_list("pk", flat=True):
        with acting_for(organization_id):
            _queue_paper()
            due = Dispatch.objects.filter(_due(timezone.now())).order_by("next_attempt_at")
            found = list(due.values_list("pk", flat=True)[:_AT_ONCE])
        for dispatch_id in found:
            yield organization_id, dispatch_id


def forgotten_letters() -> Iterator[tuple[UUID, UUID]]:
    """Organization and letter of every letter that was asked for a minute ago and that no worker is making."""
    for organization_id in Organization.objects.values_list("pk", flat=True):
        with acting_for(organization_id):
            asked = Letter.objects.filter(state=LetterState.ASKED.value, asked_at__lte=timezone.now() - _TAKEN_UP)
            # A worker that makes a letter has locked it (letters.sealing).
            free = asked.select_for_update(skip_locked=True).order_by("asked_at")
            found = list(free.values_list("pk", flat=True)[:_AT_ONCE])
        for letter_id in found:
            yield organization_id, letter_id


def _due(now: datetime) -> Q:
    """E-mails whose time has come: waiting ones, and attempts that nobody finished."""
    held = Q(state=DispatchState.HELD.value, next_attempt_at__lte=now)
    waiting = Q(state__in=_WAITING) & come("next_attempt_at", now=now, at_most=LONGEST_PAUSE)
    abandoned = Q(state=DispatchState.SENDING.value) & come("lease_until", now=now, at_most=longest_lease())
    return (held | waiting | abandoned) & Q(carrier=Carrier.EMAIL.value)


def _queue_paper() -> None:
    held = Dispatch.objects.filter(
        carrier=Carrier.POST.value, state=DispatchState.HELD.value, next_attempt_at__lte=timezone.now()
    )
    held.update(state=DispatchState.QUEUED.value)
