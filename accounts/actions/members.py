"""Changing what a member is, and ending a membership."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import Membership, User
from accounts.queries.members import lock_directors
from accounts.roles import Role, Verb
from accounts.rules import can_give, require
from accounts.tenancy import organization

_LAST_DIRECTOR = "An organization keeps at least one director. Make somebody else director first."


def enter_organization(*, membership: Membership) -> None:
    """Put on record, there, that a member now acts for this one of their organizations."""
    with organization(membership.organization.pk):
        record("membership.enter", by=membership.user, target=membership)


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: User) -> None:
    """Give a member another role. Raises PermissionDenied, and ValidationError for the last director."""
    if not (decision := can_give(by, role)):
        raise PermissionDenied(decision.reason)
    locked = _lock(membership, by=by, stays_director=role is Role.DIRECTOR)
    if locked.role != role:
        locked.role = role.value
        locked.save(update_fields=["role"])
        record("membership.change", by=by, target=locked, fields=["role"])


@transaction.atomic
def end_membership(*, membership: Membership, by: User) -> None:
    """Let a person be a member no more, from their next request on. Raises as `change_role` does."""
    locked = _lock(membership, by=by, stays_director=False)
    if locked.is_active:
        locked.is_active = False
        locked.save(update_fields=["is_active"])
        record("membership.end", by=by, target=locked)


def _lock(membership: Membership, *, by: User, stays_director: bool) -> Membership:
    """The row as it is now, once it is clear that a director is left."""
    require(by, Verb.MEMBERS_CHANGE, membership)
    directors = [director.pk for director in lock_directors()]
    if not stays_director and directors == [membership.pk]:
        raise ValidationError(_LAST_DIRECTOR)
    return Membership.objects.select_for_update().get(pk=membership.pk)
