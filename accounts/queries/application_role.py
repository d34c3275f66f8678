"""Is the application's login bound by the walls? It owns nothing, and has no power to walk around them."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from accounts.ownership import append_only_tables
from accounts.queries import catalog

# tgtype of pg_trigger: 2 before, 8 delete, 16 update, 32 truncate.
_REFUSES_CHANGES = 2 | 8 | 16 | 32


def faults() -> Iterator[str]:
    """Yield each power of the application's role that it must not have, as a sentence."""
    role = str(settings.DATABASE_APPLICATION["USER"])
    [(current,)] = catalog.rows("SELECT current_user::text")
    if current != role:
        yield f"{current}: this connection is not the application's ({role})"
    for fault in (*_memberships(role), *_ownership(role), *_privileges(role)):
        yield f"{role}: {fault}"
    for table in append_only_tables():
        yield from _append_only(role, table)


def _memberships(role: str) -> Iterator[str]:
    powers = catalog.rows(
        "SELECT rolname::text, rolsuper, rolbypassrls FROM pg_roles WHERE pg_has_role(%s, oid, 'MEMBER')", role
    )
    for name, superuser, bypasses in powers:
        if superuser:
            yield f"the application is, or may become, {name}, a superuser"
        if bypasses:
            yield f"the application is, or may become, {name}, which has BYPASSRLS"


def _ownership(role: str) -> Iterator[str]:
    owned = catalog.rows(
        "SELECT c.relname::text FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace"
        r" WHERE s.nspname NOT LIKE 'pg\_%%' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"
        " AND pg_has_role(%s, c.relowner, 'MEMBER') AND s.nspname <> 'information_schema' ORDER BY 1",
        role,
    )
    for (name,) in owned:
        yield f"the application owns {name}"


def _privileges(role: str) -> Iterator[str]:
    for table in catalog.relations("rp"):
        if _may(role, table.name, "TRUNCATE"):
            yield f"the application may TRUNCATE {table.name}"
    if catalog.rows("SELECT has_schema_privilege(%s, 'public', 'CREATE')", role)[0][0]:
        yield "the application may CREATE in the schema public"


def _append_only(role: str, table: str) -> Iterator[str]:
    guards = catalog.rows(
        "SELECT 1 FROM pg_trigger WHERE tgrelid = quote_ident(%s)::regclass AND tgenabled IN ('O', 'A')"
        " AND tgtype & %s = %s",
        table,
        _REFUSES_CHANGES,
        _REFUSES_CHANGES,
    )
    if not guards:
        yield f"{table}: no trigger refuses UPDATE, DELETE and TRUNCATE"
    for privilege in ("UPDATE", "DELETE"):
        if _may(role, table, privilege):
            yield f"{table}: the application may {privilege}"


def _may(role: str, table: str, privilege: str) -> bool:
    [(allowed,)] = catalog.rows("SELECT has_table_privilege(%s, quote_ident(%s)::regclass, %s)", role, table, privilege)
    return bool(allowed)
