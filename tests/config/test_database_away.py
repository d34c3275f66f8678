"""The web while PostgreSQL is stopped and started again under it: it says so kindly, and comes back by itself."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings

from config import embedded, server
from tests.letters.outbox.relay import free_port

STARTS_WITHIN = 120  # seconds, on a machine that is busy with something else

Fetch = Callable[[str], tuple[int, str]]


@pytest.fixture
def place() -> Iterator[embedded.Place]:
    """A server of the test's own."""
    with tempfile.TemporaryDirectory() as folder:
        made = embedded.Place.under(Path(folder))
        server.ensure_running(made)
        yield made
        server.stop(made)


@pytest.fixture
def fetch(place: embedded.Place, child_environment: Callable[[], dict[str, str]]) -> Iterator[Fetch]:
    """Fetches a page from a web on that server as a browser does that was signed in yesterday."""
    options = urlencode({"host": place.sockets, "port": 5432})
    environment = child_environment() | {"DATABASE_URL": f"postgres://redress_owner@/redress?{options}"}
    del environment["APP_DATABASE_URL"]
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, env=environment, cwd=settings.BASE_DIR, check=True)
    with a_web(environment) as port:
        yield lambda path: answer(port, path)


@contextmanager
def a_web(environment: dict[str, str]) -> Iterator[int]:
    """The web as an operator starts it, with one process; yields its port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--workers", "1"]
    command += ["--bind", f"127.0.0.1:{port}", "config.wsgi"]
    process = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=60)


def wait_for(port: int) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        with suppress(OSError):
            answer(port, "/healthz")
            return
        time.sleep(0.1)
    raise AssertionError("the web did not start")


def answer(port: int, path: str) -> tuple[int, str]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as web:
        web.request("GET", path, headers={"Cookie": "sessionid=of-yesterday"})
        response = web.getresponse()
        return response.status, response.read().decode()


def test_the_web_says_that_its_database_is_away_and_comes_back_with_it(fetch: Fetch, place: embedded.Place) -> None:
    for mode in ("fast", "immediate"):
        assert fetch("/readyz") == (200, '{"ready": true, "broker": true}')
        assert fetch("/accounts/login/")[0] == 200
        server.stop(place, mode)
        assert fetch("/readyz") == (503, '{"ready": false, "broker": true}')
        assert fetch("/healthz")[0] == 200
        status, page = fetch("/workspace/")
        assert status == 503
        assert "Try again in a moment." in page
        server.ensure_running(place)
    assert fetch("/readyz")[0] == 200
    assert fetch("/accounts/login/")[0] == 200
