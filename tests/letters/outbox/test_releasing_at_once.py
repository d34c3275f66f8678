"""Two people release one letter at the same moment."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.tenancy import organization as acting_for
from letters.actions.releases import ReleaseRefused
from letters.models import Dispatch, Release
from tests.letters.outbox.live import live_counter


@pytest.mark.django_db(transaction=True)
def test_it_goes_out_once_and_the_second_is_told(private_folders: Path) -> None:
    counter = live_counter()
    with acting_for(counter.organization.pk):
        letter = counter.approved()
    both, ends = Barrier(2), []

    def release() -> None:
        both.wait(timeout=30)
        try:
            with acting_for(counter.organization.pk):
                counter.release(letter)
            ends.append("released")
        except (ReleaseRefused, ValidationError):
            ends.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=release) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(ends) == ["refused", "released"]
    with acting_for(counter.organization.pk):
        assert (Release.objects.count(), Dispatch.objects.count()) == (1, 1)
