"""The audit trail of a case in words: entries about the case, and about all that belongs to it or did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Value

from accounts.models import AuditEntry
from cases.models import Case, Consent, ConsentWithdrawal, Evidence, FormerPart, Report

#: Rows of a case, as pairs of id and agency.
Belongings = QuerySet[Any, tuple[Any, str]]
LONGEST = 200  # entries on one page
_READINGS = ("case.read", "letter.read", "letter.read_draft")

_words: dict[str, str] = {}
_sources: list[Callable[[Case], list[Belongings]]] = []


@dataclass(frozen=True, slots=True)
class Line:
    """An entry, what it says, and the key of the agency that it is about."""

    entry: AuditEntry
    words: str
    agency: str


@dataclass(frozen=True, slots=True)
class Trail:
    """One page of entries, the last first; where there are more, `older` is the number before which they are."""

    lines: list[Line]
    older: int | None


def add_trail(words: Mapping[str, str], belongings: Callable[[Case], list[Belongings]]) -> None:
    """Show entries about an app's own rows of a case too; apps call it when their `admin` is loaded."""
    _words.update(words)
    _sources.append(belongings)


def trail(case: Case, *, readings: bool = True, before: int | None = None) -> Trail:
    """The latest entries, or those before one by its number; without `readings` only what somebody changed or sent."""
    about = _about(case)
    entries = AuditEntry.objects.filter(target_id__in=about)
    if not readings:
        entries = entries.exclude(verb__in=_READINGS)
    if before is not None:
        entries = entries.filter(number__lt=before)
    found = list(entries.select_related("actor").order_by("-number")[: LONGEST + 1])
    lines = [Line(entry, _words.get(entry.verb, entry.verb), about[entry.target_id]) for entry in found[:LONGEST]]
    return Trail(lines, older=lines[-1].entry.number if len(found) > LONGEST else None)


def agencies_of(rows: QuerySet[Any], agency: str = "agency_key") -> Belongings:
    """Ids of rows with the agency that each is about."""
    return rows.order_by().values_list("pk", F(agency))


def _about(case: Case) -> dict[str, str]:
    """Ids of the case and of all that belongs to it or did, each with its agency."""
    first, *others = [rows for source in _sources for rows in source(case)]
    return {str(case.pk): ""} | {str(pk): agency for pk, agency in first.union(*others)}


def _of_cases(case: Case) -> list[Belongings]:
    evidence = Evidence.objects.filter(case=case).order_by().values_list("pk", Value(""))
    filed = [agencies_of(kind.objects.filter(case=case)) for kind in (Consent, ConsentWithdrawal, FormerPart, Report)]
    return [*filed, evidence]


add_trail(
    {
        "case.create": "Case taken in",
        "case.update": "Brought up to date from a file",
        "case.change": "Facts changed",
        "case.read": "Case opened",
        "case.assign": "Made somebody's case",
        "case.unassign": "Taken from somebody",
        "case.share": "Shared with a colleague",
        "case.unshare": "No longer shared",
        "case.ties": "Answer about ties recorded",
        "case.nexus.confirm": "Link to Chinese offenders confirmed",
        "case.nexus.overrule": "Another answer given to the screening",
        "consent.give": "Consent recorded",
        "consent.withdraw": "Consent taken back",
        "evidence.receive": "Evidence received",
        "evidence.describe": "What evidence shows changed",
        "evidence.download": "Evidence downloaded",
        "report.file": "Report filed by its letter",
        "report.correct": "Report corrected",
        "report.record": "Report recorded",
        "report.reference": "Report number entered",
        "report.take_back": "Report taken back",
    },
    _of_cases,
)
