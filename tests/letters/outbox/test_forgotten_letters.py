"""A letter whose wake-up was lost is made all the same, and made once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from accounts.actions.organizations import create_organization
from accounts.models import AuditEntry, Organization
from accounts.tenancy import organization as acting_for
from config import celery_app
from directory.loading import load
from letters import sealing
from letters.actions.produce import produce_reports
from letters.delivery import forgotten_letters
from letters.models import Letter
from letters.sealing import make_letter
from letters.tasks import make_letter_task, sweep_letters
from tests.desk import TODAY, Desk
from tests.intakes import chinese, consent


@pytest.fixture
def asked(transactional_db: None) -> Organization:
    """An organization with one case whose letters were asked for, and nobody was told."""
    load()
    north = create_organization(
        slug="north", name="North", by=None, sending_email="a@north.example.org", reply_email="b@north.example.org"
    )
    with acting_for(north.pk):
        intake = Desk(north).read(chinese(consents=[consent("cn-embassy-us")]))
    produce_reports(intake, north, by=None, today=TODAY, make=lambda _organization, _letters: None)
    return north


def asked_ago(organization: Organization, **ago: float) -> None:
    with acting_for(organization.pk):
        Letter.objects.update(asked_at=timezone.now() - timedelta(**ago))


def test_a_letter_is_forgotten_a_minute_after_it_was_asked_for(asked: Organization) -> None:
    asked_ago(asked, seconds=55)
    assert not list(forgotten_letters())
    asked_ago(asked, seconds=61)
    with acting_for(asked.pk):
        letters = set(Letter.objects.values_list("pk", flat=True))
    assert set(forgotten_letters()) == {(asked.pk, letter) for letter in letters}
    assert letters


def test_a_letter_that_was_made_or_failed_is_not_forgotten(asked: Organization) -> None:
    asked_ago(asked, minutes=5)
    with acting_for(asked.pk):
        Letter.objects.update(state="failed", failure="for this test")
    assert not list(forgotten_letters())


def test_the_clock_sends_a_worker_to_every_forgotten_letter(
    asked: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_ago(asked, minutes=5)
    monkeypatch.setitem(celery_app.conf, "task_always_eager", True)
    schedule = {entry["task"] for entry in celery_app.conf.beat_schedule.values()}
    assert sweep_letters.name in schedule
    sweep_letters.delay()
    with acting_for(asked.pk):
        states = dict(Letter.objects.values_list("agency_key", "state"))
    assert states["cn-embassy-us"] == "sealed"
    assert set(states.values()) == {"sealed", "draft"}


def test_two_workers_make_one_letter_once_and_a_letter_in_work_is_not_forgotten(asked: Organization) -> None:
    asked_ago(asked, minutes=5)
    with acting_for(asked.pk):
        letter = Letter.objects.get(agency_key="cn-embassy-us")
    other = threading.Thread(target=_make, args=(asked, letter))
    with acting_for(asked.pk):
        made = make_letter(letter.pk)
        other.start()  # waits for the lock
        found = _in_a_thread(lambda: {pk for _, pk in forgotten_letters()})
        assert letter.pk not in found
        assert found
    other.join(timeout=60)
    assert not other.is_alive()
    with acting_for(asked.pk):
        assert Letter.objects.get(pk=letter.pk).document_sha256 == made.document_sha256
        assert AuditEntry.objects.filter(verb="letter.sealed", target_id=str(letter.pk)).count() == 1


class Killed(BaseException):
    """What a kill leaves of a try: nothing that it did itself."""


def test_a_letter_that_ends_its_worker_five_times_is_given_up_and_says_what_to_do(
    asked: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_letter: Letter, _facts: object) -> None:
        raise Killed

    monkeypatch.setattr(sealing, "_make", killed)
    with acting_for(asked.pk):
        letter = Letter.objects.get(agency_key="cn-embassy-us")
    for _ in range(5):
        asked_ago(asked, minutes=5)
        assert (asked.pk, letter.pk) in set(forgotten_letters())
        with pytest.raises(Killed):
            make_letter_task(str(asked.pk), str(letter.pk))
    make_letter_task(str(asked.pk), str(letter.pk))
    with acting_for(asked.pk):
        letter.refresh_from_db()
        assert AuditEntry.objects.filter(verb="letter.failed", target_id=str(letter.pk)).count() == 1
    assert letter.state == "failed"
    assert "produce the reports again" in letter.failure
    assert letter.pk not in {pk for _, pk in forgotten_letters()}


def _make(organization: Organization, letter: Letter) -> None:
    make_letter_task(str(organization.pk), str(letter.pk))
    connection.close()


def _in_a_thread(ask: Callable[[], set[UUID]]) -> set[UUID]:
    found: set[UUID] = set()

    def work() -> None:
        found.update(ask())
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(timeout=30)
    return found
