"""How fast messages go to one recipient's domain, held in PostgreSQL for all workers and organizations."""

from __future__ import annotations

from datetime import datetime, timedelta

from letters.delivery.clocks import has_come
from letters.models import DomainSlot


def take_slot(domain: str, *, now: datetime, per_minute: float) -> datetime | None:
    """Take the domain's next slot if its time has come, and return None; else when to ask again.

    The row stays locked until the transaction ends, so ask last. A slot further ahead than the pace allows was taken
    by a clock that was wrong, and is free.
    """
    DomainSlot.objects.get_or_create(domain=domain, defaults={"next_at": now})
    slot = DomainSlot.objects.select_for_update().get(domain=domain)
    pause = timedelta(minutes=1 / per_minute)
    if not has_come(slot.next_at, now=now, at_most=pause):
        return slot.next_at
    slot.next_at = now + pause
    slot.save(update_fields=["next_at"])
    return None
