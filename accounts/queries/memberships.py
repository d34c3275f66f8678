"""Where a person belongs."""

from __future__ import annotations

from accounts.models import Membership
from accounts.tenancy import PLATFORM_ORGANIZATION_ID


def own_memberships() -> list[Membership]:
    """The memberships of the person who acts, with their organizations; for `tenancy.acting_user`."""
    own = Membership.own.filter(is_active=True).exclude(organization_id=PLATFORM_ORGANIZATION_ID)
    return list(own.select_related("organization", "user").order_by("organization__name"))


def active_membership(chosen: str | None) -> Membership | None:
    """The membership that the person chose, or their only one; None where they still have to choose, or have none.

    Who chose one that has ended chooses again: an open form must not end up in another organization.
    """
    memberships = own_memberships()
    for membership in memberships:
        if str(membership.organization_id) == chosen:
            return membership
    return memberships[0] if len(memberships) == 1 and not chosen else None
