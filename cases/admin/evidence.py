"""Evidence on a case's page: what there is, adding a file, saying what it shows, taking a copy."""

from __future__ import annotations

import mimetypes
from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from accounts.admin import site
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import require
from accounts.signed_in import signed_in
from cases.actions.evidence import add_evidence, describe_evidence, take_copy
from cases.admin.access import open_case
from cases.admin.doing import done
from cases.admin.facts_form.files import WHAT_IS_TAKEN, Files
from cases.admin.panels import CasePage, Panel, add_panel
from cases.case_file import exhibit_letter
from cases.models import Case, Evidence

# What a browser may be told of a file. Everything else, pages and drawings that it would run above all, is just bytes.
_TOLD = (
    *("image/", "audio/", "video/", "text/plain", "text/csv", "application/pdf", "message/rfc822"),
    *("application/vnd.openxmlformats-", "application/vnd.oasis.opendocument.", "application/msword"),
    *("application/vnd.ms-excel", "application/vnd.ms-powerpoint", "application/vnd.ms-outlook"),
)
_BYTES = "application/octet-stream"


class EvidenceForm(forms.Form):
    """Files that are added to a case, and what they show."""

    evidence = Files("Files", WHAT_IS_TAKEN)
    description = forms.CharField(label="What they show", max_length=500, required=False)

    def clean_evidence(self) -> list[object]:
        """At least one file."""
        files: list[object] = self.cleaned_data["evidence"]
        if not files:
            raise ValidationError("Choose a file.")
        return files


class AboutForm(forms.Form):
    """What one piece of evidence shows."""

    description = forms.CharField(
        label="What it shows",
        max_length=500,
        required=False,
        help_text="Letters print it beside the exhibit.",
        show_hidden_initial=True,  # what the form was opened with comes back: `changed_data` goes by it
        widget=forms.TextInput(attrs={"size": 60, "dir": "auto"}),
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Add files; all of them or, with what to mend, none."""
    case, user = open_case(request, case_id), signed_in(request)
    require(user, Verb.CASE_CHANGE, case)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _added(form, case, user):
        messages.success(request, "The evidence is kept. Its SHA-256 was taken as it arrived.")
        return redirect("workspace:cases_case_change", case.pk)
    context = {**site.each_context(request), "title": f"Evidence · {case.number}", "case": case, "form": form}
    return TemplateResponse(
        request, "workspace/cases/evidence_form.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
def describe(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Say anew what a piece of evidence shows."""
    case, user = open_case(request, case_id), signed_in(request)
    require(user, Verb.CASE_CHANGE, case)
    evidence = _evidence(case, evidence_id)
    form = AboutForm(request.POST or None, initial={"description": evidence.description})
    if form.is_valid() and _described(form, evidence, user):
        messages.success(request, "What it shows is recorded.")
        return redirect(f"{reverse('workspace:cases_case_change', args=[case.pk])}#evidence")
    context = {
        **site.each_context(request),
        "title": f"What evidence shows · {case.number}",
        "case": case,
        "one": evidence,
        "form": form,
        "refused": [form] if form.errors else [],
    }
    return TemplateResponse(request, "workspace/cases/evidence_about.html", context, status=422 if form.errors else 200)


@require_GET
def download(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """A copy of a file exactly as it was received, to keep: never shown by the browser, never run."""
    evidence = _evidence(open_case(request, case_id), evidence_id)
    data = take_copy(evidence=evidence, by=signed_in(request))
    headers = {
        "Content-Disposition": content_disposition_header(True, _name(evidence)) or "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(data, content_type=_safe_type(evidence), headers=headers)


def _evidence(case: Case, evidence_id: UUID) -> Evidence:
    found = Evidence.objects.filter(pk=evidence_id, case=case).first()
    if found is None:
        raise Http404
    return found


def _added(form: EvidenceForm, case: Case, user: User) -> bool:
    try:
        with transaction.atomic():
            for file in form.cleaned_data["evidence"]:
                about = form.cleaned_data["description"]
                add_evidence(case=case, name=file.name, data=file.read(), description=about, by=user)
    except ValidationError as problem:
        form.add_error(None if hasattr(problem, "error_dict") else "evidence", problem)
        return False
    return True


def _described(form: AboutForm, evidence: Evidence, user: User) -> bool:
    """Write what the person changed; what a colleague said since the form was opened stays."""
    act = partial(describe_evidence, evidence=evidence, by=user, **form.cleaned_data)
    return not form.has_changed() or done(form, act)


def _safe_type(evidence: Evidence) -> str:
    kind = evidence.media_type.lower()
    return kind if kind.startswith(_TOLD) and "svg" not in kind else _BYTES


def _name(evidence: Evidence) -> str:
    """The file's last name; with the ending of its type where its own says another, as `receipt.pdf.exe` does."""
    name = evidence.original_name.replace("\\", "/").rpartition("/")[2] or "file"
    guessed, _ = mimetypes.guess_type(name)
    if guessed == evidence.media_type:
        return name
    ending = mimetypes.guess_extension(evidence.media_type) or ".bin"
    return name if name.lower().endswith(ending) else f"{name}{ending}"


def _panel(page: CasePage) -> dict[str, object]:
    rows = [(exhibit_letter(place), one) for place, one in enumerate(page.file.evidence)]
    return {"rows": rows, "form": EvidenceForm()}


add_panel(Panel("evidence", "Evidence", "workspace/cases/evidence.html", 60, _panel))
