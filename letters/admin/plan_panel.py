"""The plan on a case's page: every report with the reason, where it stands, and what it waits for."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import Verb
from accounts.rules import can
from accounts.signed_in import signed_in
from cases.admin.access import open_case
from cases.admin.mending import way_to_mend
from cases.admin.panels import CasePage
from cases.case_file import CaseFile
from letters.actions.ask_letters import ask_case_letters
from letters.admin.words import next_step, status_words
from letters.reports import CaseReport, Step, case_reports, letters_in_the_making


def context(page: CasePage) -> dict[str, object]:
    """What the panel shows."""
    reports = case_reports(page.file, page.plan)
    making = sum(report.step == Step.MAKING for report in reports)
    return {
        "nexus": page.plan.nexus,
        "reports": [_row(page.file, report) for report in reports],
        "making": making,
        "made": sum(bool(report.letter) for report in reports) - making,
        "may_make": any(report.step == Step.MAKE for report in reports)
        and bool(can(page.user, Verb.CASE_CHANGE, page.case)),
    }


@require_POST
def make(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask for every letter that the plan allows."""
    case = open_case(request, case_id)
    asked = ask_case_letters(case=case, by=signed_in(request))
    being_made = "1 letter is being made." if asked == 1 else f"{asked} letters are being made."
    messages.success(request, being_made if asked else "Every letter that can be made is made.")
    return redirect("workspace:cases_case_change", case.pk)


@require_safe
def progress(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """How many letters are still being made, for the page that waits for them."""
    case = open_case(request, case_id)
    return JsonResponse({"left": letters_in_the_making(case, request.GET.get("agency", ""))})


def _row(file: CaseFile, report: CaseReport) -> dict[str, object]:
    return {
        "report": report,
        "row": report.standing.row,
        "status": status_words(report),
        "next": next_step(report),
        "errors": [(p, way_to_mend(file, p.field)) for p in report.standing.problems if p.severity.value == "error"],
        "warnings": [p for p in report.standing.problems if p.severity.value == "warning"],
    }
