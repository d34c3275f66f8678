"""Every way we know to reach a row of another organization. A probe returns whether it got there.

``theirs`` is a row of the other organization that somebody still holds in memory; ``ours`` is one of the active one.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from accounts.models import Organization
from accounts.secrets import SecretError
from accounts.tenancy import NoOrganization, WrongOrganization
from tests.isolation.switches import tenant_keys

#: How a wall says no. Anything else is a probe that does not work.
REFUSALS = (ObjectDoesNotExist, DatabaseError, NoOrganization, WrongOrganization, SecretError)


@dataclass(frozen=True)
class Pair:
    """A row of the other organization, one of the active one, and an organization without any rows."""

    theirs: Any
    ours: Any
    empty: uuid.UUID

    @property
    def model(self) -> Any:
        return type(self.ours)

    @property
    def table(self) -> str:
        return str(self.model._meta.db_table)


@dataclass(frozen=True)
class Probe:
    """``sql`` probes speak to the database directly, which the application's wall cannot see."""

    run: Callable[[Pair], object]
    writes: bool
    sql: bool

    @property
    def name(self) -> str:
        return self.run.__name__

    def leaks(self, pair: Pair) -> bool:
        """Run it; a refusal is no leak. What it wrote is undone."""
        try:
            with transaction.atomic():
                found = bool(self.run(pair))
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                transaction.set_rollback(True)
        except REFUSALS:
            return False
        return found


PROBES: list[Probe] = []


def reads(run: Callable[[Pair], object]) -> Callable[[Pair], object]:
    PROBES.append(Probe(run, writes=False, sql=False))
    return run


def writes(run: Callable[[Pair], object]) -> Callable[[Pair], object]:
    PROBES.append(Probe(run, writes=True, sql=False))
    return run


def reads_sql(run: Callable[[Pair], object]) -> Callable[[Pair], object]:
    PROBES.append(Probe(run, writes=False, sql=True))
    return run


def writes_sql(run: Callable[[Pair], object]) -> Callable[[Pair], object]:
    PROBES.append(Probe(run, writes=True, sql=True))
    return run


# Reading through the manager.


@reads
def list_all(pair: Pair) -> object:
    return pair.theirs.pk in {row.pk for row in pair.model.objects.all()}


@reads
def iterate(pair: Pair) -> object:
    return pair.theirs.pk in {row.pk for row in pair.model.objects.iterator(chunk_size=100)}


@reads
def get(pair: Pair) -> object:
    return pair.model.objects.get(pk=pair.theirs.pk)


@reads
def get_with_choice(pair: Pair) -> object:
    return pair.model.objects.filter(Q(pk=pair.ours.pk) | Q(pk=pair.theirs.pk)).count() > 1


@reads
def filter_by_organization(pair: Pair) -> object:
    return pair.model.objects.filter(organization_id=pair.theirs.organization_id).exists()


@reads
def exclude_ours(pair: Pair) -> object:
    return pair.model.objects.exclude(organization_id=pair.ours.organization_id).exists()


@reads
def exists(pair: Pair) -> object:
    return pair.model.objects.filter(pk=pair.theirs.pk).exists()


@reads
def contains(pair: Pair) -> object:
    return pair.model.objects.contains(pair.theirs)


@reads
def count(pair: Pair) -> object:
    return pair.model.objects.filter(pk=pair.theirs.pk).count()


@reads
def values(pair: Pair) -> object:
    return pair.model.objects.filter(pk=pair.theirs.pk).values()


@reads
def values_list(pair: Pair) -> object:
    return pair.theirs.pk in set(pair.model.objects.values_list("pk", flat=True))


@reads
def in_bulk(pair: Pair) -> object:
    return pair.model.objects.in_bulk([pair.theirs.pk])


@reads
def aggregate(pair: Pair) -> object:
    return pair.model.objects.filter(pk=pair.theirs.pk).aggregate(n=Count("pk"))["n"]


@reads
def group(pair: Pair) -> object:
    organizations = pair.model.objects.values("organization").annotate(n=Count("pk")).order_by("organization")
    return pair.theirs.organization_id in {row["organization"] for row in organizations}


@reads
def union(pair: Pair) -> object:
    rows = pair.model.objects.filter(pk=pair.ours.pk).order_by().union(pair.model.objects.order_by().all(), all=True)
    return pair.theirs.pk in {row.pk for row in rows}


@reads
def combine(pair: Pair) -> object:
    rows = pair.model.objects.filter(pk=pair.ours.pk) | pair.model.objects.filter(pk=pair.theirs.pk)
    return rows.count() > 1


@reads
def subquery_in(pair: Pair) -> object:
    return Organization.objects.filter(pk__in=pair.model.objects.values("organization")).exclude(
        pk=pair.ours.organization_id
    )


@reads
def subquery_exists(pair: Pair) -> object:
    rows = pair.model.objects.filter(organization=OuterRef("pk"))
    return Organization.objects.filter(Exists(rows), pk=pair.theirs.organization_id)


@reads
def subquery_annotation(pair: Pair) -> object:
    rows = pair.model.objects.filter(organization=OuterRef("pk")).order_by().values("pk")[:1]
    found = Organization.objects.annotate(row=Subquery(rows)).get(pk=pair.theirs.organization_id)
    return found.row


@reads
def base_manager(pair: Pair) -> object:
    return pair.model._base_manager.filter(pk=pair.theirs.pk).exists()


@reads
def default_manager(pair: Pair) -> object:
    return pair.model._default_manager.filter(pk=pair.theirs.pk).exists()


@reads
def refresh_held_row(pair: Pair) -> object:
    fresh = pair.model(pk=pair.theirs.pk)
    fresh.refresh_from_db()
    return fresh.organization_id == pair.theirs.organization_id


@reads
def get_or_create(pair: Pair) -> object:
    row, _created = pair.model.objects.get_or_create(pk=pair.theirs.pk, defaults=_values(pair.ours))
    return row.organization_id == pair.theirs.organization_id


@reads
def manager_raw(pair: Pair) -> object:
    return list(pair.model.objects.raw(f'SELECT * FROM "{pair.table}" WHERE id = %s', [pair.theirs.pk]))


@reads
def related_forward(pair: Pair) -> object:
    return any(getattr(_held(pair), field.name) for field in tenant_keys(pair.model))


@reads
def related_prefetch(pair: Pair) -> object:
    held, fields = _held(pair), tenant_keys(pair.model)
    models.prefetch_related_objects([held], *[field.name for field in fields])
    return any(getattr(held, field.name) for field in fields)


@reads
def related_backward(pair: Pair) -> object:
    return any(getattr(_target(pair, field), name).all().exists() for field, name in _backward(pair.model))


@reads
def related_join(pair: Pair) -> object:
    return any(
        field.related_model.objects.filter(**{f"{field.related_query_name()}__pk": pair.theirs.pk}).exists()
        for field, _name in _backward(pair.model)
    )


# Writing through the manager and the model.


@writes
def update(pair: Pair) -> object:
    field = _plain_field(pair.model)
    return pair.model.objects.filter(pk=pair.theirs.pk).update(**{field: F(field)})


@writes
def update_everything(pair: Pair) -> object:
    field, ours = _plain_field(pair.model), pair.model.objects.filter(organization_id=pair.ours.organization_id).count()
    return pair.model.objects.update(**{field: F(field)}) > ours


@writes
def bulk_update(pair: Pair) -> object:
    return pair.model.objects.bulk_update([pair.theirs], [_plain_field(pair.model)])


@writes
def save_held_row(pair: Pair) -> object:
    held = _held(pair)
    held.save(force_update=True)
    return True


@writes
def delete(pair: Pair) -> object:
    return pair.model.objects.filter(pk=pair.theirs.pk).delete()[0]


@writes
def delete_held_row(pair: Pair) -> object:
    return _held(pair).delete()[0]


@writes
def raw_delete(pair: Pair) -> object:
    return pair.model.objects.filter(pk=pair.theirs.pk)._raw_delete("default")


@writes
def lock(pair: Pair) -> object:
    return pair.model.objects.select_for_update().filter(pk=pair.theirs.pk)


@writes
def move_row_by_update(pair: Pair) -> object:
    return pair.model.objects.filter(pk=pair.ours.pk).update(organization=pair.empty)


@writes
def move_row_by_save(pair: Pair) -> object:
    ours = pair.model.objects.get(pk=pair.ours.pk)
    ours.organization_id = pair.empty
    ours.save(update_fields=["organization"])
    return True


@writes
def bulk_create_elsewhere(pair: Pair) -> object:
    return pair.model.objects.bulk_create([_copy(pair.ours, pair.empty)])


@writes
def create_elsewhere(pair: Pair) -> object:
    _copy(pair.ours, pair.empty).save(force_insert=True)
    return True


@writes
def point_to_their_row(pair: Pair) -> object:
    for field in tenant_keys(pair.model):
        pair.model.objects.filter(pk=pair.ours.pk).update(**{field.attname: getattr(pair.theirs, field.attname)})
    return bool(tenant_keys(pair.model))


# SQL of our own: for the database's wall alone.


@reads_sql
def sql_select(pair: Pair) -> object:
    return _sql(f'SELECT 1 FROM "{pair.table}" WHERE id = %s', pair.theirs.pk)


@reads_sql
def sql_count(pair: Pair) -> object:
    return _sql(
        f'SELECT 1 FROM "{pair.table}" GROUP BY organization_id HAVING organization_id = %s',
        pair.theirs.organization_id,
    )


@reads_sql
def sql_join(pair: Pair) -> object:
    return _sql(
        f'SELECT 1 FROM accounts_organization o JOIN "{pair.table}" t ON t.organization_id = o.id WHERE t.id = %s',
        pair.theirs.pk,
    )


@writes_sql
def sql_update(pair: Pair) -> object:
    return _sql(f'UPDATE "{pair.table}" SET id = id WHERE id = %s RETURNING 1', pair.theirs.pk)


@writes_sql
def sql_delete(pair: Pair) -> object:
    return _sql(f'DELETE FROM "{pair.table}" WHERE id = %s RETURNING 1', pair.theirs.pk)


@writes_sql
def sql_move(pair: Pair) -> object:
    return _sql(f'UPDATE "{pair.table}" SET organization_id = %s WHERE id = %s RETURNING 1', pair.empty, pair.ours.pk)


@writes_sql
def sql_copy(pair: Pair) -> object:
    columns = [f'"{f.column}"' for f in pair.model._meta.local_fields if f.name not in ("id", "organization")]
    listed = ", ".join(columns)
    return _sql(
        f'INSERT INTO "{pair.table}" (id, organization_id, {listed})'
        f' SELECT %s, %s, {listed} FROM "{pair.table}" WHERE id = %s RETURNING 1',
        uuid.uuid4(),
        pair.empty,
        pair.ours.pk,
    )


@writes_sql
def sql_truncate(pair: Pair) -> object:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no check may be pending
        cursor.execute(f'TRUNCATE "{pair.table}" CASCADE')
    return True


def _sql(statement: str, *parameters: Any) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _held(pair: Pair) -> Any:
    """Return their row as somebody holds it who loaded it earlier: without its relations."""
    held = pair.model(**{f.attname: pair.theirs.__dict__[f.attname] for f in pair.model._meta.concrete_fields})
    held._state.adding = False
    return held


def _values(row: Any) -> dict[str, Any]:
    skipped = {"id", "organization"}
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in skipped}


def _copy(row: Any, organization_id: uuid.UUID) -> Any:
    return type(row)(pk=uuid.uuid4(), organization_id=organization_id, **_values(row))


def _plain_field(model: Any) -> str:
    """Return a field that can be set to itself."""
    return next(
        str(f.name)
        for f in model._meta.concrete_fields
        if not f.is_relation and not f.primary_key and not hasattr(f, "encode")
    )


def _target(pair: Pair, field: Any) -> Any:
    return field.related_model(pk=getattr(pair.theirs, field.attname), organization_id=pair.theirs.organization_id)


def _backward(model: Any) -> list[tuple[Any, str]]:
    fields = [field for field in tenant_keys(model) if not field.remote_field.hidden]
    return [(field, field.remote_field.get_accessor_name()) for field in fields]
