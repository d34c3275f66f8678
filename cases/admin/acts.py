"""What a person does on a case's page: each act is a form and one call."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.admin.acts import Act, Data
from accounts.models import User
from cases.actions.access import assign_case, share_case, unassign_case, unshare_case
from cases.actions.screening import confirm_nexus, overrule_nexus, record_ties
from cases.admin import forms
from cases.admin.panels import CasePage
from cases.enums import NexusAnswer
from cases.models import CaseAssignment, CaseShare


def _confirm(page: CasePage, data: Data) -> str:
    confirm_nexus(case=page.case, reason=data["reason"], seen=data["seen"], by=page.user)
    return "The link is confirmed. The letters to Chinese agencies can be prepared."


def _overrule(page: CasePage, data: Data) -> str:
    answer = NexusAnswer(data["answer"]) if data["answer"] else None
    overrule_nexus(case=page.case, answer=answer, reason=data["reason"], seen=data["seen"], by=page.user)
    return (
        "Your answer stands in the place of the screening's." if answer else "The screening's own answer stands again."
    )


def _ties(page: CasePage, data: Data) -> str:
    record_ties(case=page.case, states=data["states"], seen=data["seen"], by=page.user)
    return "The answer about ties is recorded."


def _assign(page: CasePage, data: Data) -> str:
    user = User.objects.get(pk=data["user"])
    assign_case(case=page.case, user=user, by=page.user)
    return f"It is {user.name}'s case now."


def _unassign(page: CasePage, data: Data) -> str:
    user = _among(CaseAssignment.objects.filter(case=page.case), data)
    unassign_case(case=page.case, user=user, by=page.user)
    return f"It is no longer {user.name}'s case."


def _among(rows: QuerySet[Any], data: Data) -> User:
    """The person of one of the rows, who may have left the organization. Raises ValidationError for anybody else."""
    found = rows.filter(user=data["user"]).select_related("user").first()
    if found is None:
        raise ValidationError({"user": "this person does not work on it"})
    user: User = found.user
    return user


def _share(page: CasePage, data: Data) -> str:
    user = User.objects.get(pk=data["user"])
    share_case(case=page.case, user=user, by=page.user)
    return f"{user.name} may work on it too."


def _unshare(page: CasePage, data: Data) -> str:
    user = _among(CaseShare.objects.filter(content_object=page.case), data)
    unshare_case(case=page.case, user=user, by=page.user)
    return f"It is no longer shared with {user.name}."


def _seen(page: CasePage) -> Data:
    return {"seen": page.case.updated_at.isoformat()}


def _tied(page: CasePage) -> Data:
    return _seen(page) | {"states": page.case.ties_to or [], "asked": page.case.ties_to is not None}


def _overruled(page: CasePage) -> Data:
    return _seen(page) | {"answer": page.case.nexus_overrule, "reason": page.case.nexus_overrule_reason}


ACTS: dict[str, Act[CasePage]] = {
    "confirm": Act(forms.ConfirmForm, _confirm, _seen),
    "overrule": Act(forms.OverruleForm, _overrule, _overruled),
    "ties": Act(forms.TiesForm, _ties, _tied),
    "assign": Act(forms.ColleagueForm, _assign),
    "unassign": Act(forms.PersonForm, _unassign),
    "share": Act(forms.ColleagueForm, _share),
    "unshare": Act(forms.PersonForm, _unshare),
}
