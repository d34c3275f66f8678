"""A restore while somebody works is refused, and what waited to be sent in the backup is sent by nobody."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.accounts.backup.installation import Installation

FILL = "from letters.management.drill.filling import Filling; Filling().release(2)"
LOOK = """
from accounts.models import Organization
from accounts.tenancy import organization
from letters.delivery import due_dispatches
from letters.models import Dispatch
with organization(Organization.objects.get(slug="drill").pk):
    print(*Dispatch.objects.values_list("state", flat=True), len(list(due_dispatches())))
"""


@pytest.fixture(scope="module")
def waiting(folder: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """The backup of an installation with two letters in the outbox that are due."""
    with django_db_blocker.unblock():
        connection.ensure_connection()  # holds the embedded server until the session's end
    made = Installation(f"test_backup_{os.getpid()}_waiting", folder / "waiting")
    try:
        made.python(f"call_command('migrate', verbosity=0); {FILL}")
        assert made.python(LOOK) == "queued queued 2\n"
        assert made.manage("backup", folder / "of-waiting").returncode == 0
        yield folder / "of-waiting"
    finally:
        made.drop()


@pytest.fixture
def target(folder: Path) -> Iterator[Installation]:
    """An installation that is migrated and empty, as on the first day."""
    made = Installation(f"test_backup_{os.getpid()}_busy", folder / "busy")
    try:
        made.python("call_command('migrate', verbosity=0)")
        yield made
    finally:
        made.drop()


def test_a_restore_is_refused_while_the_application_works_and_holds_what_waited(
    waiting: Path, target: Installation
) -> None:
    with target.connect(application=True):
        refused = target.manage("restore", waiting)
    assert refused.returncode == 1
    assert "systemctl stop redress.target" in refused.stderr
    restored = target.manage("restore", waiting)
    assert restored.returncode == 0, restored.stderr
    assert target.python(LOOK) == "uncertain uncertain 0\n"
    assert target.manage("verify_audit").returncode == 0
