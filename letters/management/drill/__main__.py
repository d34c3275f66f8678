"""Run the drill on the database of the environment, which must be an empty one of its own.

python -m letters.management.drill KILLS [--workers] [--without-log]
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

import django

from letters.management.drill.counting import Result, count_result, open_letters
from letters.management.drill.killing import Killer

if TYPE_CHECKING:
    from letters.management.drill.filling import Filling

_LAST_WAIT = 120  # seconds for what is still to be sent when nobody is killed any more; what is not sent then is lost
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
    """

    module: str
    senders: int
    waiting: int
    lives: tuple[float, float]
    patience: float


_SENDERS = Kind("senders", senders=3, waiting=24, lives=(0.5, 3.0), patience=2)
_WORKERS = Kind("workers", senders=2, waiting=8, lives=(0.4, 1.6), patience=10)


def main() -> int:
    """Run the drill; 1 unless nothing was lost and nothing went twice."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kills", type=int)
    parser.add_argument("--workers", action="store_true", help="Celery workers on the broker of the environment")
    parser.add_argument("--without-log", action="store_true", help="as where the relay's log cannot be read")
    options = parser.parse_args()
    log = Path(os.environ["REDRESS_VAR"]) / "drill.log"
    with _started("sink", str(log)) as sink:
        assert sink.stdout is not None
        os.environ.update(_ENVIRONMENT | {"REDRESS_SMTP_PORT": sink.stdout.readline().decode().strip()})
        os.environ["REDRESS_QUEUE"] = f"drill-{os.getpid()}"
        if not options.without_log:
            os.environ["REDRESS_RELAY_LOG"] = str(log)
        django.setup()
        result = _drill(_WORKERS if options.workers else _SENDERS, options.kills, log)
    sys.stdout.write(f"{result}\n")
    return int(bool(result.lost or result.duplicates or result.kills < options.kills))


def _drill(kind: Kind, kills: int, log: Path) -> Result:
    from django.db import connection

    from letters.management.drill.filling import Filling

    name = str(connection.settings_dict["NAME"])
    if not name.startswith(("drill_", "test_")):
        raise SystemExit(f"{name} is no database for a drill; use `make drill-outbox`")
    filling = Filling()
    filling.release(kind.waiting)
    with _started(kind.module, str(kind.senders)) as source:
        killer = Killer(source, kind.lives, kills)
        killer.start()
        _fill(killer, filling, kind.waiting, deadline=time.monotonic() + 60 + kills * kind.patience)
    return count_result(filling.organization.pk, killer.kills, log)


def _fill(killer: Killer, filling: Filling, waiting: int, *, deadline: float) -> None:
    """See to it that there is something to send while senders are killed, then let the rest be sent."""
    while killer.is_alive() and time.monotonic() < deadline:
        if open_letters(filling.organization.pk) < waiting:
            filling.release(2)
        else:
            time.sleep(0.1)
    killer.stop()
    deadline = time.monotonic() + _LAST_WAIT
    while open_letters(filling.organization.pk) and time.monotonic() < deadline:
        time.sleep(0.1)


@contextmanager
def _started(module: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the drill, which ends when its standard input does."""
    command = [sys.executable, "-m", f"{_MODULE}.{module}", *arguments]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    try:
        yield process
    finally:
        process.communicate(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
