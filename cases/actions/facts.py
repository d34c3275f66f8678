"""Changing the facts of a case: what a member enters in the form."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import require
from cases.actions.parts import replace_facts
from cases.actions.take_intake import fill_facts
from cases.case_file import read_case_file
from cases.intake import Intake
from cases.intake_document import changed_facts, facts_document
from cases.models import Case


def change_facts(*, case: Case, intake: Intake, seen: datetime, by: User) -> list[str]:
    """Put the intake's facts in the place of the case's, and return the paths of what changed.

    Facts are people, safety, the fraud, the screening, identifiers, payments and the chronology. Reports, consents,
    evidence and purposes stay; so do `external_id` and `intake_sha256`: a partner who sends an unchanged file again
    must not undo a member's work. `seen` is the `updated_at` with which the form was opened. What says the same
    facts changes nothing. Raises PermissionDenied, and ValidationError where somebody else changed the case meanwhile.
    """
    with transaction.atomic():
        locked = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        require(by, Verb.CASE_CHANGE, locked)
        require_as_seen(locked, seen)
        before = facts_document(read_case_file(locked.pk))
        fill_facts(locked, intake)
        locked.save()
        replace_facts(locked, intake)
        changed = changed_facts(before, facts_document(read_case_file(locked.pk)))
        if changed:
            record("case.change", by=by, target=locked, fields=changed)
        else:
            transaction.set_rollback(True)  # new rows would say nothing new, and make every open form stale
    return changed


def require_as_seen(case: Case, seen: datetime) -> None:
    """Refuse what was entered beside an older state of the case. Raises ValidationError."""
    if case.updated_at != seen:
        raise ValidationError(
            "Somebody changed this case while your form was open. Look at the case in another window, copy what you"
            " typed into a fresh form there, and save that one.",
            code="changed",
        )
