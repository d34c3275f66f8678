"""`make run`, whole: from an empty database to people who sign in; and nothing is left behind when told to end."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import psutil
from django.conf import settings

from config import embedded
from letters.documents.fonts import FONTS, ensure_fonts

ENDS_WITHIN = 15  # seconds
STARTS_WITHIN = 240  # seconds, on a machine that is busy with something else


def environment(var: Path) -> dict[str, str]:
    """An installation of its own in `var`, with an embedded database; fonts take half a minute, so they are linked."""
    ensure_fonts()
    (var / "fonts").symlink_to(FONTS)
    ours = ("DATABASE_URL", "APP_DATABASE_URL", "CELERY_BROKER_URL", "REDRESS_SITE_URL")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"REDRESS_VAR": str(var), "PORT": "0"}


@contextmanager
def running(var: Path) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The supervisor once it has greeted, and what it said so far; killed where a test fails."""
    given = environment(var)
    for command in ("migrate", "load_directory"):
        subprocess.run(
            [sys.executable, "manage.py", command, "--verbosity", "0"],
            env=given, cwd=settings.BASE_DIR, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    program = [sys.executable, "-m", "config.demo.supervisor"]
    process = subprocess.Popen(program, env=given, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    slow = threading.Timer(STARTS_WITHIN, process.kill)
    slow.start()
    try:
        yield process, said_until(process, "Ctrl-C ends everything")
    finally:
        slow.cancel()
        process.kill()
        process.communicate()


def said_until(process: subprocess.Popen[str], words: str) -> list[str]:
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return lines
    raise AssertionError("".join(lines))


def workspace_status(base_url: str, user: dict[str, Any]) -> int:
    """Sign in as a browser does, and open the workspace; a redirect would show as its page's own address."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    form = browser.open(f"{base_url}/accounts/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    assert token
    fields = {"login": user["email"], "password": user["password"], "csrfmiddlewaretoken": token[1]}
    browser.open(Request(f"{base_url}/accounts/login/", urlencode(fields).encode()))  # noqa: S310 - our own address
    page = browser.open(f"{base_url}/workspace/")
    assert page.url == f"{base_url}/workspace/"
    return int(page.status)


def everybody_below(process: subprocess.Popen[str], var: Path) -> set[psutil.Process]:
    """The supervisor's descendants, and the database server, which is nobody's child."""
    server = embedded.Place.under(var).data
    servers = {one for one in psutil.process_iter(["cmdline"]) if str(server) in (one.info["cmdline"] or [])}
    return {*psutil.Process(process.pid).children(recursive=True), *servers}


def test_the_demo_starts_lets_every_role_in_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with running(tmp_path) as (process, said):
        document = json.loads((tmp_path / "demo.json").read_text())
        base_url = document["base_url"]
        assert f"{base_url}/workspace/" in "".join(said)
        for user in {user["role"]: user for user in reversed(document["users"])}.values():
            assert any(user["email"] in line and user["password"] in line for line in said), user["role"]
            assert workspace_status(base_url, user) == 200, user["role"]
        assert b"Nothing was sent yet" in build_opener().open(f"{base_url}/outbox/").read()

        below = everybody_below(process, tmp_path)
        names = " ".join(word for one in below for word in one.cmdline())
        for program in ("gunicorn", "worker", "beat", "config.demo.sink", "postgres"):
            assert program in names
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=ENDS_WITHIN) == 0
        assert time.monotonic() - began < ENDS_WITHIN
        assert not [one for one in below if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
        assert not (tmp_path / "postgres" / "postmaster.pid").exists()
