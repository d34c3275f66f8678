"""Which tables there are, and their rows as PostgreSQL's COPY text: the same text on every version of the server."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from psycopg import sql

from accounts.backup.errors import BackupRefused
from accounts.backup.manifest import Section
from accounts.queries import catalog
from accounts.queries.isolation import SHARED

#: Made by `migrate`, on both sides alike.
_NOT_OURS = {"django_migrations"}


@dataclass(frozen=True)
class Table:
    """One table, as far as its rows are concerned."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def shared(self) -> bool:
        """Whether all organizations share it."""
        return self.name in SHARED


@dataclass
class Tally:
    """Counts and hashes rows that pass by."""

    rows: int = 0
    length: int = 0

    def __post_init__(self) -> None:
        self._sha256 = hashlib.sha256()

    def of(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the blocks on; in COPY text a newline ends a row and stands nowhere else."""
        for block in blocks:
            self.rows += block.count(b"\n")
            self.length += len(block)
            self._sha256.update(block)
            yield block

    def section(self, table: Table) -> Section:
        """Return what has passed, as the manifest says it."""
        return Section(table.name, table.columns, self.rows, self.length, self._sha256.hexdigest())

    def refuse_other(self, section: Section) -> None:
        """Raise ``BackupRefused`` when what has passed is not what the manifest says."""
        if (self.rows, self._sha256.hexdigest()) != (section.rows, section.sha256):
            raise BackupRefused(f"{section.table}: these are not the rows that were backed up")


def tables() -> list[Table]:
    """Return every table of the database, in the order of their names."""
    names = [found.name for found in catalog.relations("r") if found.name not in _NOT_OURS]
    return [Table(name, _columns(name), _key(name)) for name in names]


def _columns(table: str) -> tuple[str, ...]:
    found = catalog.rows(
        "SELECT attname::text FROM pg_attribute WHERE attrelid = quote_ident(%s)::regclass AND attnum > 0"
        " AND NOT attisdropped AND attgenerated = '' ORDER BY 1",
        table,
    )
    return tuple(name for (name,) in found)


def _key(table: str) -> tuple[str, ...]:
    return next(key.columns for key in catalog.unique_keys(table) if key.primary)


def write_alike() -> None:
    """Have this transaction write times, bytes and intervals in one way, whatever the server's settings."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';"
            " SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1"
        )


def copy_out(table: Table, organization_id: UUID | None) -> Iterator[bytes]:
    """Yield the rows of one organization, which must be the active one, or of a shared table."""
    # Row security says the same; a table that lost its wall must not give every organization's rows to each.
    own = sql.SQL("WHERE organization_id = {}").format(str(organization_id)) if organization_id else sql.SQL("")
    order = sql.SQL(", ").join(sql.SQL('{}::text COLLATE "C"').format(sql.Identifier(name)) for name in table.key)
    statement = sql.SQL("COPY (SELECT {} FROM {} {} ORDER BY {}) TO STDOUT").format(
        _list(table.columns), sql.Identifier(table.name), own, order
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for block in copy:
            yield bytes(block)


def copy_in(table: Table, blocks: Iterable[bytes]) -> None:
    """Add rows, by way of a table of this session: PostgreSQL refuses COPY FROM under row security."""
    target, columns, name = sql.Identifier("restored_rows"), _list(table.columns), sql.Identifier(table.name)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                target, columns, name
            )
        )
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(target, columns)) as copy:
            for block in blocks:
                copy.write(block)
        cursor.execute(sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(name, columns, columns, target))
        cursor.execute(sql.SQL("DROP TABLE {}").format(target))


def has_rows(table: Table) -> bool:
    """Return whether the table shows any row to this login and organization."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table.name)))
        return bool(cursor.fetchone()[0])


def empty(table: Table) -> None:
    """Delete what `migrate` put into a shared table."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)))


def count_on(table: Table) -> None:
    """Let the table's sequences go on after the highest number that is taken. For the owner."""
    for (column,) in catalog.rows(
        "SELECT attname::text FROM pg_attribute WHERE attrelid = quote_ident(%s)::regclass AND attnum > 0"
        " AND NOT attisdropped AND pg_get_serial_sequence(quote_ident(%s), attname) IS NOT NULL",
        table.name,
        table.name,
    ):
        name = sql.Identifier(column)
        statement = sql.SQL(
            "SELECT setval(pg_get_serial_sequence(quote_ident({}), {}), coalesce(max({}), 1), max({}) IS NOT NULL)"
            " FROM {}"
        ).format(table.name, column, name, name, sql.Identifier(table.name))
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _list(columns: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(name) for name in columns)
