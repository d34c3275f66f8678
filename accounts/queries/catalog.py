"""Reading PostgreSQL's own tables, as far as the tenant walls need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Relation:
    """A table (``r``), partitioned table (``p``), foreign table (``f``), view (``v``) or materialized view (``m``)."""

    name: str
    kind: str
    options: tuple[str, ...]
    row_security: bool
    forced: bool


@dataclass(frozen=True)
class Key:
    """A unique index or a foreign key; ``target`` and ``target_columns`` are those of a foreign key."""

    name: str
    columns: tuple[str, ...]
    primary: bool = False
    target: str = ""
    target_columns: tuple[str, ...] = ()


def rows(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Return all rows; with parameters, a literal percent sign is written twice."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def relations(kinds: str) -> list[Relation]:
    """Return what is in the database outside of PostgreSQL's own schemas; ``kinds`` are letters of ``Relation``."""
    found = rows(
        "SELECT c.relname::text, c.relkind::text, c.reloptions, c.relrowsecurity, c.relforcerowsecurity"
        " FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace"
        r" WHERE s.nspname NOT LIKE 'pg\_%%' AND s.nspname <> 'information_schema' AND c.relkind::text = ANY(%s)"
        " ORDER BY 1",
        list(kinds),
    )
    return [Relation(name, kind, tuple(options or ()), *security) for name, kind, options, *security in found]


def columns(table: str) -> dict[int, tuple[str, str, bool]]:
    """Return number → (name, type, required) of a table's columns."""
    found = rows(
        "SELECT attnum, attname::text, atttypid::regtype::text, attnotnull FROM pg_attribute"
        " WHERE attrelid = quote_ident(%s)::regclass AND attnum > 0 AND NOT attisdropped",
        table,
    )
    return {number: (name, kind, required) for number, name, kind, required in found}


def unique_keys(table: str) -> list[Key]:
    """Return a table's unique indexes, the primary key among them; a column of '' is an expression."""
    found = rows(
        "SELECT i.relname::text, (x.indkey::int2[])[0:x.indnkeyatts - 1], x.indisprimary FROM pg_index x"
        " JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = quote_ident(%s)::regclass AND x.indisunique",
        table,
    )
    return [Key(name, _names(table, numbers), primary) for name, numbers, primary in found]


def foreign_keys(table: str) -> list[Key]:
    """Return a table's foreign keys."""
    found = rows(
        "SELECT k.conname::text, k.conkey, t.relname::text, k.confkey FROM pg_constraint k"
        " JOIN pg_class t ON t.oid = k.confrelid WHERE k.contype = 'f' AND k.conrelid = quote_ident(%s)::regclass",
        table,
    )
    return [
        Key(name, _names(table, numbers), target=target, target_columns=_names(target, targets))
        for name, numbers, target, targets in found
    ]


def _names(table: str, numbers: list[int]) -> tuple[str, ...]:
    named = columns(table)
    return tuple(named[number][0] if number in named else "" for number in numbers)
