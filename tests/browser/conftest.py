"""The demo as `make run` starts it, in folders of its own, and a real Chromium that walks through it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

from letters.documents.fonts import FONTS, ensure_fonts

_STARTS_IN = 180  # seconds; on a busy machine the first start makes a database and a dozen letters
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WIDTHS = (1440, 390)


@dataclass
class Demo:
    """A running demo: where it is, and who can sign in."""

    base_url: str
    users: list[dict[str, Any]]
    pictures: Path

    def user(self, role: str, organization: str = "harborlight") -> dict[str, Any]:
        """The first person with that role."""
        return next(u for u in self.users if u["role"] == role and (u["organization"] or "") in (organization, ""))


@dataclass
class Eye:
    """A page that complains: of broken policies, errors in the console, and what axe finds."""

    page: Page
    demo: Demo
    width: int
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def go(self, path: str) -> None:
        """Open an address of the demo."""
        self.page.goto(f"{self.demo.base_url}{path}")

    def sign_in(self, user: dict[str, Any]) -> None:
        """Sign in as the demo says."""
        self.go("/accounts/login/")
        self.page.fill("input[name=login]", user["email"])
        self.page.fill("input[name=password]", user["password"])
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/workspace/")

    def press(self, name: str) -> None:
        """Press a button, and wait for the page that answers."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()

    def look(self, name: str) -> None:
        """Take a picture, let axe judge, and see that nothing is wider than the screen."""
        path = self.demo.pictures / f"{name}-{self.width}.png"
        try:
            self.page.screenshot(path=path, full_page=True)
        except Error:  # on a busy machine Chromium sometimes has no picture ready in time
            self.page.screenshot(path=path, full_page=True)
        for violation in Axe().run(self.page).response["violations"]:
            places = [node["html"][:120] for node in violation["nodes"][:2]]
            self.complaints.append(f"axe on {name}: {violation['id']}: {violation['help']} {places}")
        if self.page.evaluate("document.documentElement.scrollWidth") > self.width:
            self.complaints.append(f"{name} is wider than {self.width} px")


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """The demo on a free port, from nothing; ended as Ctrl-C ends it. Pictures stay in var/pictures/."""
    with tempfile.TemporaryDirectory(prefix="redress-") as folder:
        var = Path(folder)
        var.chmod(0o755)  # the embedded server runs as another user where we are root
        ensure_fonts()
        (var / "fonts").symlink_to(FONTS)
        process = _started(var)
        try:
            said = _demo_file(var, process)
            pictures = settings.VAR_DIR / "pictures"
            pictures.mkdir(parents=True, exist_ok=True)
            yield Demo(said["base_url"], said["users"], pictures)
            assert process.poll() is None, (var / "said").read_text(errors="replace")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def _started(var: Path) -> subprocess.Popen[bytes]:
    unset = {"DATABASE_URL", "APP_DATABASE_URL", "CELERY_BROKER_URL", "REDRESS_MASTER_KEYS", "SECRET_KEY"}
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {"REDRESS_VAR": str(var), "PORT": "0", "DJANGO_SETTINGS_MODULE": "config.settings"}
    python = [sys.executable, "manage.py"]
    for command in (["migrate", "--verbosity", "0"], ["load_directory", "--verbosity", "0"]):
        subprocess.run([*python, *command], env=environment, cwd=settings.BASE_DIR, check=True, capture_output=True)
    with (var / "said").open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "config.demo.supervisor"],
            env=environment,
            cwd=settings.BASE_DIR,
            stdout=said,
            stderr=subprocess.STDOUT,
        )


def _demo_file(var: Path, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """What var/demo.json says, once the demo greets."""
    deadline = time.monotonic() + _STARTS_IN
    while time.monotonic() < deadline and process.poll() is None:
        said = (var / "said").read_text(errors="replace")
        if (var / "demo.json").exists() and "Ctrl-C" in said:
            found: dict[str, Any] = json.loads((var / "demo.json").read_text())
            return found
        time.sleep(0.2)
    raise AssertionError((var / "said").read_text(errors="replace"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as Debian has it."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=_ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def eye(demo: Demo, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Eye]:
    """A new window in both widths; whatever it complained of fails the test."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    seen = Eye(context.new_page(), demo, request.param)
    yield seen
    context.close()
    assert seen.complaints == []
