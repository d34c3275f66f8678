"""One case: its facts, and what every app knows of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from accounts.admin import site
from accounts.admin.acts import attempt, forms_for
from accounts.roles import Verb
from accounts.rules import can, require
from accounts.signed_in import signed_in
from cases.admin.access import open_case
from cases.admin.acts import ACTS
from cases.admin.panels import CasePage, Panel, panels
from cases.admin.trail import trail as case_trail

_NUMBER = re.compile("[0-9]{1,18}")  # of an entry, as the database can hold it


@require_safe
def show(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the case, panel by panel."""
    return _page(request, _opened(request, case_id), {})


@require_POST
def perform(request: HttpRequest, case_id: UUID, act: str) -> HttpResponse:
    """Do one act; what cannot be taken is shown on the page with what to mend, and nothing has changed."""
    if act not in ACTS:
        raise Http404
    page = _opened(request, case_id)
    form = attempt(request, ACTS, act, page)
    if form is None:
        return redirect("workspace:cases_case_change", case_id)
    return _page(request, page, {act: form}, status=422)


@require_safe
def trail(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The audit trail of a case, for supervisors; page by page, the latest first."""
    page = _opened(request, case_id)
    require(page.user, Verb.AUDIT_READ)
    before = request.GET.get("before", "")
    context = {
        **site.each_context(request),
        "title": f"What happened · {page.case.number}",
        "case": page.case,
        "trail": case_trail(page.case, before=int(before) if _NUMBER.fullmatch(before) else None),
        "later": bool(before),
    }
    return TemplateResponse(request, "workspace/cases/history.html", context)


def _opened(request: HttpRequest, case_id: UUID) -> CasePage:
    return CasePage(request, signed_in(request), open_case(request, case_id))


def _page(request: HttpRequest, page: CasePage, bound: Mapping[str, Form], *, status: int = 200) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": page.case.number,
        "case": page.case,
        "file": page.file,
        "may_change": bool(can(page.user, Verb.CASE_CHANGE, page.case)),
        "forms": {**forms_for(ACTS, page), **bound},
        "refused": list(bound.values()),
        "panels": [_shown(panel, page) for panel in panels(aside=False)],
        "aside": [_shown(panel, page) for panel in panels(aside=True)],
    }
    return TemplateResponse(request, "workspace/cases/case.html", context, status=status)


def _shown(panel: Panel, page: CasePage) -> dict[str, object]:
    return {"panel": panel, **panel.context(page)}
