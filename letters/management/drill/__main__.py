"""Run the drill on the database of the environment, which must be an empty one of its own.

python -m letters.management.drill KILLS [--restarts N] [--workers] [--without-log]

With restarts it makes its own database, on a server of its own in REDRESS_VAR.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import django
from django.core.management import call_command

from letters.management.drill.counting import Result, count_result, open_letters
from letters.management.drill.killing import Killer
from letters.management.drill.restarting import Restarter, database_may_be_away

if TYPE_CHECKING:
    from letters.management.drill.filling import Filling

_LAST_WAIT = 120  # seconds for what is still to be sent when nobody is killed any more; what is not sent then is lost
_RESTART = 10  # seconds that a restart of the database may cost
_MODULE = "letters.management.drill"
# What the relay's answers and leases take here; in earnest they are minutes.
_ENVIRONMENT = {
    "REDRESS_SMTP_HOST": "127.0.0.1",
    "REDRESS_SMTP_STARTTLS": "no",
    "REDRESS_SMTP_TIMEOUT": "2",
    "REDRESS_OUTBOX_LEASE": "1",
    "REDRESS_OUTBOX_SETTLE": "3",
    "REDRESS_OUTBOX_BACKOFF": "0.2",
    "REDRESS_OUTBOX_ATTEMPTS": "1000",
    "REDRESS_OUTBOX_PER_MINUTE": "1000000",
}


@dataclass(frozen=True)
class Kind:
    """Who sends: how many at once, for how many waiting letters, and their shortest and longest life.

    A life is in units of the measured pace: one letter of a sender, the first letters of a worker. Most die over
    them, a good share between the last look and the relay's answer. `patience` is the seconds that a kill may cost.
    `server_lives` are those of the database between two restarts.
    """

    module: str
    senders: int
    waiting: int
    lives: tuple[float, float]
    server_lives: tuple[float, float]
    patience: float


_SENDERS = Kind("senders", senders=3, waiting=24, lives=(0.5, 3.0), server_lives=(1, 8), patience=2)
_WORKERS = Kind("workers", senders=2, waiting=8, lives=(0.4, 1.6), server_lives=(0.3, 1.5), patience=10)


def main() -> int:
    """Run the drill; 1 unless nothing was lost and nothing went twice."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kills", type=int)
    parser.add_argument("--restarts", type=int, default=0, help="of the database's server, which is then its own")
    parser.add_argument("--workers", action="store_true", help="Celery workers on the broker of the environment")
    parser.add_argument("--without-log", action="store_true", help="as where the relay's log cannot be read")
    options = parser.parse_args()
    log = Path(os.environ["REDRESS_VAR"]) / "drill.log"
    with _started(f"{_MODULE}.sink", str(log)) as sink, _own_server(wanted=options.restarts > 0) as server:
        os.environ.update(_ENVIRONMENT | {"REDRESS_SMTP_PORT": _line(sink)})
        os.environ["REDRESS_QUEUE"] = f"drill-{os.getpid()}"
        if server:  # disks are busy with recovery: a sender that comes late must not meet one that asks the log
            os.environ["REDRESS_OUTBOX_SETTLE"] = "15"
        if not options.without_log:
            os.environ["REDRESS_RELAY_LOG"] = str(log)
        django.setup()
        if server:
            call_command("migrate", verbosity=0)
        kind = _WORKERS if options.workers else _SENDERS
        result = _drill(kind, log, server, kills=options.kills, restarts=options.restarts)
    sys.stdout.write(f"{result}\n")
    enough = result.kills >= options.kills and result.restarts >= options.restarts
    return int(bool(result.lost or result.duplicates or not enough))


@contextmanager
def _own_server(*, wanted: bool) -> Iterator[subprocess.Popen[bytes] | None]:
    """A server that obeys the drill, for the database of the environment."""
    if not wanted:
        yield None
        return
    with _started("config.unsteady", os.environ["REDRESS_VAR"]) as server:
        options = urlencode({"host": _line(server), "port": 5432})
        os.environ["DATABASE_URL"] = f"postgres://redress_owner@/drill_restarts?{options}"
        os.environ.pop("APP_DATABASE_URL", None)
        yield server


def _drill(kind: Kind, log: Path, server: subprocess.Popen[bytes] | None, *, kills: int, restarts: int) -> Result:
    from django.db import connection

    from letters.management.drill.filling import Filling

    name = str(connection.settings_dict["NAME"])
    if not name.startswith(("drill_", "test_")):
        raise SystemExit(f"{name} is no database for a drill; use `make drill-outbox`")
    filling = Filling()
    filling.release(kind.waiting)
    with _started(f"{_MODULE}.{kind.module}", str(kind.senders)) as source:
        pace = float(_line(source))
        killer = Killer(source, _times(pace, kind.lives), kills)
        restarter = Restarter(server, _times(pace, kind.server_lives), restarts)
        patience = 60 + kills * kind.patience + restarts * _RESTART
        _fill((killer, restarter), filling, kind.waiting, deadline=time.monotonic() + patience)
    return count_result(filling.organization.pk, killer.kills, restarter.restarts, log)


def _times(pace: float, lives: tuple[float, float]) -> tuple[float, float]:
    return pace * lives[0], pace * lives[1]


def _fill(troubles: tuple[Killer, Restarter], filling: Filling, waiting: int, *, deadline: float) -> None:
    """See to it that there is something to send while there are troubles, then let the rest be sent."""
    for trouble in troubles:
        trouble.start()
    while any(trouble.is_alive() for trouble in troubles) and time.monotonic() < deadline:
        with database_may_be_away():
            if open_letters(filling.organization.pk) < waiting:
                filling.release(2)
            else:
                time.sleep(0.1)
    for trouble in troubles:
        trouble.stop()
    deadline = time.monotonic() + _LAST_WAIT
    while open_letters(filling.organization.pk) and time.monotonic() < deadline:
        time.sleep(0.1)


@contextmanager
def _started(module: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the drill, which ends when its standard input does."""
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    try:
        yield process
    finally:
        process.communicate(timeout=30)


def _line(process: subprocess.Popen[bytes]) -> str:
    """The next line that a process of the drill tells. RuntimeError where it is gone."""
    assert process.stdout is not None
    line = process.stdout.readline().decode().strip()
    if not line:
        raise RuntimeError("a process of the drill is gone")
    return line


if __name__ == "__main__":
    sys.exit(main())
