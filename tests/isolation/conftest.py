"""Two organizations with rows, and the walls up or down."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.isolation.switches import Walls, database_wall_down, foreign_keys_down, rolled_back


@pytest.fixture(params=[Walls.BOTH, Walls.APPLICATION, Walls.DATABASE], ids=lambda walls: walls.value)
def walls(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Walls]:
    """The walls that stand: both, or one of them. The application's comes down with ``walls.only()``."""
    walls: Walls = request.param
    with django_db_blocker.unblock(), rolled_back(owner=walls is Walls.APPLICATION):
        if walls is Walls.APPLICATION:
            database_wall_down()
        yield walls


@pytest.fixture
def no_walls(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Walls]:
    """Nothing stands, composite foreign keys included: here every probe must get through."""
    with django_db_blocker.unblock(), rolled_back(owner=True):
        database_wall_down()
        foreign_keys_down()
        yield Walls.NONE
