"""Senders are killed two hundred times, many at the final dot, and the database restarts under others.

Nothing is lost, and nothing goes twice.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.conf import settings

_RESULT = re.compile(
    r"(\d+) restarts of the database, (\d+) attempts begun again\n"
    r"(\d+) attempts were broken off .*\n"
    r"(\d+) kills, (\d+) letters, (\d+) lost, (\d+) duplicates, (\d+) held for a person\n$"
)


@dataclass(frozen=True)
class Drilled:
    restarts: int
    begun_again: int
    at_the_dot: int
    kills: int
    letters: int
    lost: int
    duplicates: int
    held: int


@pytest.fixture
def drill(transactional_db: None, child_environment: Callable[[], dict[str, str]]) -> Callable[..., Drilled]:
    """Runs the drill on the test's database and reads its last two lines; its own verdict has to be the same."""

    def run(*arguments: str, **environment: str) -> Drilled:
        done = subprocess.run(
            [sys.executable, "-m", "letters.management.drill", *arguments],
            env=child_environment() | environment,
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            text=True,
            timeout=400,
            check=False,
        )
        found = _RESULT.search(done.stdout)
        assert found, done.stdout
        result = Drilled(*map(int, found.groups()))
        assert done.returncode == bool(result.lost or result.duplicates or result.kills < int(arguments[0]))
        return result

    return run


def test_killed_senders_lose_nothing_and_send_nothing_twice(drill: Callable[..., Drilled]) -> None:
    result = drill("150")
    assert result.kills >= 150
    assert (result.lost, result.duplicates, result.held) == (0, 0, 0)
    assert result.at_the_dot > 0, "without kills at the final dot the zeros prove little"


def test_without_a_log_what_nobody_can_tell_is_held_for_a_person(drill: Callable[..., Drilled]) -> None:
    result = drill("50", "--without-log")
    assert result.kills >= 50
    assert (result.lost, result.duplicates) == (0, 0)
    assert 0 < result.held == result.at_the_dot < result.letters


def test_a_database_that_stops_and_crashes_under_its_senders_loses_nothing_and_sends_nothing_twice(
    drill: Callable[..., Drilled],
) -> None:
    result = drill("0", "--restarts", "4")  # two in good order, two by a crash; on a server of the drill's own
    assert result.restarts == 4
    assert (result.lost, result.duplicates, result.held) == (0, 0, 0)
    assert result.begun_again > 0, "without restarts in the middle of attempts the zeros prove little"
