"""A letter that waits for a person: what became of it, and what to say of it, also where its report left the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from accounts.admin import site
from accounts.admin.acts import Act, Data, attempt, forms_for
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import can
from accounts.signed_in import membership_of, signed_in
from cases.case_file import read_case_file
from cases.models import Case
from cases.plan import build_plan
from letters.actions.dispatches import cancel_dispatch, resolve_uncertain
from letters.admin import forms
from letters.admin.acts import refusals_as_problems
from letters.admin.words import dispatch_words
from letters.models import Dispatch


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """The dispatch, and who looks at it."""

    dispatch: Dispatch
    user: User


def _leave_unsent(page: WaitingPage, data: Data) -> str:
    with refusals_as_problems():
        cancel_dispatch(dispatch=page.dispatch, reason=data["reason"], by=page.user)
    return "It stays unsent. Nobody is asked about it any more."


def _found_out(page: WaitingPage, data: Data) -> str:
    resolve_uncertain(dispatch=page.dispatch, was_sent=data["was_sent"], finding=data["finding"], by=page.user)
    return "What you found out is recorded."


ACTS: dict[str, Act[WaitingPage]] = {
    "leave_unsent": Act(forms.ReasonForm, _leave_unsent),
    "found_out": Act(forms.FoundOutForm, _found_out),
}


@require_safe
def show(request: HttpRequest, dispatch_id: UUID) -> HttpResponse:
    """Show what became of it."""
    return _page(request, _opened(request, dispatch_id), {})


@require_POST
def perform(request: HttpRequest, dispatch_id: UUID, act: str) -> HttpResponse:
    """Do one act; what cannot be taken is shown with what to mend, and nothing has changed."""
    if act not in ACTS:
        raise Http404
    page = _opened(request, dispatch_id)
    form = attempt(request, ACTS, act, page)
    if form is None:
        return redirect("workspace:cases_case_change", page.dispatch.case_id)
    return _page(request, page, {act: form}, status=422)


def _opened(request: HttpRequest, dispatch_id: UUID) -> WaitingPage:
    """The dispatch, if its case is open to the person. Raises Http404."""
    user = signed_in(request)
    if membership_of(request) is None:
        raise Http404
    mine = Dispatch.objects.filter(case__in=Case.objects.open_to(user)).select_related("case", "release__released_by")
    dispatch = mine.filter(pk=dispatch_id).first()
    if dispatch is None:
        raise Http404
    return WaitingPage(dispatch, user)


def _page(request: HttpRequest, page: WaitingPage, bound: Mapping[str, Form], *, status: int = 200) -> HttpResponse:
    dispatch = page.dispatch
    plan = build_plan(read_case_file(dispatch.case_id))
    context = {
        **site.each_context(request),
        "title": f"{dispatch.agency_name} · {dispatch.case.number}",
        "case": dispatch.case,
        "dispatch": dispatch,
        "dispatch_status": dispatch_words(dispatch),
        "in_plan": any(row.key == dispatch.agency_key for row in plan.rows),
        "may_release": bool(can(page.user, Verb.REPORT_RELEASE, dispatch.case)),
        "forms": {**forms_for(ACTS, page), **bound},
        "refused": list(bound.values()),
    }
    return TemplateResponse(request, "workspace/letters/waiting.html", context, status=status)
