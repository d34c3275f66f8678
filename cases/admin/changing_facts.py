"""Changing the facts of a case in the form."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods

from accounts.roles import Verb
from accounts.rules import require
from accounts.signed_in import signed_in
from cases.actions.facts import change_facts
from cases.admin.access import open_case
from cases.admin.facts_form.entry import Entry, Layout
from cases.admin.facts_form.page import form_context, read_entry
from cases.admin.facts_form.rows import FACTS as ROWS
from cases.admin.facts_form.rows import MAX_ROWS
from cases.admin.facts_form.sections import FACTS as SECTIONS
from cases.case_file import CaseFile, read_case_file
from cases.intake_document import facts_document
from cases.models import Case

_LAYOUT = Layout(SECTIONS, ROWS)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The facts of a case in the form; what is sent takes their place, or comes back with what to mend."""
    case = _case_to_change(request, case_id)
    if request.method == "GET":
        return _opened(request, case)
    entry = Entry.posted(_LAYOUT, request.POST, request.FILES)
    seen = request.POST.get("seen", "")
    if "add" in request.POST:
        return _form(request, case, entry, seen)
    if not _saved(request, case, entry, _moment(seen)):
        return _form(request, case, entry, seen, status=422)
    return redirect("workspace:cases_case_change", case.pk)


def _case_to_change(request: HttpRequest, case_id: UUID) -> Case:
    case = open_case(request, case_id)
    require(signed_in(request), Verb.CASE_CHANGE, case)
    return case


def _opened(request: HttpRequest, case: Case) -> HttpResponse:
    file = read_case_file(case.pk)
    if _is_too_long(file):
        messages.warning(request, _too_long(case))
        return redirect("workspace:cases_case_change", case.pk)
    entry = Entry(_LAYOUT, document=facts_document(file))
    return _form(request, case, entry, file.case.updated_at.isoformat())


def _is_too_long(file: CaseFile) -> bool:
    return max(map(len, (file.identifiers, file.transfers, file.timeline))) > MAX_ROWS


def _too_long(case: Case) -> str:
    words = f"A list of this case has more than {MAX_ROWS} rows: too many for a form."
    if case.external_id is None:
        return (
            f"{words} Its file has no number of its own (external_id): taken in again, it would make a second case."
            " All else can be recorded on this page."
        )
    return f"{words} Change the intake file, and take it in again with the same number ({case.external_id})."


def _saved(request: HttpRequest, case: Case, entry: Entry, seen: datetime) -> bool:
    intake = read_entry(entry)
    if intake is None:
        return False
    try:
        changed = change_facts(case=case, intake=intake, seen=seen, by=signed_in(request))
    except ValidationError as problem:
        entry.form.add_error(None, problem)
        return False
    messages.success(request, "The facts are changed." if changed else "Nothing was different; nothing is changed.")
    return True


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise BadRequest("the form did not come whole")
    return moment


def _form(request: HttpRequest, case: Case, entry: Entry, seen: str, *, status: int = 200) -> HttpResponse:
    context = {**form_context(request, entry), "title": f"Facts · {case.number}", "case": case, "seen": seen}
    return TemplateResponse(request, "workspace/cases/facts_form.html", context, status=status)
