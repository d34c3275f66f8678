"""Finding the invitation behind a link, and those that are open."""

from __future__ import annotations

import hashlib

from django.utils import timezone

from accounts.models import Invitation, InvitationCode


def code_sha256(token: str) -> str:
    """What the database knows of a link's token (hexadecimal)."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_of(token: str) -> InvitationCode | None:
    """Where a link leads, whatever the organization; None where it leads nowhere."""
    return InvitationCode.objects.filter(code_sha256=code_sha256(token)).first()


def open_invitations() -> list[Invitation]:
    """The active organization's invitations that can still be accepted, the newest first."""
    found = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
    return list(found.select_related("invited_by"))
