"""How much memory a worker and its renderer hold while they make a case's letters, run as a process of its own.

It loads what a Celery worker loads. Counted is the proportional set size of the process and all below it (a page
that several share counts once), at its highest.
"""

import os
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil


def main_of_worker() -> None:
    """Print the bytes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.celery import app

    app.loader.import_default_modules()
    from accounts.certificates import self_signed
    from benchmarks.case import whole_set
    from benchmarks.whole_path import whole_path

    key = self_signed("Example Aid Society", datetime.now(UTC))
    highest, done = [0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(highest, done))
    watcher.start()
    for facts in whole_set():
        whole_path(facts, key)
    done.set()
    watcher.join()
    print(highest[0])


def _watch(highest: list[int], done: threading.Event) -> None:
    me = psutil.Process()
    while not done.is_set():
        highest[0] = max(highest[0], sum(_share(process.pid) for process in [me, *me.children(recursive=True)]))
        time.sleep(0.02)


def _share(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (ProcessLookupError, FileNotFoundError):
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    main_of_worker()
