"""Writing a backup: one snapshot of the database, organization by organization, then the vault's files."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from accounts.backup import files
from accounts.backup.errors import BackupRefused
from accounts.backup.manifest import ROWS, SHARED_PART, Manifest, Section, write_manifest
from accounts.backup.parts import BackupKey, PartWriter, written
from accounts.backup.schema import last_migrations, refuse_unmigrated
from accounts.backup.tables import Table, Tally, copy_out, tables, write_alike
from accounts.models import Organization
from accounts.queries.snapshot import snapshot
from accounts.tenancy import organization


def write_backup(folder: Path) -> Manifest:
    """Write everything into ``folder``, a new or empty one, with the application's login; return what was written.

    Raise ``BackupRefused`` where the folder holds something or migrations are missing. What breaks off before the
    end leaves no manifest, and so no backup.
    """
    refuse_unmigrated()
    _take(folder)
    key, now = BackupKey.new(), timezone.now()
    # A file is in the vault before the row that names it is committed, so the files come after the rows.
    parts = _write_rows(folder, key)
    manifest = Manifest(now.isoformat(timespec="seconds"), last_migrations(), parts, files.copy_out(folder))
    write_manifest(folder, key, manifest)
    return manifest


def _take(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BackupRefused(f"{folder} is not empty: every backup has a folder of its own")


def _write_rows(folder: Path, key: BackupKey) -> dict[str, tuple[Section, ...]]:
    with snapshot():
        write_alike()
        found = tables()
        parts = {SHARED_PART: _write_part(folder, key, None, [table for table in found if table.shared])}
        for tenant in list(Organization.objects.order_by("id").values_list("id", flat=True)):
            parts[str(tenant)] = _write_part(folder, key, tenant, [table for table in found if not table.shared])
    return parts


def _write_part(folder: Path, key: BackupKey, tenant: UUID | None, found: list[Table]) -> tuple[Section, ...]:
    name = f"{ROWS}/{tenant or SHARED_PART}"
    with organization(tenant) if tenant else nullcontext(), written(folder, name, key) as part:
        return tuple(_write_section(part, table, tenant) for table in found)


def _write_section(part: PartWriter, table: Table, tenant: UUID | None) -> Section:
    tally = Tally()
    for block in tally.of(copy_out(table, tenant)):
        part.write(block)
    return tally.section(table)
