"""Run the drill on the database of the environment, which must be an empty one of its own.

python -m letters.management.drill KILLS [--without-log]
"""

from __future__ import annotations

import argparse
import os
import random
import re
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from letters.management.drill.filling import Filling

_SENDERS = 3
_LIVES = (0.02, 0.4)  # seconds: the shortest and the longest life of a sender
_BATCH = 24  # letters
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
_QUEUED = re.compile(r"cleanup\[1\]: \w+: message-id=(<.*>)$", re.MULTILINE)


@dataclass
class Senders:
    """The senders that are alive, each with the moment at which it is killed."""

    process: subprocess.Popen[str]
    ends: dict[int, float] = field(default_factory=dict)
    kills: int = 0

    def look(self) -> None:
        """Take up the senders that were started since."""
        assert self.process.stdout is not None
        while select.select([self.process.stdout], [], [], 0)[0]:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError("the senders are gone")
            self.ends[int(line)] = time.monotonic() + random.uniform(*_LIVES)

    def kill_due(self) -> None:
        """Kill those whose time has come."""
        for pid, end in list(self.ends.items()):
            if end <= time.monotonic():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    self.kills += 1
                del self.ends[pid]


@dataclass(frozen=True)
class Result:
    """What became of the letters of a drill."""

    kills: int
    letters: int
    lost: int
    duplicates: int
    held: int

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.letters} letters, {self.lost} lost, {self.duplicates} duplicates, "
            f"{self.held} held for a person"
        )


def main() -> int:
    """Run the drill; 1 unless nothing was lost and nothing went twice."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kills", type=int)
    parser.add_argument("--without-log", action="store_true", help="as where the relay's log cannot be read")
    options = parser.parse_args()
    log = Path(os.environ["REDRESS_VAR"]) / "drill.log"
    with _started("sink", str(log)) as sink:
        assert sink.stdout is not None
        os.environ.update(_ENVIRONMENT | {"REDRESS_SMTP_PORT": sink.stdout.readline().strip()})
        if not options.without_log:
            os.environ["REDRESS_RELAY_LOG"] = str(log)
        django.setup()
        result = _drill(options.kills, log)
    sys.stdout.write(f"{result}\n")
    return int(bool(result.lost or result.duplicates or result.kills < options.kills))


def _drill(kills: int, log: Path) -> Result:
    from django.db import connection

    from letters.management.drill.filling import Filling

    name = str(connection.settings_dict["NAME"])
    if not name.startswith(("drill_", "test_")):
        raise SystemExit(f"{name} is no database for a drill; use `make drill-outbox`")
    filling = Filling()
    filling.release(_BATCH)
    deadline = time.monotonic() + 60 + kills / 2
    with _started("senders", str(_SENDERS)) as process:
        senders = Senders(process)
        while senders.kills < kills and time.monotonic() < deadline:
            senders.look()
            senders.kill_due()
            if _open(filling) < _BATCH // 2:
                filling.release(_BATCH)
            time.sleep(0.005)
        while _open(filling) and time.monotonic() < deadline:
            senders.look()
            time.sleep(0.1)
    return _result(filling, senders.kills, log)


def _open(filling: Filling) -> int:
    """How many letters still wait or are on their way."""
    from accounts.tenancy import organization
    from letters.enums import DispatchState
    from letters.models import Dispatch

    moving = [DispatchState.QUEUED.value, DispatchState.SENDING.value, DispatchState.DEFERRED.value]
    with organization(filling.organization.pk):
        return Dispatch.objects.filter(state__in=moving).count()


def _result(filling: Filling, kills: int, log: Path) -> Result:
    from accounts.tenancy import organization
    from letters.models import Dispatch

    taken = Counter(_QUEUED.findall(log.read_text()))
    with organization(filling.organization.pk):
        found = list(Dispatch.objects.values_list("letter__message_id", "state"))
    held = {message_id for message_id, state in found if state == "uncertain"}
    # Neither taken and on record as accepted, nor held for a person: the letter, or the record of it, is lost.
    lost = [m for m, state in found if m not in held and not (state == "accepted" and m in taken)]
    duplicates = sum(times - 1 for times in taken.values())
    return Result(kills, len(found), len(lost), duplicates, len(held))


@contextmanager
def _started(module: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process of the drill, which ends when its standard input does."""
    command = [sys.executable, "-m", f"{_MODULE}.{module}", *arguments]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.communicate(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
