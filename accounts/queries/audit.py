"""Is the audit trail whole? Walks an organization's chain from the first entry to the head."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from accounts.auditchain import GENESIS, entry_hash
from accounts.models import AuditEntry, AuditHead, Organization
from accounts.tenancy import organization


@dataclass(frozen=True)
class Head:
    """The end of a chain as it was written outside of the database."""

    organization_id: UUID
    number: int
    hash: str


def heads_file() -> Path:
    """Return where heads are written, outside of the database."""
    return Path(settings.VAR_DIR) / "audit-heads.log"


def written_heads() -> list[Head]:
    """Return all heads that were written so far; raise ``ValueError`` for a line that is none."""
    if not heads_file().exists():
        return []
    return [_parse(line) for line in heads_file().read_text().splitlines()]


def _parse(line: str) -> Head:
    _at, organization_id, number, digest = line.split(" ")
    return Head(UUID(organization_id), int(number), digest)


def first_fault(tenant: Organization, written: list[Head]) -> str | None:
    """Return the first broken row of the organization's chain in words, or None when it is whole."""
    with organization(tenant.id):
        hashes = {0: GENESIS}
        for expected, entry in enumerate(AuditEntry.objects.order_by("number").iterator(), start=1):
            if fault := _fault(entry, expected, hashes[expected - 1]):
                return fault
            hashes[expected] = entry.hash
        return _fault_of_tail(hashes, [head for head in written if head.organization_id == tenant.id])


def _fault(entry: AuditEntry, expected: int, previous: str) -> str | None:
    if entry.number != expected:
        return f"entry {expected} is missing"
    if entry.previous_hash != previous:
        return f"entry {expected} does not follow the one before it"
    return None if entry.hash == entry_hash(entry) else f"entry {expected} was changed"


def _fault_of_tail(hashes: dict[int, str], written: list[Head]) -> str | None:
    # A chain alone does not see its own end cut off; the head in the database sees a careless cut, the file any.
    last = max(hashes)
    head = AuditHead.objects.first()
    for number, digest in [(h.number, h.hash) for h in written]:
        if number > last:
            return f"entry {last + 1} is missing: {number} were there when the head was written outside"
        if hashes[number] != digest:
            return f"entry {number} is another than when the head was written outside"
    number, digest = (head.number, head.hash) if head else (0, GENESIS)
    if number != last:
        return f"entry {min(number, last) + 1} is missing or unaccounted for: the head says {number}, the trail ends at {last}"
    return None if digest == hashes[last] else f"entry {last} is not the one that the head names"
