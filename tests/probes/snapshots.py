"""What must not change, as one hash a table: of the other organization, of a closed case, of what all share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import connection
from psycopg import sql

from accounts.tenancy import organization
from letters.models import Letter
from tests.isolation.rows import tenant_models
from tests.probes.actors import COLLEAGUES, FOREIGN, Actor
from tests.probes.world import World

Snapshot = dict[str, str]
Condition = sql.Composable
#: Tables of all organizations: whose rows are not the actor's own, by the column that names the person.
_OF_PERSONS = {
    "accounts_user": "id",
    "accounts_platformrole": "user_id",
    "account_emailaddress": "user_id",
    "mfa_authenticator": "user_id",
    "usersessions_usersession": "user_id",
}
_SHARED = ("accounts_organization", "accounts_invitationcode", "letters_verifycode")
_DIRECTORY = ("directory_agency", "directory_mission", "directory_contactpoint", "directory_addressproposal")


def watch(world: World, actor: Actor) -> Callable[[], tuple[str, ...]]:
    """A check that names what has changed since now and is not the actor's to change."""
    before = _snapshot(world, actor)

    def changes() -> tuple[str, ...]:
        after = _snapshot(world, actor)
        return tuple(name for name, digest in before.items() if after[name] != digest)

    return changes


def _snapshot(world: World, actor: Actor) -> Snapshot:
    with organization(world.away.pk):
        found = _digests({**_foreign(world), **dict(_shared(world, actor))})
    if COLLEAGUES not in actor.opens:
        with organization(world.home.pk):
            found |= _digests(_closed(world))
    return found


def _foreign(world: World) -> dict[str, tuple[str, Condition]]:
    mine = sql.SQL("organization_id = {}").format(sql.Literal(str(world.away.pk)))
    return {f"{FOREIGN}: {table}": (table, mine) for table in _tenant_tables()}


def _shared(world: World, actor: Actor) -> Iterator[tuple[str, tuple[str, Condition]]]:
    user = world.people.get(actor.name)
    for table, column in _OF_PERSONS.items():
        others = sql.SQL("{} IS DISTINCT FROM {}").format(
            sql.Identifier(column), sql.Literal(str(user.pk) if user else None)
        )
        yield f"other people: {table}", (table, others)
    away = sql.Literal(str(world.away.pk))
    for table in _SHARED:
        column = "id" if table == "accounts_organization" else "organization_id"
        yield f"{FOREIGN}: {table}", (table, sql.SQL("{} = {}").format(sql.Identifier(column), away))
    if actor.duty is None:
        for table in _DIRECTORY:
            yield f"directory: {table}", (table, sql.SQL("true"))


def _closed(world: World) -> dict[str, tuple[str, Condition]]:
    """Every row of the colleague's case, and every entry of the audit trail about one of them."""
    case = world.cases[COLLEAGUES].case
    letters = [str(pk) for pk in Letter.objects.filter(case=case).values_list("pk", flat=True)]
    rows = [str(case.pk), *letters, str(world.cases[COLLEAGUES].evidence_id)]
    conditions = {
        "case_id": [str(case.pk)],
        "content_object_id": [str(case.pk)],
        "letter_id": letters,
        "target_id": rows,
    }
    found = {"cases_case": ("cases_case", _is_one_of("id", [str(case.pk)]))}
    for model in tenant_models():
        for column, values in conditions.items():
            if column in {field.column for field in model._meta.local_fields}:
                found[model._meta.db_table] = (model._meta.db_table, _is_one_of(column, values))
    return {f"{COLLEAGUES}: {name}": condition for name, condition in found.items()}


def _is_one_of(column: str, values: list[str]) -> Condition:
    return sql.SQL("{}::text = ANY({})").format(sql.Identifier(column), sql.Literal(values))


def _tenant_tables() -> list[str]:
    return [model._meta.db_table for model in tenant_models()]


def _digests(wanted: dict[str, tuple[str, Condition]]) -> Snapshot:
    """The hash of all rows of each table that fit its condition, in one statement."""
    one = sql.SQL("SELECT {}, md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM {} t WHERE {}")
    parts = [one.format(sql.Literal(name), sql.Identifier(table), where) for name, (table, where) in wanted.items()]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(parts))
        return dict(cursor.fetchall())
