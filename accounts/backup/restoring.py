"""Restoring a backup into an empty database and its vault: all of it, verified, or nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from uuid import UUID

from django.core.management import call_command
from django.db import connection, transaction

from accounts import ownership
from accounts.backup import files
from accounts.backup.errors import BackupRefused
from accounts.backup.manifest import ROWS, SHARED_PART, Manifest, Section
from accounts.backup.parts import BackupKey, opened
from accounts.backup.schema import refuse_other_version
from accounts.backup.tables import Table, Tally, copy_in, copy_out, count_on, empty, has_rows, tables, write_alike
from accounts.backup.target import refuse_busy, refuse_filled
from accounts.backup.verifying import checked, verify_backup
from accounts.models import Organization
from accounts.queries import isolation
from accounts.queries.audit import first_fault
from accounts.tenancy import organization


def restore_backup(folder: Path, *, last: Callable[[], object]) -> Manifest:
    """Bring the database and the vault to what they were when the backup was written; return its manifest.

    `last` is called when all was compared, in the same transaction: nobody sees the rows without what it does to them.
    Makes and migrates the database where it is missing. Raise ``BackupRefused``, or ``MasterKeyError`` where the
    master key is not here, for a backup that is incomplete or altered and for a database that has people,
    organizations, files of another making or somebody at work; then nothing was restored.
    """
    key, manifest = verify_backup(folder)
    refuse_other_version(manifest)
    files.refuse_others(manifest.files)
    with ownership.as_owner():
        ownership.create_missing_database()
        refuse_busy()
        refuse_filled()
    call_command("migrate", verbosity=0)
    _refuse_holes()
    with ownership.as_owner(), _all_or_nothing() as added:
        _load(folder, key, manifest)
        files.copy_in(folder, manifest.files, added)
        _refuse_difference(manifest)
        last()
    return manifest


def _refuse_holes() -> None:
    if faults := isolation.faults():
        raise BackupRefused(f"the walls of this database are not whole: {faults[0]}")


@contextmanager
def _all_or_nothing() -> Iterator[list[str]]:
    """Commit at the end, or take rows and added files back."""
    added: list[str] = []
    try:
        with transaction.atomic(durable=True):
            write_alike()
            yield added
    except BaseException:
        files.remove(added)
        raise


def _load(folder: Path, key: BackupKey, manifest: Manifest) -> None:
    found = {table.name: table for table in tables()}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for table in found.values():
        if table.shared and has_rows(table):
            empty(table)
    for name, sections in manifest.parts.items():
        with _acting_for(name), opened(folder, f"{ROWS}/{name}", key) as (_, part):
            for section in sections:
                copy_in(_alike(found, section), checked(part, section))
    for table in found.values():
        count_on(table)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # before a file is written, not after it


def _alike(found: dict[str, Table], section: Section) -> Table:
    table = found.get(section.table)
    if table is None or table.columns != section.columns:
        raise BackupRefused(f"{section.table} has other columns here than in the backup")
    return table


def _refuse_difference(manifest: Manifest) -> None:
    """Read everything back as a backup would, and walk every audit chain; raise ``BackupRefused`` for a difference."""
    found = {table.name: table for table in tables()}
    for name, sections in manifest.parts.items():
        with _acting_for(name):
            for section in sections:
                tally = Tally()
                deque(tally.of(copy_out(found[section.table], _tenant(name))), maxlen=0)
                tally.refuse_other(section)
    for file, sha256 in manifest.files.items():
        if files.stored_sha256(file) != sha256:
            raise BackupRefused(f"{file} came out of the vault otherwise than it went in")
    for tenant in Organization.objects.all():
        if fault := first_fault(tenant, []):
            raise BackupRefused(f"the audit trail of {tenant.slug} is broken: {fault}")


def _tenant(part: str) -> UUID | None:
    return None if part == SHARED_PART else UUID(part)


@contextmanager
def _acting_for(part: str) -> Iterator[None]:
    tenant = _tenant(part)
    with organization(tenant) if tenant else nullcontext():
        yield
