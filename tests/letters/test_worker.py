"""A worker as a process of its own makes the same letters through the same code."""

import subprocess

import pytest

from accounts.actions.organizations import create_organization
from accounts.tenancy import organization as acting_for
from directory.loading import load
from letters.actions.produce import LetterNotMade, by_worker, produce_reports
from letters.models import Letter
from tests.desk import TODAY, Desk
from tests.intakes import chinese, consent


def test_a_worker_renders_and_signs_and_the_command_waits_for_it(worker: "subprocess.Popen[bytes]") -> None:
    load()
    north = create_organization(
        slug="north", name="North", by=None, sending_email="a@north.example.org", reply_email="b@north.example.org"
    )
    with acting_for(north.pk):
        intake = Desk(north).read(chinese(consents=[consent("cn-embassy-us")]))
    produced = produce_reports(intake, north, by=None, today=TODAY, make=by_worker(seconds=120))
    made = {one.standing.row.key: one.letter for one in produced.asked if one.letter}
    assert made["cn-embassy-us"].state == "sealed"
    assert made["cn-government-mailbox"].state == "draft"
    assert worker.poll() is None


@pytest.mark.django_db(transaction=True)
def test_without_a_worker_the_command_says_so_and_the_letters_wait() -> None:
    load()
    north = create_organization(
        slug="north", name="North", by=None, sending_email="a@north.example.org", reply_email="b@north.example.org"
    )
    with acting_for(north.pk):
        intake = Desk(north).read(chinese())
    with pytest.raises(LetterNotMade, match="is one running"):
        produce_reports(intake, north, by=None, today=TODAY, make=by_worker(seconds=0.2))
    with acting_for(north.pk):
        assert {letter.state for letter in Letter.objects.all()} == {"asked"}
