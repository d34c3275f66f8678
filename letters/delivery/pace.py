"""How fast messages go to one recipient's domain, held in PostgreSQL for all workers and organizations."""

from __future__ import annotations

from datetime import datetime, timedelta

from letters.models import DomainSlot


def take_slot(domain: str, *, now: datetime, per_minute: float) -> datetime | None:
    """Take the domain's next slot if its time has come, and return None; else when to ask again.

    The row stays locked until the transaction ends, so ask last.
    """
    DomainSlot.objects.get_or_create(domain=domain, defaults={"next_at": now})
    slot = DomainSlot.objects.select_for_update().get(domain=domain)
    if slot.next_at > now:
        return slot.next_at
    slot.next_at = now + timedelta(minutes=1 / per_minute)
    slot.save(update_fields=["next_at"])
    return None
