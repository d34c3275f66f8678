"""Is the schema the one that the backup was written with? A restored row must mean what it meant."""

from __future__ import annotations

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from accounts.backup.errors import BackupRefused
from accounts.backup.manifest import Manifest


def last_migrations() -> tuple[str, ...]:
    """Return the last migration of each app as this version of Redress has them, as ``app.name``."""
    leaves = MigrationLoader(None).graph.leaf_nodes()
    return tuple(sorted(f"{app}.{name}" for app, name in leaves))


def refuse_unmigrated() -> None:
    """Raise ``BackupRefused`` while the database lacks migrations of this version."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BackupRefused("the database lacks migrations of this version: run manage.py migrate first")


def refuse_other_version(manifest: Manifest) -> None:
    """Raise ``BackupRefused`` where the backup was written with other migrations than this version has."""
    ours, theirs = set(last_migrations()), set(manifest.migrations)
    if ours != theirs:
        differing = ", ".join(sorted(ours ^ theirs))
        raise BackupRefused(
            f"the backup is of another version of Redress ({differing}): restore it with that version, then upgrade"
        )
