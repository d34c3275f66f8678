"""One case: its facts, and what every app knows of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts.admin import site
from accounts.roles import Verb
from accounts.rules import can
from accounts.signed_in import signed_in
from cases.admin.access import open_case
from cases.admin.panels import CasePage, Panel, panels


@require_safe
def show(request: HttpRequest, case_id: UUID) -> TemplateResponse:
    """Show the case, panel by panel."""
    case, user = open_case(request, case_id), signed_in(request)
    page = CasePage(request, user, case)
    context = {
        **site.each_context(request),
        "title": case.number,
        "case": case,
        "file": page.file,
        "may_change": bool(can(user, Verb.CASE_CHANGE, case)),
        "panels": [_shown(panel, page) for panel in panels(aside=False)],
        "aside": [_shown(panel, page) for panel in panels(aside=True)],
    }
    return TemplateResponse(request, "workspace/cases/case.html", context)


def _shown(panel: Panel, page: CasePage) -> dict[str, object]:
    return {"panel": panel, **panel.context(page)}
