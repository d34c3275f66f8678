"""What went wrong in the outbox and waits for a person, in numbers, for whoever watches the installation."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import timedelta
from typing import Self

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import AuditEntry, Organization
from accounts.tenancy import organization as acting_for
from letters.enums import Carrier, DispatchState
from letters.models import Dispatch

# Attempts and pauses move a letter's time on; one that stays behind so long has no worker, or no relay.
_OVERDUE = timedelta(hours=1)
_WAITING = (DispatchState.HELD.value, DispatchState.QUEUED.value, DispatchState.DEFERRED.value)


@dataclass(frozen=True, slots=True)
class Troubles:
    """Letters of one organization, or of all: nobody knows, refused for good, no longer allowed, not gone in time."""

    uncertain: int = 0
    failed: int = 0
    stopped: int = 0
    overdue: int = 0

    def __bool__(self) -> bool:
        return any(astuple(self))

    def __add__(self, other: Self) -> Troubles:
        return Troubles(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def __str__(self) -> str:
        return (
            f"{self.uncertain} uncertain, {self.failed} failed, {self.stopped} stopped by the rules,"
            f" {self.overdue} overdue"
        )


def outbox_troubles() -> dict[str, Troubles]:
    """Return what waits for a person in each organization, by its slug, those without anything included."""
    return {tenant.slug: _troubles(tenant) for tenant in Organization.objects.order_by("slug")}


def _troubles(tenant: Organization) -> Troubles:
    with acting_for(tenant.pk):
        return Troubles(
            uncertain=Dispatch.objects.filter(state=DispatchState.UNCERTAIN.value).count(),
            failed=_unanswered(DispatchState.FAILED).count(),
            stopped=_unanswered(DispatchState.CANCELLED).count(),
            overdue=Dispatch.objects.filter(_overdue(), carrier=Carrier.EMAIL.value).count(),
        )


def _unanswered(state: DispatchState) -> QuerySet[Dispatch]:
    """What a worker brought into this state, and what nobody stopped by hand or replaced by a later letter since."""
    trail = AuditEntry.objects.filter(
        target_type=Dispatch._meta.label_lower,
        target_id=Cast(OuterRef("pk"), CharField()),
        verb__startswith="dispatch.",
    )
    later = Dispatch.objects.filter(
        case=OuterRef("case"), agency_key=OuterRef("agency_key"), created_at__gt=OuterRef("created_at")
    )
    last = Subquery(trail.order_by("-number").values("verb")[:1])
    # A worker records the state that it leaves; a person's act has a verb of its own (dispatch.cancel).
    return Dispatch.objects.annotate(last=last).filter(
        ~Exists(later), state=state.value, last=f"dispatch.{state.value}"
    )


def _overdue() -> Q:
    then = timezone.now() - _OVERDUE
    waiting = Q(state__in=_WAITING, next_attempt_at__lte=then, release__hold_until__lte=then)
    return waiting | Q(state=DispatchState.SENDING.value, lease_until__lte=then)
