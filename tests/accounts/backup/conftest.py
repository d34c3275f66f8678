"""Two organizations with cases, evidence and sealed letters; their backup; and what came out of it elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.accounts.backup.installation import Installation


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the installations of these tests keep what is theirs."""
    return tmp_path_factory.mktemp("installations")


@pytest.fixture(scope="package")
def source(folder: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Installation]:
    """The installation that is backed up."""
    with django_db_blocker.unblock():
        connection.ensure_connection()  # holds the embedded server until the session's end
    made = Installation(f"test_backup_{os.getpid()}_source", folder / "source")
    try:
        lived = made.run("-m", "tests.accounts.backup.life", folder / "out")
        assert lived.returncode == 0, lived.stderr
        yield made
    finally:
        made.drop()


@pytest.fixture(scope="package")
def backup(source: Installation, folder: Path) -> Path:
    """Its backup."""
    done = source.manage("backup", folder / "backup")
    assert done.returncode == 0, done.stderr
    return folder / "backup"


@pytest.fixture(scope="package")
def restored(backup: Path, folder: Path) -> Iterator[Installation]:
    """An installation that was made from the backup, on a server that knows neither its database nor its role."""
    made = Installation(f"test_backup_{os.getpid()}_restored", folder / "restored")
    try:
        done = made.manage("restore", backup)
        assert done.returncode == 0, done.stderr
        yield made
    finally:
        made.drop()
