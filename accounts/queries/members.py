"""Who works for the active organization."""

from __future__ import annotations

from accounts.models import Membership
from accounts.roles import Role


def members() -> list[Membership]:
    """Everybody who is a member now, by name."""
    return list(Membership.objects.filter(is_active=True).select_related("user").order_by("user__name", "user__email"))


def lock_directors() -> list[Membership]:
    """The directors who can sign in, locked in one order, so that two people cannot end each other at once."""
    found = Membership.objects.select_for_update(of=("self",)).filter(role=Role.DIRECTOR, is_active=True)
    return list(found.filter(user__is_active=True).order_by("pk"))


def has_director() -> bool:
    """Whether somebody can invite others here."""
    return Membership.objects.filter(role=Role.DIRECTOR, is_active=True, user__is_active=True).exists()
