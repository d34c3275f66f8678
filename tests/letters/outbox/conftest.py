"""A counter at an organization without a hold, on the shipped directory; nothing is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from accounts.tenancy import organization as acting_for
from tests.desk import shipped_directory
from tests.letters.outbox.counter import Counter, open_counter
from tests.letters.outbox.relay import Relay, a_relay

__all__ = ["shipped_directory"]


@pytest.fixture
def counter(shipped_directory: None, private_folders: Path) -> Iterator[Counter]:
    with transaction.atomic():
        made = open_counter("north", holding_hours=0)
        with acting_for(made.pk):
            yield Counter(made)
        transaction.set_rollback(True)


@pytest.fixture
def relay(settings: object, tmp_path: Path) -> Iterator[Relay]:
    with a_relay(settings, tmp_path / "mail.log") as started:
        yield started
