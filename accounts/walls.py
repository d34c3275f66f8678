"""The database's tenant wall, as migration operations.

What the ORM's own state cannot say stands here, so ``makemigrations --check`` stays clean; ``manage.py
check_isolation`` compares the database with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import truncate_name
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from typing_extensions import override

from accounts.fields import TenantForeignKey

POLICY = "tenant"
# The setting is '' after a transaction that used it, hence nullif: no organization, no row.
OWN_ORGANIZATION = "organization_id = nullif(current_setting('app.organization', true), '')::uuid"
OWN_USER = "user_id = nullif(current_setting('app.user', true), '')::uuid"


def tenant_key(table: str) -> str:
    """Return the name of the UNIQUE (organization_id, id) that composite keys point to."""
    return truncate_name(f"{table}_tenant_key", 63, hash_len=8)


def foreign_key(table: str, column: str) -> str:
    """Return the name of the composite foreign key of one column."""
    return truncate_name(f"{table}_{column}_tenant_fk", 63, hash_len=8)


class _Sql(Operation):
    """An operation on the database alone, written as statements forwards and backwards."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    @override
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the state alone."""

    @override
    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for statement in self.forwards(to_state.apps.get_model(app_label, self.model_name)):
            schema_editor.execute(statement, params=None)

    @override
    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for statement in self.backwards(to_state.apps.get_model(app_label, self.model_name)):
            schema_editor.execute(statement, params=None)

    def forwards(self, model: type[models.Model]) -> Iterator[str]:
        """Yield the statements that apply it."""
        raise NotImplementedError

    def backwards(self, model: type[models.Model]) -> Iterator[str]:
        """Yield the statements that undo it."""
        raise NotImplementedError


class Wall(_Sql):
    """Wall one tenant table: RLS enabled and forced, the policy, the tenant key, every composite foreign key.

    Tables that this one points to are walled before it. ``own_rows=True`` lets people also *see* (never write) the
    rows whose ``user_id`` is theirs.
    """

    def __init__(self, model_name: str, *, own_rows: bool = False) -> None:
        super().__init__(model_name)
        self.own_rows = own_rows

    @override
    def describe(self) -> str:
        return f"Wall {self.model_name} in, organization by organization"

    @override
    def forwards(self, model: type[models.Model]) -> Iterator[str]:
        table = model._meta.db_table
        yield f'ALTER TABLE "{table}" ADD CONSTRAINT "{tenant_key(table)}" UNIQUE (organization_id, id)'
        for field in _tenant_keys(model):
            yield _add_foreign_key(table, field)
        yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
        yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
        yield f'CREATE POLICY {POLICY} ON "{table}" USING ({OWN_ORGANIZATION}) WITH CHECK ({OWN_ORGANIZATION})'
        if self.own_rows:
            yield f'CREATE POLICY own ON "{table}" FOR SELECT USING ({OWN_USER})'

    @override
    def backwards(self, model: type[models.Model]) -> Iterator[str]:
        table = model._meta.db_table
        if self.own_rows:
            yield f'DROP POLICY own ON "{table}"'
        yield f'DROP POLICY {POLICY} ON "{table}"'
        yield f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY'
        yield f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY'
        for field in _tenant_keys(model):
            yield f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{foreign_key(table, field.column)}"'
        yield f'ALTER TABLE "{table}" DROP CONSTRAINT "{tenant_key(table)}"'


class WallForeignKey(_Sql):
    """The composite constraint of one TenantForeignKey that was added to a table already walled."""

    def __init__(self, model_name: str, field_name: str) -> None:
        super().__init__(model_name)
        self.field_name = field_name

    @override
    def describe(self) -> str:
        return f"Keep {self.model_name}.{self.field_name} within the organization"

    @override
    def forwards(self, model: type[models.Model]) -> Iterator[str]:
        yield _add_foreign_key(model._meta.db_table, self._field(model))

    @override
    def backwards(self, model: type[models.Model]) -> Iterator[str]:
        table = model._meta.db_table
        yield f'ALTER TABLE "{table}" DROP CONSTRAINT "{foreign_key(table, self._field(model).column)}"'

    def _field(self, model: type[models.Model]) -> TenantForeignKey[Any, Any]:
        return next(field for field in _tenant_keys(model) if field.name == self.field_name)


def _tenant_keys(model: type[models.Model]) -> list[TenantForeignKey[Any, Any]]:
    return [field for field in model._meta.local_fields if isinstance(field, TenantForeignKey)]


def _add_foreign_key(table: str, field: TenantForeignKey[Any, Any]) -> str:
    target = field.related_model._meta.db_table
    return (
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{foreign_key(table, field.column)}" '
        f'FOREIGN KEY (organization_id, "{field.column}") REFERENCES "{target}" (organization_id, id) '
        "DEFERRABLE INITIALLY DEFERRED"
    )
