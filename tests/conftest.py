"""The ground every test stands on: a database entered as the application, and folders of its own.

The owner makes the database and empties it; every test runs with the application's login, so that
row security holds in tests exactly as it does outside them.
"""

import fcntl
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from psycopg import sql
from pytest_django import DjangoDbBlocker, Settings

from accounts.ownership import as_owner
from config import celery_app, files
from letters.documents.fonts import FONTS, ensure_fonts


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Name the test database after the first free slot, so that two runs at once never share one."""
    folder = django_settings.VAR_DIR / "test-slots"
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        for number in count(1):
            slot = stack.enter_context((folder / str(number)).open("a"))
            try:
                fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            break
        connection.settings_dict["TEST"]["NAME"] = f"test_{connection.settings_dict['NAME']}_{number}"
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Create and migrate the database as its owner; from then on the connection is the application's."""
    with django_db_blocker.unblock():
        with as_owner():
            made = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
        TransactionTestCase._fixture_teardown = empty_tables  # type: ignore[attr-defined]
        yield
        with as_owner():
            teardown_databases(made, verbosity=0)


def empty_tables(_case: object = None) -> None:
    """Empty every table as the owner: the application has no TRUNCATE, and the audit trail refuses it."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = [sql.Identifier(name) for name in names]
    with as_owner():
        with transaction.atomic(), connection.cursor() as cursor:
            for switch in ("DISABLE", "ENABLE"):
                if switch == "ENABLE":
                    cursor.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(tables)))
                for table in tables:
                    cursor.execute(sql.SQL("ALTER TABLE {} {} TRIGGER USER").format(table, sql.SQL(switch)))
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default", apps=apps)


@pytest.fixture(autouse=True)
def private_folders(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep media and vault of each test out of the installation's; returns the folder they are in."""
    folder = tmp_path_factory.mktemp("var")
    media = django_settings.STORAGES["default"] | {"OPTIONS": {"location": folder / "default"}}
    vault = files.vault({}, folder / "vault")
    settings.STORAGES = django_settings.STORAGES | {"default": media, "vault": vault}
    return folder


@pytest.fixture
def child_environment(private_folders: Path) -> Callable[[], dict[str, str]]:
    """A function that returns the environment of a child process on the same database, folders and keys.

    For tests that start a worker or a command; they need `transactional_db`, or the child sees nothing.
    """

    def environment() -> dict[str, str]:
        keys = django_settings.MASTER_KEYS
        fonts = private_folders / "fonts"
        if not fonts.exists():  # they are the installation's: building them takes half a minute
            ensure_fonts()
            fonts.symlink_to(FONTS)
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": _url(django_settings.DATABASE_OWNER),
            "APP_DATABASE_URL": _url(django_settings.DATABASE_APPLICATION),
            "REDRESS_VAR": str(private_folders),
            "SECRET_KEY": django_settings.SECRET_KEY,
            "REDRESS_MASTER_KEYS": " ".join(f"{name}:{b64encode(key).decode()}" for name, key in keys.items()),
        }

    return environment


@pytest.fixture
def worker(
    transactional_db: None, private_folders: Path, child_environment: Callable[[], dict[str, str]]
) -> Iterator["subprocess.Popen[bytes]"]:
    """A real worker as a process of its own, on the test's database, folders and broker."""
    queue, control = (private_folders / "broker" / name for name in ("queue", "control"))
    options = {"data_folder_in": queue, "data_folder_out": queue, "control_folder": control, "polling_interval": 0.05}
    before = celery_app.conf.broker_transport_options
    for folder in (queue, control):
        folder.mkdir(parents=True)
    celery_app.conf.broker_transport_options = options
    forget_connections(celery_app)
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool", "solo", "--loglevel", "error"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]  # one worker has nobody to greet
    process = subprocess.Popen(command, env=child_environment(), cwd=django_settings.BASE_DIR)
    yield process
    process.terminate()
    process.wait(timeout=60)
    celery_app.conf.broker_transport_options = before
    forget_connections(celery_app)


def forget_connections(app: Any) -> None:
    app._after_fork()  # the one way to make Celery read its broker's options again


def _url(login: dict[str, object]) -> str:
    user, password = (quote(str(login[key]), safe="") for key in ("USER", "PASSWORD"))
    options = {"host": login["HOST"], "port": login["PORT"]}
    return f"postgres://{user}:{password}@/{connection.settings_dict['NAME']}?{urlencode(options)}"
