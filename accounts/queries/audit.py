"""Is the audit trail whole? Walks an organization's chain from the first entry to the head."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection

from accounts.auditchain import GENESIS, entry_hash
from accounts.models import AuditEntry, AuditHead, Organization
from accounts.queries.snapshot import snapshot
from accounts.tenancy import organization

# ``time organization number hash``, whole: half a hash must not pass for one.
_HEAD = re.compile(r"\S+ (?P<organization>[0-9a-f-]{36}) (?P<number>[0-9]{1,18}) (?P<hash>[0-9a-f]{64})")


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
    """Return all heads that were written so far, without the lines that are none."""
    return [head for _, head in _lines() if head]


def spoilt_lines() -> list[int]:
    """Return the numbers of the lines that are no heads, as a full disk or another hand leaves them."""
    return [number for number, head in _lines() if not head]


def _lines() -> Iterator[tuple[int, Head | None]]:
    if heads_file().exists():
        for number, line in enumerate(heads_file().read_text(errors="replace").splitlines(), start=1):
            yield number, _parse(line)


def _parse(line: str) -> Head | None:
    found = _HEAD.fullmatch(line)
    try:
        return Head(UUID(found["organization"]), int(found["number"]), found["hash"]) if found else None
    except ValueError:  # 36 characters that are no id
        return None


def first_fault(tenant: Organization, written: list[Head]) -> str | None:
    """Return the first broken row of the organization's chain in words, or None when it is whole."""
    # All that was ever written: a head that was written anew does not hide the one before it.
    outside: dict[int, set[str]] = defaultdict(set)
    for head in written:
        if head.organization_id == tenant.id:
            outside[head.number].add(head.hash)
    number, digest = 0, GENESIS
    with _at_one_moment(), organization(tenant.id):
        for entry in AuditEntry.objects.order_by("number").iterator():
            if fault := _fault(entry, number + 1, digest, outside):
                return fault
            number, digest = entry.number, entry.hash
        return _fault_of_tail(number, digest, max(outside, default=0))


def missing_organizations(written: list[Head]) -> dict[UUID, int]:
    """Return the organizations that were written outside and are gone, each with how many entries it had."""
    entries: dict[UUID, int] = {}
    for head in written:
        entries[head.organization_id] = max(head.number, entries.get(head.organization_id, 0))
    known = set(Organization.objects.values_list("pk", flat=True))
    return {pk: number for pk, number in entries.items() if pk not in known}


def _at_one_moment() -> AbstractContextManager[None]:
    # Otherwise the head is of a later moment than the entries, and whoever works meanwhile looks like a forger.
    # Inside a transaction, as a restore is, it is the caller's to know that nobody else writes.
    return nullcontext() if connection.in_atomic_block else snapshot()


def _fault(entry: AuditEntry, expected: int, previous: str, outside: dict[int, set[str]]) -> str | None:
    if entry.number != expected:
        return f"entry {expected} is missing"
    if entry.previous_hash != previous:
        return f"entry {expected} does not follow the one before it"
    if entry.hash != entry_hash(entry):
        return f"entry {expected} was changed"
    if not outside.get(expected, set()) <= {entry.hash}:
        return f"entry {expected} is another than when the head was written outside"
    return None


def _fault_of_tail(last: int, digest: str, outside: int) -> str | None:
    # A chain does not see its own end cut off: the head in the database sees a careless cut, the file every one.
    if outside > last:
        return f"entry {last + 1} is missing: there were {outside} when the head was written outside"
    head = AuditHead.objects.first()
    number, named = (head.number, head.hash) if head else (0, GENESIS)
    if number > last:
        return f"entry {last + 1} is missing: the head counts {number}"
    if number < last:
        return f"entry {number + 1} is unknown to the head"
    return None if named == digest else f"entry {last} is not the one that the head names"
