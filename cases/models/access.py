"""Who works on a case: its caseworkers, and colleagues with whom it is shared."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from guardian.managers import UserObjectPermissionManager
from guardian.models import UserObjectPermissionBase

from accounts.fields import TenantForeignKey
from accounts.models import TenantModel
from accounts.tenancy import TenantManager


class CaseAssignment(TenantModel):
    """A caseworker's own case."""

    case = TenantForeignKey("cases.Case", on_delete=models.CASCADE, related_name="assignments")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        ordering = ("created_at", "id")
        constraints = (models.UniqueConstraint(fields=("organization", "user", "case"), name="case_assigned_once"),)


class CaseShareManager(TenantManager["CaseShare"], UserObjectPermissionManager):
    """guardian's manager behind the tenant wall."""


class CaseShare(UserObjectPermissionBase, TenantModel):
    """A case shared with a colleague: guardian's permission `change_case` on one object, in a walled table of ours."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    permission = models.ForeignKey("auth.Permission", on_delete=models.PROTECT, related_name="+")
    content_object = TenantForeignKey("cases.Case", on_delete=models.CASCADE, related_name="shares")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[CaseShareManager] = CaseShareManager()

    class Meta(TenantModel.Meta):
        unique_together = ()
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "user", "permission", "content_object"), name="case_shared_once"
            ),
        )
