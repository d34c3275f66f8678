"""Invitations: how a person becomes a member."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.fields import EmailKeyField, EncryptedTextField
from accounts.models.base import TenantModel
from accounts.models.people import User
from accounts.roles import Role

#: How long a link can be used after it was made.
LASTS = dt.timedelta(hours=72)


def in_72_hours() -> dt.datetime:
    """When an invitation that is made now ends."""
    return timezone.now() + LASTS


class Invitation(TenantModel):
    """One address is invited, as one role, once; open until it is accepted, withdrawn or expired."""

    email = EmailKeyField()
    role = models.CharField(max_length=12, choices=[(role.value, role.value) for role in Role])
    # Nobody, for an organization's first director.
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # Kept only as long as it opens something: the mail is written by a worker that is told the row's id alone.
    token: EncryptedTextField[str | None, str | None] = EncryptedTextField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=in_72_hours)
    mailed_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "email"),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_one_open_per_address",
            ),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="invitation_role"),
            models.CheckConstraint(
                condition=Q(invited_by__isnull=False) | Q(role=Role.DIRECTOR.value), name="invitation_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_accepted_or_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(token__isnull=True) | Q(accepted_at=None, withdrawn_at=None),
                name="invitation_token_while_open",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()


class InvitationCode(models.Model):
    """From the SHA-256 of a link's token to the organization and its invitation; shared, and nothing else in it."""

    code_sha256 = models.CharField(max_length=64, primary_key=True)
    organization_id: models.UUIDField[UUID, UUID] = models.UUIDField()
    invitation_id: models.UUIDField[UUID, UUID] = models.UUIDField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organization_id", "invitation_id"), name="invitationcode_one_an_invitation"
            ),
        )

    def __str__(self) -> str:
        return str(self.invitation_id)
