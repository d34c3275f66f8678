"""Is every table of the database behind its wall? Reads PostgreSQL's catalog and the models."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.queries import application_role, catalog, tenant_tables

#: Tables that all organizations share, each with the reason. Reviewed by hand: a new line needs a second person.
SHARED = {
    "account_emailaddress": "allauth's own; addresses of people who sign in, who belong to no single organization",
    "account_emailconfirmation": "allauth's own; a person confirms an address before an organization is known",
    "accounts_cacheentry": "how often an address or a place tried to sign in, by hash; before anybody is known",
    "accounts_invitationcode": "read before an organization is known; holds a hash and two ids, nothing of a person",
    "accounts_organization": "names the tenants; what is in it is printed on letters anyway",
    "accounts_user": "a person signs in before an organization is known, and may belong to several",
    "accounts_platformrole": "duties for the platform, in no organization",
    "auth_group": "Django's own; empty, roles are code",
    "auth_group_permissions": "Django's own; empty, roles are code",
    "auth_permission": "Django's own; names of permissions",
    "directory_addressproposal": "public facts, the same for everybody, waiting for a second curator",
    "directory_agency": "public facts, the same for everybody",
    "directory_contactpoint": "public facts, the same for everybody",
    "directory_mission": "public facts, the same for everybody",
    "django_admin_log": "Django's own; empty, what was done is on our audit trail",
    "django_content_type": "Django's own; names of models",
    "django_migrations": "Django's own; names of migrations",
    "django_session": "Django's own; a session begins before an organization is known",
    "guardian_groupobjectpermission": "guardian's own; empty, object permissions are in tables of ours",
    "guardian_userobjectpermission": "guardian's own; empty, object permissions are in tables of ours",
    "letters_domainslot": "mail domains of public agencies and a time each: the relay's pace is everybody's",
    "letters_verifycode": "read before an organization is known; holds a hash and two ids, nothing of a case",
    "mfa_authenticator": "allauth's own; second factors of people, asked before an organization is known",
    "usersessions_usersession": "allauth's own; the sessions of a person, who may end them",
}


def faults() -> list[str]:
    """Return every fault of the tenant walls in a sentence each; an empty list means that they are whole."""
    return [*application_role.faults(), *_tables(), *_views(), *_functions()]


def _tables() -> Iterator[str]:
    for table in catalog.relations("rpf"):
        yield from _shared(table.name) if table.name in SHARED else tenant_tables.faults(table, SHARED)


def _shared(table: str) -> Iterator[str]:
    for key in catalog.foreign_keys(table):
        if key.target not in SHARED:
            yield f"{table}: is shared, but points to {key.target}, which belongs to organizations"


def _views() -> Iterator[str]:
    for view in catalog.relations("vm"):
        if view.kind == "m":
            yield f"{view.name}: a materialized view shows every organization's rows"
        elif not {"security_invoker=true", "security_invoker=on"} & set(view.options):
            yield f"{view.name}: a view without security_invoker reads as its owner"


def _functions() -> Iterator[str]:
    # Functions of an extension belong to whoever installed it, and are none of ours.
    found = catalog.rows(
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace s ON s.oid = p.pronamespace"
        r" WHERE p.prosecdef AND s.nspname NOT LIKE 'pg\_%' AND s.nspname <> 'information_schema' AND NOT EXISTS"
        " (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
    )
    for (name,) in found:
        yield f"{name}: a SECURITY DEFINER function acts as its owner"
