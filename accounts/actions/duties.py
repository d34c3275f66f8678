"""Giving and ending duties for the platform. Done at the machine: no page reaches beyond an organization."""

from __future__ import annotations

from django.db import transaction

from accounts.actions.audit import record
from accounts.actions.invitations import refuse_lookalikes
from accounts.actions.people import new_person
from accounts.models import PlatformRole, User
from accounts.roles import PlatformDuty
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization


@transaction.atomic
def appoint(*, email: str, name: str, duty: PlatformDuty) -> User:
    """Give the person of that address a duty, and return them.

    Whom we do not know yet becomes a person without a password: `accounts.mail.new_password_link` lets them choose
    one. Raises ValidationError for what is no address.
    """
    refuse_lookalikes(email)
    person = User.objects.filter(email=email).first() or new_person(email=email, name=name or email)
    with organization(PLATFORM_ORGANIZATION_ID):
        given, new = PlatformRole.objects.get_or_create(user=person, duty=duty.value)
        if new:
            record("platform_role.create", by=None, target=given)
    return person


@transaction.atomic
def dismiss(*, email: str, duty: PlatformDuty) -> bool:
    """End a duty from the person's next request on; False where they did not have it."""
    with organization(PLATFORM_ORGANIZATION_ID):
        given = PlatformRole.objects.filter(user__email=email, duty=duty.value).first()
        if given is None:
            return False
        record("platform_role.end", by=None, target=given)
        given.delete()
    return True
