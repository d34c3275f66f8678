"""A PostgreSQL of its own in a folder, stopped and started again when told: what the outbox is drilled on.

python -m config.unsteady FOLDER      tells the folder of its socket, then a line after each restart

A line of standard input is how to stop: `fast`, or `immediate`, which is a crash. Ends with its standard input.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from config import embedded, server

_AWAY = 0.5  # seconds at most between stop and start


def main(folder: Path) -> None:
    """Serve until standard input ends; the last to leave stops the server."""
    place = embedded.Place.under(folder)
    embedded.hold(place)
    _tell(str(place.sockets))
    for line in sys.stdin:
        restart(place, line.strip())
        _tell("running")


def restart(place: embedded.Place, mode: str) -> None:
    """Stop the server and start it again a moment later. RuntimeError where it does not stop."""
    server.stop(place, mode)
    if (place.data / "postmaster.pid").exists():
        raise RuntimeError(f"the server did not stop ({mode})")
    time.sleep(random.uniform(0, _AWAY))
    server.ensure_running(place)


def _tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
