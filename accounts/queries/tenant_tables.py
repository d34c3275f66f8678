"""Is this one table fully walled? Compares the catalog with what ``accounts.walls`` makes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any

from django.apps import apps
from django.db import models

from accounts.queries import catalog
from accounts.walls import OWN_ORGANIZATION, OWN_USER, POLICY

#: A policy's command, USING and WITH CHECK.
Terms = tuple[str, str | None, str | None]

#: Policies beyond the usual one, by table and name. Reviewed by hand.
MORE_POLICIES: dict[tuple[str, str], Terms] = {("accounts_membership", "own"): ("SELECT", OWN_USER, None)}


def faults(table: catalog.Relation, shared: Container[str]) -> Iterator[str]:
    """Yield each hole in the wall of a tenant table, as a sentence that begins with the table's name."""
    types = {name: (kind, required) for name, kind, required in catalog.columns(table.name).values()}
    if "organization_id" not in types:
        yield f"{table.name}: has no organization, and is not on the reviewed list of shared tables"
        return
    for fault in (*_columns(types), *_row_security(table), *_policies(table.name), *_unique(table.name)):
        yield f"{table.name}: {fault}"
    for fault in (*_foreign_keys(table.name, shared), *_missing_foreign_keys(table.name)):
        yield f"{table.name}: {fault}"


def is_tenant(model: Any) -> bool:
    """Return whether rows of the model belong to organizations."""
    return any(field.name == "organization" for field in model._meta.fields)


def _columns(types: dict[str, tuple[str, bool]]) -> Iterator[str]:
    if types["organization_id"] != ("uuid", True):
        yield "organization_id is not a required uuid"
    if types.get("id", ("", False))[0] != "uuid":
        yield "id is no uuid: keys that can be counted tell of other organizations' rows"


def _row_security(table: catalog.Relation) -> Iterator[str]:
    if table.kind == "f":
        yield "a foreign table has no row security"
    if not table.row_security:
        yield "row security is not enabled"
    if not table.forced:
        yield "row security is not forced upon the owner"


def _policies(table: str) -> Iterator[str]:
    expected: dict[str, Terms] = {POLICY: ("ALL", OWN_ORGANIZATION, OWN_ORGANIZATION)}
    expected |= {name: terms for (owner, name), terms in MORE_POLICIES.items() if owner == table}
    found = _found_policies(table)
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            yield f"policy {name} is missing"
        elif name not in expected:
            yield f"policy {name} is not on the reviewed list"
        elif found[name] != ("PERMISSIVE", "{public}", *_plain(expected[name])):
            yield f"policy {name} is not what the wall makes"


def _found_policies(table: str) -> dict[str, tuple[str, str, str, str | None, str | None]]:
    found = catalog.rows(
        "SELECT policyname::text, permissive, roles::text, cmd, qual, with_check FROM pg_policies WHERE tablename = %s",
        table,
    )
    return {name: (permissive, roles, *_plain((*terms,))) for name, permissive, roles, *terms in found}


def _plain(terms: Any) -> Terms:
    """Strip what PostgreSQL adds when it prints an expression: casts to text, parentheses, spaces, capitals."""
    command, *expressions = terms
    using, check = [text and re.sub(r"::text|[()\s]", "", text).lower() for text in expressions]
    return command, using, check


def _unique(table: str) -> Iterator[str]:
    keys = catalog.unique_keys(table)
    for key in keys:
        if not key.primary and "organization_id" not in key.columns:
            yield f"unique {key.name} does not contain the organization: it tells of other organizations' rows"
    if ("organization_id", "id") not in [key.columns for key in keys]:
        yield "UNIQUE (organization_id, id) is missing"


def _foreign_keys(table: str, shared: Container[str]) -> Iterator[str]:
    for key in catalog.foreign_keys(table):
        pairs = zip(key.columns, key.target_columns, strict=True)
        if key.target not in shared and ("organization_id", "organization_id") not in pairs:
            yield f"foreign key {key.name} accepts rows of other organizations"


def _missing_foreign_keys(table: str) -> Iterator[str]:
    found = [frozenset(key.columns) for key in catalog.foreign_keys(table)]
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
    return field.related_model is not None and is_tenant(field.related_model)
