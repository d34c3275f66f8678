"""What the first page says of cases."""

from __future__ import annotations

from django.urls import reverse

from accounts.admin.tiles import Tile
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import can
from cases.enums import Outcome
from cases.models import Case, Report
from cases.queries.colleagues import of_nobody


def case_tiles(user: User) -> list[Tile]:
    """The person's cases, those that nobody works on, and for whom numbers are open the numbers."""
    found = []
    if can(user, Verb.CASE_READ):
        found.append(Tile("cases open to you", _count(Case.objects.open_to(user)), _list()))
    if can(user, Verb.CASE_ASSIGN):
        found.append(
            Tile("cases that nobody works on", _count(of_nobody(Case.objects.all())), f"{_list()}?whose=nobody")
        )
    if can(user, Verb.NUMBERS_READ):
        filed = Report.objects.exclude(outcome=Outcome.REFUSED.value)
        found.append(Tile("cases of the organization", _count(Case.objects.all())))
        found.append(Tile("reports filed", _count(filed)))
        found.append(Tile("victims with at least one report", _count(filed.values("case").distinct())))
    return found


def _count(rows: object) -> str:
    return f"{rows.count():,}"  # type: ignore[attr-defined]  # any queryset


def _list() -> str:
    return reverse("workspace:cases_case_changelist")
