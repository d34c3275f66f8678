"""Is this one table fully walled? Compares the catalog with what ``accounts.walls`` makes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any

from django.apps import apps
from django.db import models

from accounts.queries.catalog import rows
from accounts.walls import OWN_ORGANIZATION, OWN_USER, POLICY

#: Policies beyond the usual one: (table, name) → (command, USING, WITH CHECK). Reviewed by hand.
MORE_POLICIES = {("accounts_membership", "own"): ("SELECT", OWN_USER, None)}


def faults(table: str, shared: Container[str]) -> Iterator[str]:
    """Yield each hole in the wall of a tenant table, as a sentence that begins with the table's name."""
    if "organization_id" not in _columns(table):
        yield f"{table}: has no organization, and is not on the reviewed list of shared tables"
        return
    for fault in (*_key_faults(table), *_row_security(table), *_policies(table), *_unique(table)):
        yield f"{table}: {fault}"
    for fault in (*_foreign_keys(table, shared), *_missing_foreign_keys(table)):
        yield f"{table}: {fault}"


def _columns(table: str) -> dict[str, tuple[str, bool]]:
    found = rows(
        "SELECT attname, atttypid::regtype::text, attnotnull FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        table,
    )
    return {name: (kind, required) for name, kind, required in found}


def _key_faults(table: str) -> Iterator[str]:
    columns = _columns(table)
    if columns["organization_id"] != ("uuid", True):
        yield "organization_id is not a required uuid"
    if columns.get("id", ("", False))[0] != "uuid":
        yield "id is no uuid: keys that can be counted tell of other organizations' rows"


def _row_security(table: str) -> Iterator[str]:
    [(enabled, forced)] = rows(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", table
    )
    if not enabled:
        yield "row security is not enabled"
    if not forced:
        yield "row security is not forced upon the owner"


def _policies(table: str) -> Iterator[str]:
    expected: dict[str, tuple[str, str, str | None]] = {POLICY: ("ALL", OWN_ORGANIZATION, OWN_ORGANIZATION)}
    expected |= {name: terms for (owner, name), terms in MORE_POLICIES.items() if owner == table}
    found = {name: (*terms, using, check) for name, using, check, *terms in _found_policies(table)}
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            yield f"policy {name} is missing"
        elif name not in expected:
            yield f"policy {name} is not on the reviewed list"
        elif found[name] != ("PERMISSIVE", "{public}", *_same(expected[name])):
            yield f"policy {name} is not what the wall makes"


def _found_policies(table: str) -> list[tuple[Any, ...]]:
    found = rows(
        "SELECT policyname, qual, with_check, permissive, roles::text, cmd FROM pg_policies WHERE tablename = %s", table
    )
    return [(name, _plain(using), _plain(check), *terms) for name, using, check, *terms in found]


def _same(terms: tuple[str, str, str | None]) -> tuple[str, str | None, str | None]:
    command, using, check = terms
    return command, _plain(using), _plain(check)


def _plain(expression: str | None) -> str | None:
    """Strip what PostgreSQL adds when it prints an expression: casts to text, parentheses, spaces, capitals."""
    return None if expression is None else re.sub(r"::text|[()\s]", "", expression).lower()


def _unique(table: str) -> Iterator[str]:
    found = rows(
        "SELECT i.relname, x.indisprimary, ARRAY(SELECT a.attname::text FROM unnest(x.indkey::int2[]) WITH ORDINALITY k(n, place)"
        "  JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.n WHERE k.place <= x.indnkeyatts ORDER BY k.place)"
        " FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = %s::regclass AND x.indisunique",
        table,
    )
    for name, primary, columns in found:
        if not primary and "organization_id" not in columns:
            yield f"unique {name} does not contain the organization: it tells of other organizations' rows"
    if ["organization_id", "id"] not in [columns for _, _, columns in found]:
        yield "UNIQUE (organization_id, id) is missing"


def _foreign_keys(table: str, shared: Container[str]) -> Iterator[str]:
    for name, target, columns, targets in _found_foreign_keys(table):
        if target not in shared and ("organization_id", "organization_id") not in zip(columns, targets, strict=True):
            yield f"foreign key {name} accepts rows of other organizations"


def _found_foreign_keys(table: str) -> list[tuple[Any, ...]]:
    names = "ARRAY(SELECT a.attname::text FROM unnest(k.{0}) WITH ORDINALITY u(n, p) JOIN pg_attribute a ON a.attrelid = k.{1} AND a.attnum = u.n ORDER BY p)"
    return rows(
        f"SELECT k.conname, k.confrelid::regclass::text, {names.format('conkey', 'conrelid')},"
        f" {names.format('confkey', 'confrelid')} FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid = %s::regclass",
        table,
    )


def _missing_foreign_keys(table: str) -> Iterator[str]:
    found = [set(columns) for _, _, columns, _ in _found_foreign_keys(table)]
    if {"organization_id"} not in found:
        yield "organization_id does not point to an organization"
    for column in _references_in_models(table):
        if {"organization_id", column} not in found:
            yield f"{column} has no composite foreign key"


def _references_in_models(table: str) -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table:
            yield from (str(field.column) for field in model._meta.local_fields if _points_to_tenant(field))


def _points_to_tenant(field: models.Field[Any, Any]) -> bool:
    target = field.related_model
    return (
        not isinstance(target, str)
        and target is not None
        and any(f.name == "organization" for f in target._meta.fields)
    )
