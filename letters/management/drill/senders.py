"""Senders that can be killed cheaply: forked from a process that has everything imported. Ends with its standard input.

python -m letters.management.drill.senders COUNT      tells the seconds of one letter, then each sender's process id
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time
from contextlib import suppress
from itertools import islice
from statistics import median

import django

from letters.management.drill.restarting import database_may_be_away
from letters.management.drill.telling import tell

_IDLE = 0.02  # seconds
_MEASURED = 5  # letters


def main(senders: int) -> None:
    """Keep so many senders alive until standard input ends, then end them."""
    django.setup()
    tell(_pace())
    alive: set[int] = set()
    try:
        while not select.select([sys.stdin], [], [], 0.005)[0]:
            alive -= {pid for pid in alive if os.waitpid(pid, os.WNOHANG)[0]}
            while len(alive) < senders:
                alive.add(_fork())
    finally:
        for pid in alive:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _pace() -> float:
    """Seconds that one letter takes; sends a few, which also reads what a sender reads once in its life."""
    from django.db import connections

    from letters.delivery import deliver, due_dispatches

    seconds = []
    for organization_id, dispatch_id in islice(due_dispatches(), _MEASURED):
        begin = time.monotonic()
        deliver(organization_id, dispatch_id)
        seconds.append(time.monotonic() - begin)
    connections.close_all()
    return median(seconds)


def _fork() -> int:
    pid = os.fork()
    if pid:
        tell(pid)
        return pid
    status = 1
    try:
        random.seed()
        _send()
        status = 0
    finally:
        os._exit(status)


def _send() -> None:
    from letters.delivery import deliver, due_dispatches

    parent = os.getppid()
    while os.getppid() == parent:
        with database_may_be_away():
            due = list(due_dispatches())
            random.shuffle(due)
            for organization_id, dispatch_id in due[:20]:
                deliver(organization_id, dispatch_id)
        time.sleep(_IDLE)


if __name__ == "__main__":
    main(int(sys.argv[1]))
