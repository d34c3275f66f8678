"""Processes that live and end together: each with its lines under its name, each in a session of its own."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, NoReturn

#: Seconds from the first request to end until whatever is left is killed. Celery takes up to 6 s.
PATIENCE = 12.0
_WIDTH = 6  # characters of the longest name
_PR_SET_CHILD_SUBREAPER = 36
_printing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Process:
    """A process that was started, and its name."""

    name: str
    popen: subprocess.Popen[bytes]

    @classmethod
    def start(cls, name: str, command: Sequence[str], *, descriptors: Iterable[int] = ()) -> Process:
        """Start a program, which inherits our environment and these open files. Raises OSError.

        A session of its own keeps a Ctrl-C at the terminal from it: it is told when its turn comes. Should we be
        killed ourselves, the kernel tells it (setpriv), so that nothing is left behind.
        """
        popen = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=tuple(descriptors),
            start_new_session=True,
        )
        assert popen.stdout is not None
        threading.Thread(target=_pass_on, args=(name, popen.stdout), daemon=True).start()
        return cls(name, popen)

    def end(self, deadline: float) -> None:
        """Tell it to end, wait until the deadline (of `time.monotonic`), and kill what is left of its session."""
        self.popen.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.popen.wait(timeout=max(0.0, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()
        with suppress(ChildProcessError):
            while True:  # what it left to us (adopt_orphans)
                os.waitpid(-self.popen.pid, 0)


def end_all(processes: Iterable[Process]) -> None:
    """End one after the other; within PATIENCE, all are gone."""
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        process.end(deadline)


def first_to_end(processes: Iterable[Process]) -> Process | None:
    """The first that has ended by itself, which none should; None while all are alive."""
    return next((process for process in processes if process.popen.poll() is not None), None)


def adopt_orphans() -> None:
    """Make what our processes leave behind our own children, so that `Process.end` can wait for them too.

    One that was killed and is not gone yet still holds the database, which would then be left running.
    """
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def exit_when_told() -> None:
    """Let INT, TERM and HUP leave Python by `SystemExit`, once: what ends then is not interrupted again."""
    for sign in _SIGNS:
        signal.signal(sign, _exit)


_SIGNS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _exit(_signum: int, _frame: object) -> NoReturn:
    for sign in _SIGNS:
        signal.signal(sign, signal.SIG_IGN)
    sys.exit(0)


def say(name: str, line: str) -> None:
    """Print a line under a name; quietly nothing where nobody listens any more."""
    with _printing, suppress(OSError, ValueError):
        sys.stdout.write(f"{name:<{_WIDTH}} | {line.rstrip()}\n")
        sys.stdout.flush()


def _pass_on(name: str, lines: IO[bytes]) -> None:
    with lines:
        for line in lines:
            say(name, line.decode("utf-8", "replace"))
