"""Writing the ends of all audit chains to a file, so that a cut tail is seen."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

from django.utils import timezone

from accounts.models import AuditHead, Organization
from accounts.queries.audit import heads_file
from accounts.tenancy import organization


def write_heads() -> int:
    """Append a line ``time organization number hash`` per organization; return how many. For a daily timer.

    Copy the file to where the database's administrators cannot write: that is what makes it proof.
    """
    lines = [line for tenant in Organization.objects.all() if (line := _line(tenant))]
    _append(heads_file(), "".join(lines).encode())
    return len(lines)


def _append(path: Path, data: bytes) -> None:
    """Add the data whole or not at all; raise ``OSError`` where the disk is full."""
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        before = os.fstat(descriptor).st_size
        if before and os.pread(descriptor, 1, before - 1) != b"\n":
            data = b"\n" + data  # half a line of a machine that fell: it spoils no other
        try:
            _write(descriptor, data)
        except OSError:
            os.ftruncate(descriptor, before)
            raise
    finally:
        os.close(descriptor)


def _write(descriptor: int, data: bytes) -> None:
    if os.write(descriptor, data) < len(data):
        raise OSError(errno.ENOSPC, "the disk is full: no heads were written")
    os.fsync(descriptor)


def _line(tenant: Organization) -> str | None:
    with organization(tenant.id):
        head = AuditHead.objects.first()
    now = timezone.now().isoformat(timespec="seconds")
    return f"{now} {tenant.id} {head.number} {head.hash}\n" if head else None
