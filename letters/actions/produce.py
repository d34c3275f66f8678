"""From an accepted intake to every report of its case: the same steps for the command, pages and the API."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from accounts.models import Organization, User
from accounts.tenancy import organization as acting_for
from cases.actions.take_intake import take_intake
from cases.case_file import read_case_file
from cases.intake import Intake
from cases.plan import build_plan
from directory.queries import agency_names
from letters.actions.ask_letters import ask_letters
from letters.enums import LetterState, ReportStatus
from letters.models import Letter
from letters.plan_file import plan_document
from letters.sealing import make_letter
from letters.standing import Asked, standings
from letters.tasks import make_letter_task


@dataclass(frozen=True, slots=True)
class Produced:
    """The plan as a document (plan.json), and each report with its letter."""

    document: dict[str, Any]
    asked: list[Asked]

    @property
    def blocked(self) -> bool:
        """Whether a rule keeps at least one report from being made."""
        return any(one.standing.status == ReportStatus.BLOCKED for one in self.asked)


class LetterNotMade(RuntimeError):
    """A letter failed or took too long; the message says which and why, without personal data."""


Maker = Callable[[UUID, Iterable[UUID]], None]


def produce_reports(
    intake: Intake, organization: Organization, *, by: User | None, today: date, make: Maker
) -> Produced:
    """Take the intake, work out its plan, and make every letter that its plan allows. Sends nothing.

    `make` is `in_process` or `by_worker`. Raises LetterNotMade.
    """
    with acting_for(organization.pk):
        case = take_intake(intake, by=by, today=today)
        file = read_case_file(case.pk)
        plan = build_plan(file)
        rows = standings(file, plan, organization, proper_names=agency_names(), today=today)
        asked = ask_letters(file, rows, by=by, today=today)
    make(organization.pk, [a.letter.pk for a in asked if a.letter and a.letter.state == LetterState.ASKED])
    with acting_for(organization.pk):
        asked = _made(asked)
        return Produced(plan_document(file, plan, asked, organization=organization.slug), asked)


def in_process(organization_id: UUID, letters: Iterable[UUID]) -> None:
    """Make the letters here, each in a transaction of its own."""
    for letter_id in letters:
        with acting_for(organization_id):
            make_letter(letter_id)


def by_worker(seconds: float) -> Maker:
    """Let a worker make the letters, and wait at most so long for all of them."""

    def make(organization_id: UUID, letters: Iterable[UUID]) -> None:
        waiting = list(letters)
        for letter_id in waiting:
            make_letter_task.delay(str(organization_id), str(letter_id))
        _wait(organization_id, waiting, time.monotonic() + seconds)

    return make


def _wait(organization_id: UUID, letters: list[UUID], deadline: float) -> None:
    while True:
        with acting_for(organization_id):
            left = Letter.objects.filter(pk__in=letters, state=LetterState.ASKED.value).count()
        if not left:
            return
        if time.monotonic() > deadline:
            raise LetterNotMade(f"{left} letters are still waiting for a worker; is one running?")
        time.sleep(0.05)


def _made(asked: list[Asked]) -> list[Asked]:
    letters = Letter.objects.in_bulk([a.letter.pk for a in asked if a.letter])
    made = [replace(a, letter=letters[a.letter.pk]) if a.letter else a for a in asked]
    for one in made:
        if one.letter and one.letter.state == LetterState.FAILED:
            raise LetterNotMade(f"{one.standing.row.key}: {one.letter.failure}")
    return made
