"""No organization reaches another one's rows: by no way that we know, past no wall."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import models

from accounts.actions.organizations import create_organization
from accounts.models import Organization
from accounts.tenancy import NoOrganization, TenantQuerySet, organization
from tests.isolation.probes import PROBES, Pair
from tests.isolation.rows import FACTORIES, make, tenant_models
from tests.isolation.switches import Walls, tenant_keys

EVERY_MODEL = pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model._meta.label)


def rows_of_two_organizations(model: type[models.Model]) -> Pair:
    north = create_organization(slug="north", name="North", by=None)
    south = create_organization(slug="south", name="South", by=None)
    empty = Organization.objects.create(slug="empty", name="Empty")
    with organization(south.id):
        theirs = make(model)
    with organization(north.id):
        ours = make(model)
    return Pair(theirs, ours, empty.id)


@EVERY_MODEL
def test_no_probe_reaches_another_organization(walls: Walls, model: type[models.Model]) -> None:
    pair = rows_of_two_organizations(model)
    seen = [probe for probe in PROBES if not (probe.sql and walls is Walls.APPLICATION)]
    with walls.only(), organization(pair.ours.organization_id):
        assert [probe.name for probe in seen if probe.leaks(pair)] == []


@EVERY_MODEL
def test_every_probe_gets_through_where_no_wall_stands(no_walls: Walls, model: type[models.Model]) -> None:
    pair = rows_of_two_organizations(model)
    with no_walls.only(), organization(pair.ours.organization_id):
        blind = {probe.name for probe in PROBES if not probe.leaks(pair)}
    assert blind == refused_for_another_reason(model)


def refused_for_another_reason(model: type[models.Model]) -> set[str]:
    refused: set[str] = set()
    if getattr(model, "append_only", False):
        # The audit trail refuses changes to everybody; to lock a row or to add one is none.
        adding = {"lock", "create_elsewhere", "bulk_create_elsewhere", "sql_copy"}
        refused |= {probe.name for probe in PROBES if probe.writes} - adding
    if not tenant_keys(model):
        refused |= {"related_forward", "related_prefetch", "related_backward", "related_join", "point_to_their_row"}
    return refused


def test_without_an_organization_nothing_is_read(walls: Walls) -> None:
    rows_of_every_model()
    with walls.only():
        for model in tenant_models():
            assert no_rows_or_no_organization(model, walls)


def no_rows_or_no_organization(model: Any, walls: Walls) -> bool:
    if walls is Walls.DATABASE:
        return not model.objects.exists()
    with pytest.raises(NoOrganization):
        model.objects.exists()
    return True


def test_an_organization_that_is_none_has_no_rows(walls: Walls) -> None:
    rows_of_every_model()
    with walls.only(), organization(uuid.uuid4()):
        assert [model._meta.label for model in tenant_models() if model._default_manager.exists()] == []


def rows_of_every_model() -> None:
    north = create_organization(slug="north", name="North", by=None)
    with organization(north.id):
        for model in tenant_models():
            make(model)


def test_every_tenant_model_has_a_factory() -> None:
    assert [model._meta.label for model in tenant_models() if model not in FACTORIES] == []


def test_every_manager_of_a_tenant_model_is_filtered() -> None:
    managers: list[Any] = [manager for model in tenant_models() for manager in model._meta.managers]
    for manager in managers:
        if manager.name != "own":  # a person's own memberships, filtered by the person
            assert issubclass(manager._queryset_class, TenantQuerySet)
            with pytest.raises(NoOrganization):
                str(manager.all().query)
