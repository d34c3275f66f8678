"""The embedded PostgreSQL of an installation without DATABASE_URL: there while a process uses it.

Every process that uses the server holds a shared lock on one file, which the kernel lets go however
the process ends; the last one to leave stops the server.
"""

import atexit
import fcntl
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO

from config import server
from config.server import Place

__all__ = ["Place", "hold", "revive"]

_held: dict[Path, IO[str]] = {}
_guard = threading.Lock()


def hold(place: Place) -> None:
    """Start the server unless it runs, and keep it running until this process leaves. Thread-safe, cheap when held."""
    with _guard:
        if place.data in _held:
            return
        place.data.parent.mkdir(parents=True, exist_ok=True)
        with _locked_door(place):
            _held[place.data] = place.users.open("a")
            fcntl.flock(_held[place.data], fcntl.LOCK_SH)
            try:
                server.ensure_running(place)
            except BaseException:
                _let_go(place)
                raise
        atexit.register(_leave, place, os.getpid())
        _exit_when_told()


def revive(place: Place) -> None:
    """Start the server again where it died under those who hold it; whoever needs it next is the one to notice."""
    with _guard, _locked_door(place):
        server.ensure_running(place)


def _leave(place: Place, pid: int) -> None:
    """Let go at the end of the process. A forked child leaves that to its parent."""
    if os.getpid() == pid and place.data in _held:
        with _locked_door(place):
            _let_go(place)


def _let_go(place: Place) -> None:
    """Stop the server where nobody else holds it. Call behind the locked door: lock conversion is not atomic."""
    with _held.pop(place.data) as users, suppress(OSError):
        fcntl.flock(users, fcntl.LOCK_UN)
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        server.stop(place)


@contextmanager
def _locked_door(place: Place) -> Iterator[None]:
    with place.door.open("a") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def _exit_when_told() -> None:
    """Without this, SIGTERM and SIGHUP end Python without `atexit`, and the server is left behind."""
    if threading.current_thread() is threading.main_thread():
        for sign in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(sign) is signal.SIG_DFL:
                signal.signal(sign, _exit)


def _exit(signum: int, _frame: FrameType | None) -> None:
    sys.exit(128 + signum)
