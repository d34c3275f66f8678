"""Putting on record who came, who went and who was refused: acts of no organization, kept under the platform's."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.actions.audit import record
from accounts.models import User
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization


def record_sign_in(verb: str, user: User, *, fields: Iterable[str] = ()) -> None:
    """Append what a person did about their own account."""
    with organization(PLATFORM_ORGANIZATION_ID):
        record(verb, by=user, target=user, fields=fields)


def record_attempt(verb: str, user: User | None) -> None:
    """Append what somebody did who had not signed in; all that is known is whose account it was, if anybody's."""
    with organization(PLATFORM_ORGANIZATION_ID):
        record(verb, by=None, target=user)
