"""Recording who did what, in the transaction of the act."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model
from django.utils import timezone

from accounts.auditchain import entry_hash
from accounts.models import AuditEntry, AuditHead, User


def record(verb: str, *, by: User | None, target: Model | None = None, fields: Iterable[str] = ()) -> AuditEntry:
    """Append one entry to the active organization's chain and return it.

    ``verb`` is ``noun.verb`` as in ``case.read``; ``by=None`` means the system; ``fields`` are names, never values.
    Call it inside the transaction of the act, late: other writers of the organization wait for its end.
    Raise ``NoOrganization`` outside of ``tenancy.organization``.
    """
    head, _ = AuditHead.objects.select_for_update().get_or_create()
    entry = AuditEntry(
        number=head.number + 1,
        at=timezone.now(),
        actor=by,
        verb=verb,
        target_type=target._meta.label_lower if target else "",
        target_id=str(target.pk) if target else "",
        fields=sorted(fields),
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    head.number, head.hash = entry.number, entry.hash
    head.save(update_fields=["number", "hash"])
    return entry
