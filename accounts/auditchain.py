"""How an audit entry is hashed with the one before it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import AuditEntry

#: What stands before the first entry of a chain.
GENESIS = "0" * 64


def entry_hash(entry: AuditEntry) -> str:
    """Return SHA-256 (hex) over the canonical JSON of the entry, the previous entry's hash included."""
    said = {
        "id": str(entry.id),
        "organization": str(entry.organization_id),
        "number": entry.number,
        "at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "actor": str(entry.actor_id) if entry.actor_id else None,
        "verb": entry.verb,
        "target_type": entry.target_type,
        "target_id": entry.target_id,
        "fields": list(entry.fields),
        "previous": entry.previous_hash,
    }
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
