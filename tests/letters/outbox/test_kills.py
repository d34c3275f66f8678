"""Senders are killed two hundred times: nothing is lost, and nothing goes twice."""

import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.conf import settings

_RESULT = re.compile(r"(\d+) kills, (\d+) letters, (\d+) lost, (\d+) duplicates, (\d+) held for a person")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("kills", "with_log"), [(200, True), (20, False)])
def test_killed_senders_lose_nothing_and_send_nothing_twice(
    child_environment: Callable[[], dict[str, str]], kills: int, with_log: bool
) -> None:
    command = [sys.executable, "-m", "letters.management.drill", str(kills)]
    done = subprocess.run(
        command if with_log else [*command, "--without-log"],
        env=child_environment(),
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
        timeout=400,
        check=False,
    )
    result = _RESULT.search(done.stdout)
    assert result, done.stdout
    killed, letters, lost, duplicates, held = map(int, result.groups())
    assert (done.returncode, lost, duplicates) == (0, 0, 0), done.stdout
    assert killed >= kills
    assert letters > 0
    assert held <= (0 if with_log else letters)
