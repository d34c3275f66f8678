"""A report, opened at a door."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest

from accounts.models import User
from accounts.signed_in import signed_in
from cases.admin.access import open_case
from cases.case_file import CaseFile, read_case_file
from cases.models import Case
from cases.plan import PlanRow, build_plan
from letters.enums import LetterState
from letters.models import Letter
from letters.reports import CaseReport, case_reports


@dataclass(frozen=True, slots=True)
class ReportPage:
    """What one report's page is about."""

    case: Case
    file: CaseFile
    report: CaseReport
    user: User

    @property
    def row(self) -> PlanRow:
        """Its row of the plan."""
        return self.report.standing.row

    @property
    def letter(self) -> Letter | None:
        """The letter, drafted or sealed; None while there is none to read."""
        letter = self.report.letter
        return letter if letter and letter.state in (LetterState.DRAFT, LetterState.SEALED) else None


def open_report(request: HttpRequest, case_id: UUID, agency_key: str) -> ReportPage:
    """The report, if its case is open to the person. Raises Http404, also where the plan has no such report."""
    case = open_case(request, case_id)
    file = read_case_file(case.pk)
    report = next((one for one in case_reports(file, build_plan(file)) if one.standing.row.key == agency_key), None)
    if report is None:
        raise Http404
    return ReportPage(case, file, report, signed_in(request))
