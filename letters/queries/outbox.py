"""What went wrong in the outbox and waits for a person, in numbers, for whoever watches the installation."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import timedelta
from typing import Self

from django.db.models import Q
from django.utils import timezone

from accounts.models import Organization
from accounts.tenancy import organization as acting_for
from letters.enums import Carrier, DispatchState
from letters.models import Dispatch
from letters.queries.for_a_person import for_a_person

# Attempts and pauses move a letter's time on; one that stays behind so long has no worker, or no relay.
_OVERDUE = timedelta(hours=1)
_WAITING = (DispatchState.HELD.value, DispatchState.QUEUED.value, DispatchState.DEFERRED.value)


@dataclass(frozen=True, slots=True)
class Troubles:
    """Letters of one organization, or of all: nobody knows, refused for good or by the rules, not gone in time."""

    uncertain: int = 0
    failed: int = 0
    overdue: int = 0

    def __bool__(self) -> bool:
        return any(astuple(self))

    def __add__(self, other: Self) -> Troubles:
        return Troubles(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def __str__(self) -> str:
        return f"{self.uncertain} uncertain, {self.failed} failed, {self.overdue} overdue"


def outbox_troubles() -> dict[str, Troubles]:
    """Return what waits for a person in each organization, by its slug, those without anything included."""
    return {tenant.slug: _troubles(tenant) for tenant in Organization.objects.order_by("slug")}


def _troubles(tenant: Organization) -> Troubles:
    with acting_for(tenant.pk):
        return Troubles(
            uncertain=for_a_person().filter(state=DispatchState.UNCERTAIN.value).count(),
            failed=for_a_person().filter(state=DispatchState.FAILED.value).count(),
            overdue=Dispatch.objects.filter(_overdue(), carrier=Carrier.EMAIL.value).count(),
        )


def _overdue() -> Q:
    then = timezone.now() - _OVERDUE
    waiting = Q(state__in=_WAITING, next_attempt_at__lte=then, release__hold_until__lte=then)
    return waiting | Q(state=DispatchState.SENDING.value, lease_until__lte=then)
