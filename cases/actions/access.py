"""Who works on a case: assigning it, and sharing it with a colleague."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from guardian.shortcuts import assign_perm

from accounts.actions.audit import record
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import require
from cases.models import Case, CaseAssignment, CaseShare
from cases.queries.colleagues import colleagues


@transaction.atomic
def assign_case(*, case: Case, user: User, by: User) -> CaseAssignment:
    """Make it the case of a caseworker. Raises PermissionDenied, ValidationError for who may not work on cases."""
    require(by, Verb.CASE_ASSIGN, case)
    _require_colleague(user)
    assignment, new = CaseAssignment.objects.get_or_create(case=case, user=user)
    if new:
        record("case.assign", by=by, target=case, fields=[f"user:{user.pk}"])
    return assignment


@transaction.atomic
def unassign_case(*, case: Case, user: User, by: User) -> None:
    """Take the case from a caseworker. Raises PermissionDenied."""
    require(by, Verb.CASE_ASSIGN, case)
    if CaseAssignment.objects.filter(case=case, user=user).delete()[0]:
        record("case.unassign", by=by, target=case, fields=[f"user:{user.pk}"])


@transaction.atomic
def share_case(*, case: Case, user: User, by: User) -> None:
    """Let a colleague work on it too. Raises PermissionDenied, ValidationError for who may not work on cases."""
    require(by, Verb.CASE_CHANGE, case)
    _require_colleague(user)
    if not CaseShare.objects.filter(content_object=case, user=user).exists():
        assign_perm("cases.change_case", user, case)
        record("case.share", by=by, target=case, fields=[f"user:{user.pk}"])


@transaction.atomic
def unshare_case(*, case: Case, user: User, by: User) -> None:
    """Share it with a colleague no longer. Raises PermissionDenied."""
    require(by, Verb.CASE_CHANGE, case)
    if CaseShare.objects.filter(content_object=case, user=user).delete()[0]:
        record("case.unshare", by=by, target=case, fields=[f"user:{user.pk}"])


def _require_colleague(user: User) -> None:
    if user not in colleagues():
        raise ValidationError("choose somebody of this organization who works on cases")
