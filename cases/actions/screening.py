"""Confirming what the screening calls likely."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import can
from cases.models import Case


@transaction.atomic
def confirm_nexus(*, case: Case, reason: str, by: User) -> Case:
    """Record why a caseworker confirms the likely link to Chinese offenders (PROCESS.md, step 1).

    Raises PermissionDenied for who may not change the case, ValidationError without a reason.
    """
    decision = can(by, Verb.CASE_CHANGE, case)
    if not decision:
        raise PermissionDenied(decision.reason)
    if not reason.strip():
        raise ValidationError("say why the link is confirmed: the reason is missing")
    locked = Case.objects.select_for_update().get(pk=case.pk)
    locked.nexus_confirmed_reason = reason.strip()
    locked.save(update_fields=["nexus_confirmed_reason", "updated_at"])
    record("case.nexus.confirm", by=by, target=locked, fields=["nexus_confirmed_reason"])
    return locked
