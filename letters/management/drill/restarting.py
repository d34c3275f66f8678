"""Having the database's server stopped and started again at random moments, in good order and by a crash in turn."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from threading import Event, Thread

from django.db import InterfaceError, OperationalError, connection

_PAUSE = 0.05  # seconds before the database is asked again


class Restarter(Thread):
    """Restarts `server` (config.unsteady) so many times, each after a random time between the two `lives`, in seconds.

    A thread of its own: nobody waits for a good moment.
    """

    def __init__(self, server: subprocess.Popen[bytes] | None, lives: tuple[float, float], wanted: int) -> None:
        super().__init__(daemon=True)
        self.restarts = 0
        self._server, self._lives, self._wanted = server, lives, wanted
        self._enough = Event()

    def run(self) -> None:
        """Restart until it was often enough."""
        for mode in islice(cycle(("fast", "immediate")), self._wanted):
            if self._enough.wait(random.uniform(*self._lives)):
                return
            self._restart(mode)
            self.restarts += 1

    def stop(self) -> None:
        """Restart no more, and wait until the server runs."""
        self._enough.set()
        self.join()
        connection.close()  # it may be to a server that is gone

    def _restart(self, mode: str) -> None:
        assert self._server is not None
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(f"{mode}\n".encode())
        if not self._server.stdout.readline():
            raise RuntimeError("the server is gone")


@contextmanager
def database_may_be_away() -> Iterator[None]:
    """Do as a worker does: what needed the database is left, and what comes next has a new connection."""
    try:
        yield
    except (OperationalError, InterfaceError):
        connection.close()
        time.sleep(_PAUSE)
