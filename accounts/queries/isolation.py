"""Is every table of the database behind its wall? Reads PostgreSQL's catalog and the models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection

from accounts.ownership import append_only_tables
from accounts.queries import tenant_tables
from accounts.queries.catalog import NOT_SYSTEM, rows

#: Tables that all organizations share, each with the reason. Reviewed by hand: add one only with a second person.
SHARED = {
    "accounts_organization": "names the tenants; what is in it is printed on letters anyway",
    "accounts_user": "a person signs in before an organization is known, and may belong to several",
    "accounts_platformrole": "duties for the platform, in no organization",
    "auth_group": "Django's own; empty, roles are code",
    "auth_group_permissions": "Django's own; empty, roles are code",
    "auth_permission": "Django's own; names of permissions",
    "directory_agency": "public facts, the same for everybody",
    "directory_contactpoint": "public facts, the same for everybody",
    "directory_mission": "public facts, the same for everybody",
    "django_content_type": "Django's own; names of models",
    "django_migrations": "Django's own; names of migrations",
}


def faults() -> list[str]:
    """Return every fault of the tenant walls in a sentence each; an empty list means that they are whole."""
    return [
        *_application_role(),
        *(fault for table in _tables() if table not in SHARED for fault in tenant_tables.faults(table, SHARED)),
        *_shared_tables(),
        *_views(),
        *_functions(),
        *_audit_trail(),
    ]


def _tables() -> list[str]:
    found = rows(f"SELECT c.relname FROM pg_class c {NOT_SYSTEM} AND c.relkind IN ('r', 'p', 'f') ORDER BY 1")
    return [name for (name,) in found]


def _shared_tables() -> Iterator[str]:
    references = rows(
        "SELECT k.conrelid::regclass::text, k.confrelid::regclass::text FROM pg_constraint k WHERE k.contype = 'f'"
    )
    for table, target in references:
        if table in SHARED and target not in SHARED:
            yield f"{table}: is shared, but points to {target}, which belongs to organizations"


def _views() -> Iterator[str]:
    found = rows(
        f"SELECT c.relname, c.relkind::text, c.reloptions FROM pg_class c {NOT_SYSTEM} AND c.relkind IN ('v', 'm')"
    )
    for name, kind, options in found:
        if kind == "m":
            yield f"{name}: a materialized view shows every organization's rows"
        elif not {"security_invoker=true", "security_invoker=on"} & set(options or []):
            yield f"{name}: a view without security_invoker reads as its owner"


def _functions() -> Iterator[str]:
    # Functions of an extension belong to whoever installed it, and are none of ours.
    found = rows(
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE p.prosecdef AND n.nspname NOT LIKE 'pg\\_%%' AND n.nspname <> 'information_schema' AND NOT EXISTS"
        " (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
    )
    for (name,) in found:
        yield f"{name}: a SECURITY DEFINER function acts as its owner"


def _application_role() -> Iterator[str]:
    role = str(settings.DATABASE_APPLICATION["USER"])
    current = rows("SELECT current_user::text")[0][0]
    if current != role:
        yield f"{current}: this connection is not the application's ({role})"
    yield from (f"{role}: {fault}" for fault in _faults_of_role(role))


def _faults_of_role(role: str) -> Iterator[str]:
    powers = rows(
        "SELECT r.rolname, r.rolsuper, r.rolbypassrls FROM pg_roles r WHERE pg_has_role(%s, r.oid, 'MEMBER')", role
    )
    for name, superuser, bypasses in powers:
        if superuser:
            yield f"the application is (a member of) {name}, a superuser"
        if bypasses:
            yield f"the application is (a member of) {name}, which has BYPASSRLS"
    for kind, privilege, name in _excess(role):
        yield f"the application {privilege} {kind} {name}"


def _excess(role: str) -> list[tuple[Any, ...]]:
    return rows(
        f"""
        SELECT 'table', 'owns', c.relname::text FROM pg_class c {NOT_SYSTEM} AND pg_has_role(%s, c.relowner, 'MEMBER')
            AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        UNION ALL SELECT 'table', 'may truncate', c.relname::text FROM pg_class c {NOT_SYSTEM}
            AND c.relkind IN ('r', 'p') AND has_table_privilege(%s, c.oid, 'TRUNCATE')
        UNION ALL SELECT 'schema', 'may create in', n.nspname::text FROM pg_namespace n
            WHERE n.nspname = 'public' AND has_schema_privilege(%s, n.oid, 'CREATE')
        ORDER BY 3
        """,
        role,
        role,
        role,
    )


def _audit_trail() -> Iterator[str]:
    role = str(settings.DATABASE_APPLICATION["USER"])
    for table in append_only_tables():
        # tgtype: 2 before, 8 delete, 16 update, 32 truncate.
        guarded = rows(
            "SELECT 1 FROM pg_trigger t WHERE t.tgrelid = %s::regclass AND t.tgenabled IN ('O', 'A') AND t.tgtype & 58 = 58",
            table,
        )
        if not guarded:
            yield f"{table}: no trigger refuses UPDATE, DELETE and TRUNCATE"
        for privilege in ("UPDATE", "DELETE"):
            if rows("SELECT has_table_privilege(%s, %s::regclass, %s)", role, table, privilege)[0][0]:
                yield f"{table}: the application may {privilege}"


def connection_name() -> str:
    """Return which database was looked at."""
    return str(connection.settings_dict["NAME"])
