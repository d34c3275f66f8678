"""Who may do what, with the reason; every door asks here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from django.core.exceptions import PermissionDenied

from accounts.roles import LEVEL_OF_ROLE, VERBS_OF_DUTY, VERBS_OF_ROLE, PlatformDuty, Role, Verb
from accounts.tenancy import current_organization_id

if TYPE_CHECKING:
    from accounts.models import User


@runtime_checkable
class Guarded(Protocol):
    """What is not open to everybody of its organization: a case, and all that belongs to one."""

    def is_open_to(self, user: User) -> bool:
        """Whether the person works on it, whatever their role lets them do there."""


@dataclass(frozen=True)
class Decision:
    """Yes or no, and why, in words that can be shown; true in a condition when allowed."""

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed


def can(user: User, verb: Verb, obj: object = None) -> Decision:
    """Decide whether ``user`` may do ``verb`` (to ``obj``) in the active organization.

    Platform duties need no organization. Raise ``NoOrganization`` when roles are asked for without one.
    """
    if not user.is_active:
        return Decision(False, "this account is closed")
    if any(verb in verbs for verbs in VERBS_OF_DUTY.values()):
        return _of_duties(user.duties(), verb)
    if obj is not None and getattr(obj, "organization_id", current_organization_id()) != current_organization_id():
        return Decision(False, "it belongs to another organization")
    decision = _of_roles(user.roles(), verb)
    if decision and isinstance(obj, Guarded) and not obj.is_open_to(user):
        return Decision(False, "this case is neither theirs nor shared with them")
    return decision


def can_give(user: User, role: Role) -> Decision:
    """Decide whether ``user`` may make somebody ``role`` in the active organization: never above their own."""
    decision = can(user, Verb.MEMBERS_CHANGE)
    if decision and max(LEVEL_OF_ROLE[own] for own in user.roles()) < LEVEL_OF_ROLE[role]:
        return Decision(False, f"nobody makes somebody {role} who stands below that")
    return decision


def require(user: User, verb: Verb, obj: object = None) -> None:
    """Raise PermissionDenied with the reason unless the person may; decides as ``can`` does."""
    decision = can(user, verb, obj)
    if not decision:
        raise PermissionDenied(decision.reason)


def _of_roles(roles: Iterable[Role], verb: Verb) -> Decision:
    names = [role for role in roles if verb in VERBS_OF_ROLE[role]]
    if names:
        return Decision(True, f"{names[0]} may {verb}")
    return Decision(False, f"no role of this person in this organization may {verb}")


def _of_duties(duties: Iterable[PlatformDuty], verb: Verb) -> Decision:
    names = [duty for duty in duties if verb in VERBS_OF_DUTY[duty]]
    return Decision(True, f"{names[0]} may {verb}") if names else Decision(False, f"only a curator may {verb}")
