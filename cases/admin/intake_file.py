"""An intake file and its evidence, as they come through a browser."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from cases.actions.new_case import new_id
from cases.actions.take_intake import Taken, bring_in
from cases.admin.facts_form.files import AT_A_TIME, Files
from cases.admin.tokens import read_token
from cases.admin.uploaded_evidence import EvidenceByName
from cases.intake import IntakeRefused, Problem, parse_intake
from cases.intake.parsing import MAX_BYTES
from cases.intake.records import EvidenceChanged
from directory.queries import agency_keys


class FileForm(forms.Form):
    """The file, and the files that it names."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    intake = forms.FileField(
        label="Intake file",
        help_text=f"JSON, {MAX_BYTES // 1024**2} MB at most.",
        allow_empty_file=True,  # the reader says it better
        error_messages={"required": "Choose the intake file."},
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
    evidence = Files(
        "Its evidence",
        "The files that it names under evidence. Folders do not count: the name of each file must be its own. "
        f"{AT_A_TIME}.",
        checked=False,
    )


def take_file(data: dict[str, Any], *, by: User, today: date) -> Taken:
    """Take in what the form holds. Raises IntakeRefused with every problem; then nothing is kept."""
    evidence = EvidenceByName(data["evidence"])
    file = data["intake"].read(MAX_BYTES + 1)
    try:
        intake = parse_intake(file, known_agencies=agency_keys(), today=today, evidence=evidence)
    except IntakeRefused as refused:
        raise IntakeRefused([*refused.problems, *_lost(refused, evidence)]) from refused
    if unused := evidence.unused():
        raise IntakeRefused(unused)
    token = read_token(data["token"], by)
    try:
        with transaction.atomic():
            return bring_in(intake, by=by, today=today, new_id=new_id(token, intake))
    except PermissionDenied as denied:
        raise IntakeRefused([_not_theirs()]) from denied
    except EvidenceChanged as changed:
        raise IntakeRefused([Problem("(document)", str(changed))]) from changed


def _lost(refused: IntakeRefused, evidence: EvidenceByName) -> list[Problem]:
    """Files that nothing names; none where the document itself could not be read."""
    unread = any(problem.path == "(document)" for problem in refused.problems)
    return [] if unread else evidence.unused()


def _not_theirs() -> Problem:
    words = "is the number of a case that is not yours to change; ask a supervisor to share it, or to take in this file"
    return Problem("external_id", words)
