"""Killing senders, each at a random moment of a life that is about as long as a letter takes."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import time
from contextlib import suppress
from threading import Event, Thread


class Killer(Thread):
    """Kills so many senders, each after a random time between the two `lives`, in seconds.

    A thread of its own, so that making letters keeps no sender alive. `source` tells the process id of each sender
    as it starts.
    """

    def __init__(self, source: subprocess.Popen[bytes], lives: tuple[float, float], wanted: int) -> None:
        super().__init__(daemon=True)
        self.kills = 0
        self._source, self._lives, self._wanted = source, lives, wanted
        self._ends: dict[int, float] = {}
        self._enough = Event()

    def run(self) -> None:
        """Kill until there were enough, or the senders are gone."""
        while self.kills < self._wanted and not self._enough.wait(0.002):
            self._look()
            self._kill_due()

    def stop(self) -> None:
        """Kill no more."""
        self._enough.set()
        self.join(timeout=1)  # it may wait for senders that never came

    def _look(self) -> None:
        assert self._source.stdout is not None
        # The pipe has no buffer on our side: what select does not show was not written yet.
        while select.select([self._source.stdout], [], [], 0)[0]:
            self._ends[int(self._line())] = time.monotonic() + random.uniform(*self._lives)

    def _kill_due(self) -> None:
        for pid, end in list(self._ends.items()):
            if end <= time.monotonic() and self.kills < self._wanted:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    self.kills += 1
                del self._ends[pid]

    def _line(self) -> bytes:
        assert self._source.stdout is not None
        line = self._source.stdout.readline()
        if not line:
            raise RuntimeError("the senders are gone")
        return line
