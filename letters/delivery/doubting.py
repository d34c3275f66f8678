"""After a restore: the database is of the day of the backup, and what waited then may have been sent since."""

from __future__ import annotations

from accounts.models import Organization
from accounts.tenancy import organization as acting_for
from letters.delivery.results import hold_for_a_person
from letters.enums import Carrier, DispatchState
from letters.models import Dispatch
from letters.release_check import lock_dispatch

_MAY_HAVE_LEFT = (
    DispatchState.HELD.value,
    DispatchState.QUEUED.value,
    DispatchState.DEFERRED.value,
    DispatchState.SENDING.value,
)


def hold_everything() -> int:
    """Hold every e-mail that waits, in every organization, for a person who knows the relay's log; return how many.

    Call it before a worker starts on a restored database.
    """
    return sum(_hold(tenant) for tenant in Organization.objects.all())


def _hold(tenant: Organization) -> int:
    with acting_for(tenant.pk):
        waiting = Dispatch.objects.filter(state__in=_MAY_HAVE_LEFT, carrier=Carrier.EMAIL.value)
        found = list(waiting.values_list("pk", flat=True))
        for dispatch_id in found:
            hold_for_a_person(lock_dispatch(dispatch_id))
    return len(found)
