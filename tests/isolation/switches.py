"""Taking down one tenant wall at a time, so that the other is tested alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from enum import Enum
from typing import Any
from unittest.mock import patch

from django.db import connection, models, transaction

from accounts import secrets
from accounts.fields import OrganizationKey, TenantForeignKey
from accounts.models import TenantModel
from accounts.ownership import as_owner
from accounts.tenancy import TenantManager, TenantQuerySet
from accounts.walls import foreign_key
from tests.isolation.rows import tenant_models


class Walls(Enum):
    """Which of the two tenant walls stand."""

    BOTH = "both walls"
    APPLICATION = "the application's wall"
    DATABASE = "the database's wall"
    NONE = "no wall"

    @contextmanager
    def only(self) -> Iterator[None]:
        """Go on with only these walls, once the rows are there."""
        with ExitStack() as stack:
            if self in {Walls.DATABASE, Walls.NONE}:
                stack.enter_context(application_wall_down())
            yield


@contextmanager
def application_wall_down() -> Iterator[None]:
    """Let managers, fields and models forget that there are organizations; the database is alone."""

    def unfiltered(manager: TenantManager[Any]) -> models.QuerySet[Any]:
        return super(TenantManager, manager).get_queryset()

    with ExitStack() as stack:
        for owner, name, plain in (
            (TenantManager, "get_queryset", unfiltered),
            (TenantQuerySet, "update", models.QuerySet.update),
            (TenantQuerySet, "raw", models.QuerySet.raw),
            (TenantModel, "delete", models.Model.delete),
            (OrganizationKey, "get_db_prep_save", models.ForeignKey.get_db_prep_save),
            (secrets, "_refuse_foreign", lambda _place: None),
        ):
            stack.enter_context(patch.object(owner, name, plain))
        yield


def database_wall_down() -> None:
    """Switch row security off in this transaction. For the owner's connection, before any row is made."""
    _as_owner_for_every_table(lambda model: [f'ALTER TABLE "{model._meta.db_table}" DISABLE ROW LEVEL SECURITY'])


def foreign_keys_down() -> None:
    """Drop the composite foreign keys in this transaction. For the owner's connection, before any row is made."""
    _as_owner_for_every_table(
        lambda model: [
            f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{foreign_key(model._meta.db_table, field.column)}"'
            for field in tenant_keys(model)
        ]
    )


def tenant_keys(model: type[models.Model]) -> list[Any]:
    """Return the keys of a model that must stay within the organization."""
    return [field for field in model._meta.local_fields if isinstance(field, TenantForeignKey)]


def _as_owner_for_every_table(statements: Callable[[type[models.Model]], list[str]]) -> None:
    with connection.cursor() as cursor:
        for model in tenant_models():
            for statement in statements(model):
                cursor.execute(statement)


@contextmanager
def rolled_back(*, owner: bool) -> Iterator[None]:
    """Work in a transaction that never happened, as the application or as the database's owner."""
    with ExitStack() as stack:
        if owner:
            stack.enter_context(as_owner())
        stack.enter_context(transaction.atomic())
        yield
        transaction.set_rollback(True)
