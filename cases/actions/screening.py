"""Confirming what the screening calls likely, overruling it, and asking about ties.

Each takes the `updated_at` with which its form was opened: what somebody decided meanwhile is not overwritten unseen.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import require
from cases.actions.facts import require_as_seen
from cases.enums import NexusAnswer
from cases.models import Case
from directory.geography import ISO_COUNTRIES


@transaction.atomic
def confirm_nexus(*, case: Case, reason: str, seen: datetime, by: User) -> Case:
    """Record why a caseworker confirms the likely link to Chinese offenders (PROCESS.md, step 1).

    Raises PermissionDenied for who may not change the case, ValidationError without a reason and for a case that
    somebody changed meanwhile.
    """
    locked = _locked(case, seen, by)
    if not reason.strip():
        raise ValidationError("say why the link is confirmed: the reason is missing")
    locked.nexus_confirmed_reason = reason.strip()
    locked.save(update_fields=["nexus_confirmed_reason", "updated_at"])
    record("case.nexus.confirm", by=by, target=locked, fields=["nexus_confirmed_reason"])
    return locked


@transaction.atomic
def overrule_nexus(*, case: Case, answer: NexusAnswer | None, reason: str, seen: datetime, by: User) -> Case:
    """Record a caseworker's own answer in the place of the screening's, or with None take it back.

    Raises PermissionDenied for who may not change the case, ValidationError without a reason and for a case that
    somebody changed meanwhile.
    """
    locked = _locked(case, seen, by)
    if answer is not None and not reason.strip():
        raise ValidationError("say why the answer of the screening is another one: the reason is missing")
    locked.nexus_overrule = answer.value if answer else ""
    locked.nexus_overrule_reason = reason.strip() if answer else ""
    locked.save(update_fields=["nexus_overrule", "nexus_overrule_reason", "updated_at"])
    record("case.nexus.overrule", by=by, target=locked, fields=["nexus_overrule", "nexus_overrule_reason"])
    return locked


@transaction.atomic
def record_ties(*, case: Case, states: Collection[str], seen: datetime, by: User) -> Case:
    """Record that the victim was asked about nationality, family and asylum, and in which states there are ties.

    `states` are ISO 3166-1 alpha-2 codes; none: asked, there are none. Raises PermissionDenied, and ValidationError
    for a code that is none and for a case that somebody changed meanwhile.
    """
    locked = _locked(case, seen, by)
    unknown = [code for code in states if code not in ISO_COUNTRIES]
    if unknown:
        raise ValidationError(f"no country has the code {unknown[0]}: write two capitals, as in CN")
    locked.ties_to = sorted(set(states))
    locked.save(update_fields=["ties_to", "updated_at"])
    record("case.ties", by=by, target=locked, fields=["ties_to"])
    return locked


def _locked(case: Case, seen: datetime, by: User) -> Case:
    require(by, Verb.CASE_CHANGE, case)
    locked = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    require_as_seen(locked, seen)
    return locked
