"""Finding the invitation behind a link, and those that are open."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Invitation, InvitationCode, Organization
from accounts.tenancy import organization

# Within this time a worker mails an invitation, or the wake-up was lost or the relay busy.
_MAILED = timedelta(minutes=2)


def code_sha256(token: str) -> str:
    """What the database knows of a link's token (hexadecimal)."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_of(token: str) -> InvitationCode | None:
    """Where a link leads, whatever the organization; None where it leads nowhere."""
    return InvitationCode.objects.filter(code_sha256=code_sha256(token)).first()


def open_invitations() -> list[Invitation]:
    """The active organization's invitations that can still be accepted, the newest first."""
    return list(_open().select_related("invited_by"))


def unmailed_invitations() -> Iterator[tuple[UUID, UUID]]:
    """Organization and invitation of every open one that should have been mailed by now, over all organizations."""
    for organization_id in Organization.objects.values_list("pk", flat=True):
        with organization(organization_id):
            unmailed = _open().filter(mailed_at=None, created_at__lte=timezone.now() - _MAILED)
            found = list(unmailed.values_list("pk", flat=True))
        for invitation_id in found:
            yield organization_id, invitation_id


def _open() -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
