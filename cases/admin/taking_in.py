"""Taking cases in: by the form, by an intake file, and where each person goes afterwards."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.admin import site
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import can, require
from accounts.signed_in import membership_of, signed_in
from cases.actions.new_case import make_case
from cases.actions.take_intake import Taken
from cases.admin.facts_form.entry import Entry, Layout
from cases.admin.facts_form.page import form_context, read_entry
from cases.admin.facts_form.rows import NEW_CASE as NEW_ROWS
from cases.admin.facts_form.sections import NEW_CASE as NEW_SECTIONS
from cases.admin.facts_form.wording import SAFEGUARDS
from cases.admin.intake_file import FileForm, take_file
from cases.admin.tokens import new_token, read_token
from cases.intake import IntakeRefused, Problem
from cases.models import Case

_LAYOUT = Layout(NEW_SECTIONS, NEW_ROWS)
_TAKEN = "cases.taken"  # where a session keeps the number of the case that it took in last


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """The form of a new case; what is sent becomes one, or comes back with what to mend and nothing lost."""
    user = _who_may_take_in(request)
    if request.method == "GET":
        return _form(request, Entry(_LAYOUT), new_token(user))
    entry = Entry.posted(_LAYOUT, request.POST, request.FILES)
    token = request.POST.get("token", "")
    if "add" in request.POST:
        return _form(request, entry, token)
    case = _made(entry, token, user)
    return _arrived(request, user, case) if case else _form(request, entry, token, status=422)


@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Take in a case by its file and the evidence that it names; refused with every problem, and nothing kept."""
    user = _who_may_take_in(request)
    if request.method == "GET":
        return _file_page(request, FileForm(initial={"token": new_token(user)}), ())
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _file_page(request, form, (), status=422)
    try:
        taken_in = take_file(form.cleaned_data, by=user, today=timezone.localdate())
    except IntakeRefused as refused:
        return _file_page(request, form, refused.problems, status=422)
    _say_what_was_kept(request, taken_in)
    return _arrived(request, user, taken_in.case)


@require_safe
def taken(request: HttpRequest) -> HttpResponse:
    """What somebody who may not read cases sees of the one that they took in: its number."""
    _who_may_take_in(request)
    number = request.session.get(_TAKEN)
    if number is None:
        return redirect("workspace:cases_case_add")
    context = {**site.each_context(request), "title": "Thank you", "number": number}
    return TemplateResponse(request, "workspace/cases/taken.html", context)


def _who_may_take_in(request: HttpRequest) -> User:
    user = signed_in(request)
    if membership_of(request) is None:
        raise PermissionDenied("choose an organization first")
    require(user, Verb.CASE_CREATE)
    return user


def _made(entry: Entry, token: str, user: User) -> Case | None:
    intake = read_entry(entry)
    if intake is None:
        return None
    try:
        return make_case(intake=intake, token=read_token(token, user), by=user, today=timezone.localdate())
    except ValidationError as problem:
        entry.mark(Problem(path, words) for path, texts in problem.message_dict.items() for words in texts)
        return None


def _say_what_was_kept(request: HttpRequest, taken_in: Taken) -> None:
    if taken_in.kept:
        kept = "; ".join(SAFEGUARDS[path] for path in taken_in.kept)
        words = f"What a member recorded to protect the person stands, whatever the file says: {kept}."
        messages.warning(request, f"{words} It can be changed in the facts of the case.")


def _arrived(request: HttpRequest, user: User, case: Case) -> HttpResponse:
    """On the case's page whoever may read it; else where its number is said, and nothing more."""
    if can(user, Verb.CASE_READ, case):
        messages.success(request, f"{case.number} is taken in.")
        return redirect("workspace:cases_case_change", case.pk)
    request.session[_TAKEN] = case.number
    return redirect("workspace:cases_case_taken")


def _form(request: HttpRequest, entry: Entry, token: str, *, status: int = 200) -> HttpResponse:
    context = {**form_context(request, entry), "title": "New case", "token": token}
    return TemplateResponse(request, "workspace/cases/facts_form.html", context, status=status)


def _file_page(
    request: HttpRequest, form: FileForm, problems: tuple[Problem, ...], *, status: int = 200
) -> HttpResponse:
    context = {**site.each_context(request), "title": "Take in a file", "form": form, "problems": problems}
    context["may_read"] = bool(can(signed_in(request), Verb.CASE_READ))
    return TemplateResponse(request, "workspace/cases/intake.html", context, status=status)
