"""The audit trail: rows that nobody changes, each hashed with the one before it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models.base import TenantModel


class AuditEntry(TenantModel):
    """One act. Holds ids, names of fields and hashes only, never a person's data.

    Triggers refuse UPDATE, DELETE and TRUNCATE to everybody, the tables' owner included.
    """

    append_only = True

    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=64)
    target_type = models.CharField(max_length=100, blank=True)
    target_id = models.CharField(max_length=64, blank=True)
    fields = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta(TenantModel.Meta):
        ordering = ["number"]
        indexes = [models.Index(fields=["organization", "target_id"], name="audit_entry_by_target")]
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="audit_entry_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="audit_entry_number_from_one"),
            models.CheckConstraint(condition=Q(hash__regex="^[0-9a-f]{64}$"), name="audit_entry_hash"),
            models.CheckConstraint(condition=Q(previous_hash__regex="^[0-9a-f]{64}$"), name="audit_entry_previous"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class AuditHead(TenantModel):
    """The last entry of an organization's chain; locking it puts writers in a row."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["organization"], name="audit_head_one")]

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"
