"""Celery workers to be killed, woken through the broker by a sweeper that does not tire. Ends with its standard input.

python -m letters.management.drill.workers COUNT      tells the seconds of a worker's first letters, then the process
                                                      id of each worker that is ready
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import django
from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

from letters.management.drill.restarting import database_may_be_away
from letters.management.drill.telling import tell

# Seconds; in earnest Celery beat sweeps every 30. More often only fills the queue with wake-ups for nothing.
_SWEEP = 1.5
_MEASURED = 3  # letters
_OPTIONS = "--pool solo --without-gossip --without-mingle --without-heartbeat"


@dataclass
class Worker:
    """One worker process; what it says goes to a file, which tells when it is ready."""

    process: subprocess.Popen[bytes]
    said: Path
    told: bool = False

    @classmethod
    def start(cls, number: int) -> Worker:
        """Start one as an operator does."""
        said = settings.VAR_DIR / f"worker-{number}.log"
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", *_OPTIONS.split()]
        command += ["--hostname", f"{number}@drill"]
        told = os.environ | {"REDRESS_LOG_LEVEL": "INFO"}  # it tells that it is ready, and each task that is done
        with said.open("wb") as log:
            process = subprocess.Popen(command, env=told, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        return cls(process, said)

    def is_ready(self) -> bool:
        """Whether it takes tasks."""
        return b" ready." in self.said.read_bytes()

    def tasks_done(self) -> int:
        """How many tasks it has done."""
        return self.said.read_bytes().count(b" succeeded in ")

    def tell_when_ready(self) -> None:
        """Tell its process id, once."""
        if not self.told and self.is_ready():
            self.told = True
            tell(self.process.pid)

    def end(self) -> None:
        """Kill it and wait until it is gone."""
        self.process.kill()
        self.process.wait()


def main(workers: int) -> None:
    """Keep so many workers alive, and sweep, until standard input ends; then end them and empty the queue."""
    django.setup()
    tell(_pace())
    numbers, alive = count(1), list[Worker]()
    try:
        for _ in _sweeps():
            alive = [worker for worker in alive if worker.process.poll() is None]
            alive += [Worker.start(next(numbers)) for _ in range(workers - len(alive))]
            for worker in alive:
                worker.tell_when_ready()
    finally:
        for worker in alive:
            worker.end()
        _remove_queue()


def _pace() -> float:
    """Seconds in which a fresh worker does its first tasks: the first is slow, because nothing is read yet."""
    worker, begin = Worker.start(0), 0.0
    for _ in _sweeps():
        if worker.is_ready():
            begin = begin or time.monotonic()
        if worker.tasks_done() >= _MEASURED:
            break
    worker.end()
    return time.monotonic() - begin


def _sweeps() -> Iterator[None]:
    """Sweep again and again, with time between for other work, until standard input ends."""
    from letters.tasks import sweep_outbox

    due = 0.0
    while not select.select([sys.stdin], [], [], 0.01)[0]:
        if time.monotonic() > due:
            with suppress(OperationalError), database_may_be_away():  # nor need the broker be there
                sweep_outbox()
            due = time.monotonic() + _SWEEP
        yield


def _remove_queue() -> None:
    with current_app.connection_for_write() as broker:
        queue = current_app.amqp.queues[current_app.conf.task_default_queue].bind(broker.default_channel)
        queue.declare()  # some brokers' clients remove only what they know of
        queue.delete()


if __name__ == "__main__":
    main(int(sys.argv[1]))
