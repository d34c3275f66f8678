"""The migration operations put up a wall, and take it down without a trace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from pytest_django import DjangoDbBlocker

from accounts.fields import TenantForeignKey
from accounts.models import Organization
from accounts.queries.catalog import foreign_keys, relations, unique_keys
from accounts.queries.isolation import faults
from accounts.walls import Wall, WallForeignKey
from cases.models import Victim
from tests.isolation.switches import rolled_back


@pytest.fixture
def state(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[ProjectState]:
    """The models as the migrations know them, acting as the owner; undone afterwards."""
    with django_db_blocker.unblock(), rolled_back(owner=True):
        yield MigrationLoader(connection).project_state()


def apply(operation: Wall | WallForeignKey, state: ProjectState, *, backwards: bool = False) -> None:
    act = operation.database_backwards if backwards else operation.database_forwards
    with connection.schema_editor() as editor:
        act("cases", editor, state, state)


def faults_of_the_victim_s_table() -> list[str]:
    return [fault for fault in faults() if fault.startswith("cases_victim: ")]


def test_a_wall_comes_down_and_goes_up_again(state: ProjectState) -> None:
    assert faults_of_the_victim_s_table() == []
    apply(Wall("Victim"), state, backwards=True)
    [table] = [relation for relation in relations("r") if relation.name == "cases_victim"]
    assert not table.row_security
    assert not table.forced
    assert {key.target for key in foreign_keys("cases_victim")} == {"accounts_organization"}
    assert ("organization_id", "id") not in [key.columns for key in unique_keys("cases_victim")]
    apply(Wall("Victim"), state)
    assert faults_of_the_victim_s_table() == []


def test_a_key_that_came_later_is_walled_by_itself(state: ProjectState) -> None:
    apply(WallForeignKey("Victim", "case"), state, backwards=True)
    assert faults_of_the_victim_s_table() == ["cases_victim: case_id has no composite foreign key"]
    apply(WallForeignKey("Victim", "case"), state)
    assert faults_of_the_victim_s_table() == []


def test_a_tenant_key_points_to_a_tenant_model(monkeypatch: pytest.MonkeyPatch) -> None:
    field = Victim._meta.get_field("case")
    assert isinstance(field, TenantForeignKey)
    assert field.check() == []
    monkeypatch.setattr(field.remote_field, "model", Organization)
    monkeypatch.delitem(field.__dict__, "related_model", raising=False)
    assert "accounts.E001" in [problem.id for problem in field.check()]
    monkeypatch.delitem(field.__dict__, "related_model", raising=False)
