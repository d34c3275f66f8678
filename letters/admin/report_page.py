"""One report of a case: why, to whom, what it says, and everything that happens to it."""

from __future__ import annotations

from collections.abc import Mapping
from email import message_from_bytes
from email.policy import default
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from accounts import vault
from accounts.actions.audit import record
from accounts.admin import site
from accounts.admin.acts import attempt, forms_for
from accounts.roles import Verb
from accounts.rules import can
from cases.admin.mending import way_to_mend
from cases.enums import Disclose, Withhold
from cases.plan.reported import reports_to
from letters.admin.acts import ACTS
from letters.admin.forms import DISCLOSE, WITHHOLD
from letters.admin.opened_report import ReportPage, open_report
from letters.admin.words import dispatch_words, next_step, status_words
from letters.documents.plain import letter_text
from letters.release_check import look, releaser_of
from letters.release_rules import Refusal, refusals


@require_safe
def show(request: HttpRequest, case_id: UUID, agency_key: str) -> HttpResponse:
    """Show one report."""
    page = open_report(request, case_id, agency_key)
    if page.letter:
        record("letter.read", by=page.user, target=page.letter)
    return _page(request, page, {})


@require_POST
def perform(request: HttpRequest, case_id: UUID, agency_key: str, act: str) -> HttpResponse:
    """Do one act; what cannot be taken is shown on the page with what to mend, and nothing has changed."""
    if act not in ACTS:
        raise Http404
    page = open_report(request, case_id, agency_key)
    form = attempt(request, ACTS, act, page)
    if form is None:
        return redirect("workspace:report", case_id, agency_key)
    return _page(request, page, {act: form}, status=422)


def _page(request: HttpRequest, page: ReportPage, bound: Mapping[str, Form], *, status: int = 200) -> HttpResponse:
    """The page; `bound` has the forms that were sent and could not be taken, by the name of their act."""
    context = {
        **site.each_context(request),
        "title": f"{page.row.name} · {page.case.number}",
        "page": page,
        "case": page.case,
        "file": page.file,
        "report": page.report,
        "problems_here": [
            (problem, way_to_mend(page.file, problem.field)) for problem in page.report.standing.problems
        ],
        "row": page.row,
        "letter": page.report.letter,
        "dispatch": page.report.dispatch,
        "status": status_words(page.report),
        "next": next_step(page.report),
        "step": page.report.step.value,
        "dispatch_status": dispatch_words(page.report.dispatch) if page.report.dispatch else None,
        "text": _text(page),
        "consent": page.file.consent_given(page.row.key),
        "terms": _terms(page),
        "consent_holds": page.file.consent_for(page.row.key) is not None,
        "refusals": _refusals(page),
        "needs_reason": _needs_reason(page),
        "filed": reports_to(page.row, page.file),
        "may_change": bool(can(page.user, Verb.CASE_CHANGE, page.case)),
        "may_release": bool(can(page.user, Verb.REPORT_RELEASE, page.case)),
        "may_supervise": bool(can(page.user, Verb.REPORT_SUPERVISE, page.case)),
        "forms": {**forms_for(ACTS, page), **bound},
        "refused": list(bound.values()),
    }
    return TemplateResponse(request, "workspace/letters/report.html", context, status=status)


def _terms(page: ReportPage) -> list[str]:
    """What the recorded consent withholds and discloses, in the words of its form."""
    consent = page.file.consent_given(page.row.key)
    if consent is None:
        return []
    withheld = [f"not told: {WITHHOLD[Withhold(item)].lower()}" for item in consent.withhold]
    return withheld + [f"told besides: {DISCLOSE[Disclose(item)].lower()}" for item in consent.disclose]


def _text(page: ReportPage) -> str:
    """What the letter says, word for word: from the sealed message, else from the facts that it was made of."""
    letter, facts = page.letter, page.report.standing.facts
    if letter and letter.mail_sha256:
        body = message_from_bytes(vault.read(letter.mail_sha256), policy=default).get_body(("plain",))
        return str(body.get_content()) if body else ""
    return letter_text(facts) if letter and facts and page.report.current else ""


def _needs_reason(page: ReportPage) -> bool:
    """Whether nobody verified the address in time, so that releasing takes a reason."""
    return any(problem.rule in ("unverified-address", "stale-address") for problem in page.report.standing.problems)


def _refusals(page: ReportPage) -> tuple[Refusal, ...]:
    """What still keeps this person from releasing the letter; the reading is theirs to say on the form."""
    letter = page.letter
    if letter is None or letter.draft or page.report.on_its_way:
        return ()
    who = releaser_of(page.user, letter, read_sha256=letter.document_sha256, override_reason="")
    return refusals(look(letter, who).situation)
