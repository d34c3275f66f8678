"""Who can work on cases, and the cases that nobody works on."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Membership, User
from accounts.remembering import once
from accounts.roles import VERBS_OF_ROLE, Role, Verb
from accounts.tenancy import current_organization_id
from cases.models import Case, CaseAssignment

_ROLES = [role.value for role in Role if Verb.CASE_CHANGE in VERBS_OF_ROLE[role]]


def colleagues() -> list[User]:
    """The members of the active organization who may work on cases, by name."""
    members = _members().select_related("user").order_by("user__name")
    return once((colleagues, current_organization_id()), lambda: [membership.user for membership in members])


def at_work() -> QuerySet[CaseAssignment]:
    """The assignments of those who may work on cases now; whoever left, or only counts now, works on none."""
    return CaseAssignment.objects.filter(user__in=_members().values("user"))


def of_nobody(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those of the cases that nobody works on, among them the cases that somebody left behind."""
    return cases.exclude(pk__in=at_work().values("case"))


def _members() -> QuerySet[Membership]:
    return Membership.objects.filter(is_active=True, role__in=_ROLES, user__is_active=True)
