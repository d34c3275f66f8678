"""Figures carry no marks: so nothing that another organization does may change what a person sees, counts included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from django.db.models import QuerySet

from accounts.tenancy import organization
from tests.isolation.switches import Walls
from tests.probes.actors import ACTORS, AWAY, OURS, Actor
from tests.probes.addresses import every_address
from tests.probes.cases import marked_case
from tests.probes.probes import Probe
from tests.probes.probing import Prober, plain
from tests.probes.world import World

Seen = dict[str, object]

pytestmark = pytest.mark.parametrize(
    "walls", [Walls.BOTH, Walls.APPLICATION, Walls.DATABASE], ids=lambda walls: walls.value, indirect=True
)
_ACTORS = [actor for actor in ACTORS if actor.is_member or actor.duty]


def own_pages(world: World, actor: Actor) -> Iterator[Probe]:
    """Every page that the person finds without another's id, of ours: those that could count."""
    for address in every_address():
        if address.template.startswith("workspace/") and set(address.parameters) <= {"case_id"}:
            yield Probe(actor, address, "GET", OURS, OURS)


def seen_by(world: World, actor: Actor) -> Seen:
    prober = Prober(world)
    return {str(probe): plain(prober.answer(probe), prober.path(probe)) for probe in own_pages(world, actor)}


def changed_by(world: World, actor: Actor, doing: Callable[[], object]) -> list[str]:
    before = seen_by(world, actor)
    with transaction.atomic():
        doing()
        after = seen_by(world, actor)
        transaction.set_rollback(True)
    return [page for page, answer in before.items() if after[page] != answer]


def another_case_away(world: World) -> None:
    caseworker, director = world.people["foreign caseworker"], world.people["foreign director"]
    with organization(world.away.pk):
        marked_case(world.organizations[AWAY], caseworker, director, partial(world.marks.word, whose=AWAY, audience=()))


@pytest.mark.parametrize("actor", _ACTORS, ids=lambda actor: actor.name)
def test_another_organization_s_work_changes_no_page(world: World, actor: Actor) -> None:
    assert changed_by(world, actor, partial(another_case_away, world)) == []


def test_a_figure_that_counts_all_organizations_is_found(world: World, walls: Walls) -> None:
    def of_everybody(rows: QuerySet[Any]) -> str:
        return str(QuerySet(rows.model).count())

    analyst = next(actor for actor in ACTORS if actor.name == "analyst")
    with patch("cases.admin.tiles._count", of_everybody):
        found = changed_by(world, analyst, partial(another_case_away, world))
    # Behind it stands the database, unless that is the wall that is down.
    assert bool(found) is (walls is Walls.APPLICATION)
