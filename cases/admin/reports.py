"""Reports on a case's page: all there are, one to an agency outside the plan, correcting and taking back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.admin import site
from accounts.admin.acts import Data
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import require
from accounts.signed_in import signed_in
from cases.actions.reports import correct_report, record_report, take_back_report
from cases.admin.access import open_case
from cases.admin.doing import done
from cases.admin.panels import CasePage, Panel, add_panel
from cases.admin.report_forms import OUTCOMES, OtherAgencyForm, form_of
from cases.enums import Channel, Origin, Outcome
from cases.models import Case, Report
from directory.queries import agencies_by_name

_SAID = (
    *("agency_name", "filed_on", "channel", "reference_number"),
    *("outcome", "outcome_reason", "station", "officer"),
)
_TYPES: dict[str, Callable[[str], object]] = {"channel": lambda way: Channel(way) if way else None, "outcome": Outcome}


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record a report to an agency that has no row in the plan."""
    case, user = _case_to_change(request, case_id)
    form = OtherAgencyForm(request.POST or None)
    if form.is_valid() and done(form, partial(_record, case, form.cleaned_data, user)):
        messages.success(request, "The report is recorded.")
        return _back(case)
    return _page(request, case, form, "workspace/cases/report_other.html", f"Another report · {case.number}")


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, case_id: UUID, report_id: UUID) -> HttpResponse:
    """Correct what is recorded of a report."""
    case, user = _case_to_change(request, case_id)
    report = _report(case, report_id)
    form = _correction(report, request.POST or None)
    if form.is_valid() and done(form, partial(_correct, report, form, user)):
        messages.success(request, "The report is corrected.")
        return _back(case)
    return _correcting(request, case, report, form)


@require_POST
def take_back(request: HttpRequest, case_id: UUID, report_id: UUID) -> HttpResponse:
    """Take out a report that was recorded by mistake."""
    case, user = _case_to_change(request, case_id)
    report, asked = _report(case, report_id), Form(request.POST)
    asked.is_valid()
    if done(asked, partial(take_back_report, report=report, by=user)):
        messages.success(request, "The report is taken back. That it was there stays on the trail.")
        return _back(case)
    return _correcting(request, case, report, _correction(report), refused=asked)


def _case_to_change(request: HttpRequest, case_id: UUID) -> tuple[Case, User]:
    case, user = open_case(request, case_id), signed_in(request)
    require(user, Verb.CASE_CHANGE, case)
    return case, user


def _report(case: Case, report_id: UUID) -> Report:
    report = Report.objects.filter(pk=report_id, case=case).first()
    if report is None:
        raise Http404
    return report


def _record(case: Case, data: Data, user: User) -> None:
    """Under the directory's name where it knows the one that was typed, as an intake does; else under that."""
    agency = agencies_by_name([data["agency_name"]])[data["agency_name"]]
    known = {"agency_key": agency.key, "agency_name": agency.name_en, "agency_kind": agency.kind} if agency else {}
    record_report(case=case, by=user, **{"agency_key": "", **_typed(data), **known})


def _correction(report: Report, data: QueryDict | None = None) -> Form:
    """The form that corrects it; it comes back with what it was opened with, so that `changed_data` goes by that."""
    recorded = {name: getattr(report, name) for name in _SAID} | {"agency_kind": report.kind}
    form = form_of(report)(data, initial=recorded)
    for field in form.fields.values():
        field.show_hidden_initial = True
    return form


def _correct(report: Report, form: Form, user: User) -> None:
    """Write what the person changed; what a colleague recorded since the form was opened stays."""
    changed = {name: form.cleaned_data[name] for name in form.changed_data}
    correct_report(report=report, by=user, **_typed(changed))


def _typed(data: Data) -> dict[str, Any]:
    return {name: _TYPES[name](value) if name in _TYPES else value for name, value in data.items()}


def _back(case: Case) -> HttpResponse:
    return redirect(f"{reverse('workspace:cases_case_change', args=[case.pk])}#reports")


def _correcting(
    request: HttpRequest, case: Case, report: Report, form: Form, *, refused: Form | None = None
) -> HttpResponse:
    more = {
        "report": report,
        "of_a_letter": report.origin == Origin.LETTER,
        **({"refused": [refused]} if refused else {}),
    }
    return _page(request, case, form, "workspace/cases/report_form.html", f"Correct a report · {case.number}", **more)


def _page(request: HttpRequest, case: Case, form: Form, template: str, title: str, **more: object) -> HttpResponse:
    refused = [form] if form.errors else []
    context = {**site.each_context(request), "title": title, "case": case, "form": form, "refused": refused, **more}
    return TemplateResponse(request, template, context, status=422 if context["refused"] else 200)


def _panel(page: CasePage) -> dict[str, object]:
    return {"rows": [(report, OUTCOMES[Outcome(report.outcome)]) for report in page.file.reports]}


add_panel(Panel("reports", "Reports", "workspace/cases/reports.html", 50, _panel))
