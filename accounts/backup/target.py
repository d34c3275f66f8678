"""Where a backup may be restored: into a database in which nobody has worked yet."""

from __future__ import annotations

from time import monotonic, sleep

from django.conf import settings
from django.db import connection

from accounts.backup.errors import BackupRefused
from accounts.backup.tables import has_rows, tables
from accounts.models import Organization, User
from accounts.queries import catalog
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization

_LEAVING = 2.0  # seconds; the server needs a moment until a connection that was closed, ours too, is gone


def refuse_filled() -> None:
    """Raise ``BackupRefused`` unless the database is new, or migrated (or half so) and nothing more. For the owner."""
    names = {table.name for table in catalog.relations("r")}
    ours = {"django_migrations", *connection.introspection.django_table_names()}
    if names - ours:
        raise BackupRefused("this database has tables of something else")
    if "accounts_organization" not in names:
        return  # an earlier restore ended while it migrated: the next one goes on
    if Organization.objects.exclude(id=PLATFORM_ORGANIZATION_ID).exists() or User.objects.exists():
        raise BackupRefused("this database has organizations or people: restore into an empty one")
    with organization(PLATFORM_ORGANIZATION_ID):
        if any(has_rows(table) for table in tables() if not table.shared):
            raise BackupRefused("this database has acts on record: restore into an empty one")


def refuse_busy() -> None:
    """Raise ``BackupRefused`` while the application works on this database. For the owner, outside a transaction.

    Web and workers come and go, so that an idle one is not seen; one that is seen is told.
    """
    until = monotonic() + _LEAVING
    while sessions := _sessions_of_the_application():
        if monotonic() > until:
            raise BackupRefused(
                f"the application works on this database ({sessions} sessions): stop web, worker and beat first"
                " (systemctl stop redress.target), then restore again"
            )
        sleep(0.1)


def _sessions_of_the_application() -> int:
    [(found,)] = catalog.rows(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = %s",
        str(settings.DATABASE_APPLICATION["USER"]),
    )
    return int(found)
