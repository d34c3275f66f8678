"""Brokers that can be taken away and brought back, and a real worker on them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings

from config import celery_app
from letters.tasks import sweep_outbox
from tests.conftest import forget_connections
from tests.letters.outbox.relay import free_port


@dataclass
class Embedded:
    """Two folders; taken away, it is empty and nobody but the worker finds it."""

    var: Path
    url: str = "filesystem://localhost"

    @property
    def options(self) -> dict[str, object]:
        queue, control = self._queue, self.var / "broker" / "control"
        return {"data_folder_in": queue, "data_folder_out": queue, "control_folder": control, "polling_interval": 0.05}

    @property
    def _queue(self) -> Path:
        return self.var / "broker" / "queue"

    def start(self) -> None:
        for folder in ("queue", "control"):
            (self.var / "broker" / folder).mkdir(parents=True, exist_ok=True)
        point_at(self.options)

    def stop(self) -> None:
        for message in self._queue.iterdir():
            message.unlink(missing_ok=True)  # the worker may have taken it in this moment
        point_at(self.options | {"data_folder_out": self.var / "nowhere"})


@dataclass
class Redis:
    """A server of the test's own, which keeps nothing on disk."""

    port: int = field(default_factory=free_port)
    options: dict[str, object] = field(
        default_factory=lambda: {"max_retries": 1, "interval_start": 0, "interval_max": 0, "socket_timeout": 5}
    )
    _server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        program = shutil.which("redis-server")
        if program is None:
            pytest.skip("there is no redis-server on this machine (Debian: apt-get install redis-server)")
        command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_until(self._answers)
        point_at(self.options)

    def stop(self) -> None:
        if self._server:
            self._server.kill()
            self._server.wait()

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


Broker = Embedded | Redis


@contextmanager
def on_broker(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start the broker and point this process at it."""
    before = celery_app.conf.broker_transport_options
    monkeypatch.setenv("CELERY_BROKER_URL", broker.url)
    broker.start()
    try:
        yield
    finally:
        broker.stop()
        monkeypatch.delenv("CELERY_BROKER_URL")
        point_at(before)


def point_at(options: dict[str, object]) -> None:
    """Make this process's client read its broker's address and options again."""
    celery_app.conf.broker_transport_options = options
    forget_connections(celery_app)


@contextmanager
def a_worker(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A worker as an operator starts it."""
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool", "solo", "--loglevel", "error"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    smtp = settings.SMTP
    environment |= {
        "REDRESS_SMTP_HOST": smtp["host"],
        "REDRESS_SMTP_PORT": str(smtp["port"]),
        "REDRESS_SMTP_STARTTLS": "no",
        "REDRESS_OUTBOX_PER_MINUTE": "60000",
        "CELERY_BROKER_URL": os.environ["CELERY_BROKER_URL"],
    }
    process = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


def wait_until(true: Callable[[], bool], *, sweeping: bool = False) -> None:
    """Wait for something, a minute at most; meanwhile do as Celery beat does where `sweeping`."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "it took too long"
        if sweeping:
            sweep_outbox()
        time.sleep(0.2)
