"""What the victim approved, and who let it go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from accounts.fields import EncryptedTextField, TenantForeignKey
from accounts.models import TenantModel
from accounts.roles import Role
from letters.enums import ApprovalMethod

if TYPE_CHECKING:
    from accounts.models import User

_SHA256 = "^[0-9a-f]{64}$"


class Approval(TenantModel):
    """The victim approved the bytes with this SHA-256, and no others."""

    letter = TenantForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="approvals")
    document_sha256 = models.CharField(max_length=64)
    method = models.CharField(max_length=20)
    language = models.CharField(max_length=35)
    notice_version = models.CharField(max_length=40)
    # The member who read it back or holds the paper; nobody where the victim approved in the portal.
    member = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        ordering = ("given_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(method__in=[method.value for method in ApprovalMethod]),
                name="approval_method_known",
            ),
            models.CheckConstraint(
                condition=models.Q(method=ApprovalMethod.PORTAL.value, member=None)
                | (~models.Q(method=ApprovalMethod.PORTAL.value) & models.Q(member__isnull=False)),
                name="approval_recorded_by_a_member_or_portal",
            ),
            models.CheckConstraint(condition=models.Q(document_sha256__regex=_SHA256), name="approval_sha256_form"),
            models.CheckConstraint(
                condition=~models.Q(language="") & ~models.Q(notice_version=""),
                name="approval_says_language_and_notice",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_sha256[:12]} {self.method}"

    def is_open_to(self, user: User) -> bool:
        """Whether the person may read its case."""
        return self.letter.is_open_to(user)


class Release(TenantModel):
    """A person with the right to let one letter go, having read exactly these bytes."""

    letter = TenantForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="releases")
    document_sha256 = models.CharField(max_length=64)
    released_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)
    released_at = models.DateTimeField()
    # Why this address is used although nobody verified it in time; empty where it needs no reason.
    override_reason = EncryptedTextField(blank=True, default="")
    hold_until = models.DateTimeField()

    class Meta(TenantModel.Meta):
        ordering = ("released_at", "id")
        constraints = (
            models.CheckConstraint(condition=models.Q(role__in=[role.value for role in Role]), name="release_role"),
            models.CheckConstraint(condition=models.Q(document_sha256__regex=_SHA256), name="release_sha256_form"),
        )

    def __str__(self) -> str:
        return f"{self.document_sha256[:12]} {self.role}"

    def is_open_to(self, user: User) -> bool:
        """Whether the person may read its case."""
        return self.letter.is_open_to(user)
