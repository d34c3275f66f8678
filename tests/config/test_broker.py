"""The embedded broker never shows a message that is half written."""

from __future__ import annotations

from pathlib import Path
from queue import Empty
from threading import Event, Thread
from typing import Any

from kombu import Connection

from config import broker

_MESSAGES = 400


def channel(folder: Path) -> Any:
    broker.use()
    options = {"data_folder_in": folder, "data_folder_out": folder, "control_folder": folder / "control"}
    return Connection("filesystem://", transport_options=options).channel()


def test_a_worker_that_looks_all_the_time_reads_every_message_whole(tmp_path: Path) -> None:
    written = Event()
    read: list[Any] = []
    problems: list[Exception] = []

    def look() -> None:
        taking = channel(tmp_path)
        while True:
            last = written.is_set()  # asked first, so that one more look finds what came before
            try:
                read.append(taking._get("work"))
            except Empty:
                if last:
                    return
            except Exception as problem:  # noqa: BLE001  whatever it is, it would end a worker
                problems.append(problem)

    worker = Thread(target=look)
    worker.start()
    giving = channel(tmp_path)
    for number in range(_MESSAGES):
        giving._put("work", {"number": number})
    written.set()
    worker.join(timeout=60)
    assert problems == []
    assert sorted(one["number"] for one in read) == list(range(_MESSAGES))
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []
