"""A world of two organizations for each way in which the walls can stand; made once, as every probe is undone."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from config import files
from directory.loading import load
from tests.isolation.switches import Walls, database_wall_down, rolled_back
from tests.probes.world import World, make_world


@pytest.fixture(scope="module", autouse=True)
def private_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Media, vault and outbox of a module's world, in the place of each test's own."""
    folder = tmp_path_factory.mktemp("var")
    media = settings.STORAGES["default"] | {"OPTIONS": {"location": folder / "default"}}
    storages = settings.STORAGES | {"default": media, "vault": files.vault({}, folder / "vault")}
    # How slowly a password is hashed says nothing of who sees what.
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(STORAGES=storages, OUTBOX_DIR=folder / "outbox", PASSWORD_HASHERS=hashers):
        logging.disable(logging.CRITICAL)  # every refusal would be a line, and most answers are one
        yield folder
        logging.disable(logging.NOTSET)


@pytest.fixture(scope="module", params=[Walls.BOTH], ids=lambda walls: walls.value)
def walls(request: pytest.FixtureRequest) -> Walls:
    """The walls that stand; a module that asks for more says so."""
    chosen: Walls = request.param
    return chosen


@pytest.fixture(scope="module")
def world(
    walls: Walls, private_folders: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
    """The world, with only these walls; the application's comes down when its rows are there."""
    with django_db_blocker.unblock(), rolled_back(owner=walls is Walls.APPLICATION):
        if walls is Walls.APPLICATION:
            database_wall_down()
        load()
        made = make_world()
        with walls.only():
            yield made
