"""`make drill-outbox KILLS=1000`: the outbox under `kill -9`, in a database and a folder that are gone afterwards.

`RESTARTS=100` restarts the database's server as well, which is then the drill's own, in that folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from accounts.ownership import as_owner
from letters.documents.fonts import FONTS, ensure_fonts


class Command(BaseCommand):
    """Exit status 1 unless nothing was lost and nothing went twice."""

    help = "Send letters to a local sink while their senders are killed at random, and count."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say how many kills, and of whom, and how many restarts of the database."""
        parser.add_argument("--kills", type=int, default=1000)
        parser.add_argument("--restarts", type=int, default=0, help="of a PostgreSQL of the drill's own")
        parser.add_argument(
            "--workers",
            action="store_true",
            help="kill Celery workers, woken through the broker that CELERY_BROKER_URL names or the embedded one",
        )
        parser.add_argument("--without-log", action="store_true", help="as where the relay's log cannot be read")

    def handle(self, *_args: Any, kills: int, restarts: int, workers: bool, without_log: bool, **_options: Any) -> None:
        """Make the database, run the drill in a process of its own, and remove the database."""
        command = [sys.executable, "-m", "letters.management.drill", str(kills), "--restarts", str(restarts)]
        command += ["--workers"] * workers + ["--without-log"] * without_log
        with nullcontext() if restarts else _empty_database(), tempfile.TemporaryDirectory() as folder:
            ensure_fonts()  # the installation's: building them for one drill takes half a minute
            (Path(folder) / "fonts").symlink_to(FONTS)
            status = subprocess.call(command, env=_environment(folder), cwd=settings.BASE_DIR)
        sys.exit(status)


@contextmanager
def _empty_database() -> Iterator[None]:
    """A database beside the installation's, for as long as the drill takes."""
    name = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"drill_{os.getpid()}"
    with as_owner():
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        with as_owner():
            connection.creation.destroy_test_db(name, verbosity=0)


def _environment(folder: str) -> dict[str, str]:
    keys = settings.MASTER_KEYS
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": _url(settings.DATABASE_OWNER),
        "APP_DATABASE_URL": _url(settings.DATABASE_APPLICATION),
        "REDRESS_VAR": folder,
        "SECRET_KEY": settings.SECRET_KEY,
        "REDRESS_MASTER_KEYS": " ".join(f"{name}:{b64encode(key).decode()}" for name, key in keys.items()),
    }


def _url(login: dict[str, object]) -> str:
    user, password = (quote(str(login[key]), safe="") for key in ("USER", "PASSWORD"))
    options = {"host": login["HOST"], "port": login["PORT"]}
    return f"postgres://{user}:{password}@/{connection.settings_dict['NAME']}?{urlencode(options)}"
