"""Senders that can be killed cheaply: forked from a process that has everything imported. Ends with its standard input.

python -m letters.management.drill.senders COUNT      prints a line with each sender's process id
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time
from contextlib import suppress

import django

_IDLE = 0.02  # seconds


def main(senders: int) -> None:
    """Keep so many senders alive until standard input ends, then end them."""
    django.setup()
    _warm_up()
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


def _warm_up() -> None:
    """Read what a sender reads once in its life, so that a short life is spent on sending."""
    from django.db import connections

    from accounts.tenancy import organization
    from letters.delivery import due_dispatches
    from letters.delivery.claiming import refused
    from letters.models import Dispatch

    for organization_id, dispatch_id in due_dispatches():
        with organization(organization_id):
            refused(Dispatch.objects.get(pk=dispatch_id))
        break
    connections.close_all()


def _fork() -> int:
    pid = os.fork()
    if pid:
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
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
        due = list(due_dispatches())
        random.shuffle(due)
        for organization_id, dispatch_id in due[:20]:
            deliver(organization_id, dispatch_id)
        time.sleep(_IDLE)


if __name__ == "__main__":
    main(int(sys.argv[1]))
