"""The outbox: one row for each letter that was let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from accounts.fields import EncryptedTextField, TenantForeignKey
from accounts.models import TenantModel
from letters.enums import Carrier, DispatchState, SendingStage

if TYPE_CHECKING:
    from accounts.models import User


class Dispatch(TenantModel):
    """The way of one letter to its agency. The truth of the outbox: a broker only wakes workers up.

    `lease_owner` holds it until `lease_until` while it is `sending`; `stage` says how far that attempt is, and is
    committed just before the final dot. Accepted, posted and sent by the victim are final; the database keeps it so.
    """

    letter = TenantForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="dispatches")
    release = TenantForeignKey("letters.Release", on_delete=models.PROTECT, related_name="dispatches")
    case = TenantForeignKey("cases.Case", on_delete=models.PROTECT, related_name="dispatches")
    report = TenantForeignKey("cases.Report", on_delete=models.PROTECT, null=True, related_name="+")
    agency_key = models.CharField(max_length=120)
    agency_name = models.TextField()
    agency_kind = models.CharField(max_length=40, blank=True, default="")
    document_sha256 = models.CharField(max_length=64)
    carrier = models.CharField(max_length=10)
    state = models.CharField(max_length=12)
    recipient_domain = models.CharField(max_length=255, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    stage = models.CharField(max_length=10, blank=True, default="")
    stage_at = models.DateTimeField(null=True)
    lease_owner = models.CharField(max_length=36, blank=True, default="")
    lease_until = models.DateTimeField(null=True)

    reply_code = models.PositiveSmallIntegerField(null=True)
    reply_text = models.TextField(blank=True, default="")
    # What a person should know or do, in a sentence without personal data.
    problem = models.TextField(blank=True, default="")
    # What a person typed when they stopped it, or found out what became of it.
    reason = EncryptedTextField(blank=True, default="")
    accepted_at = models.DateTimeField(null=True)
    posted_on = models.DateField(null=True)
    registered_number = models.CharField(max_length=80, blank=True, default="")
    victim_sent_on = models.DateField(null=True)

    class Meta(TenantModel.Meta):
        ordering = ("created_at", "id")
        indexes = (models.Index(fields=("organization", "state", "next_attempt_at"), name="dispatch_due"),)
        constraints = (
            models.UniqueConstraint(fields=("organization", "letter"), name="dispatch_once_per_letter"),
            models.UniqueConstraint(
                fields=("organization", "case", "agency_key", "document_sha256"), name="dispatch_once_per_document"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in DispatchState]), name="dispatch_state_known"
            ),
            models.CheckConstraint(condition=Q(carrier__in=[c.value for c in Carrier]), name="dispatch_carrier_known"),
            models.CheckConstraint(
                condition=Q(state=DispatchState.SENDING.value, lease_until__isnull=False)
                & Q(stage__in=[stage.value for stage in SendingStage])
                & ~Q(lease_owner="")
                | ~Q(state=DispatchState.SENDING.value) & Q(lease_owner="", lease_until=None, stage=""),
                name="dispatch_lease_only_while_sending",
            ),
            models.CheckConstraint(
                condition=~Q(state=DispatchState.ACCEPTED.value) | Q(accepted_at__isnull=False, report__isnull=False),
                name="dispatch_accepted_is_on_record",
            ),
            models.CheckConstraint(
                condition=~Q(state=DispatchState.POSTED.value) | Q(posted_on__isnull=False, report__isnull=False),
                name="dispatch_posted_is_on_record",
            ),
            models.CheckConstraint(
                condition=~Q(state=DispatchState.VICTIM_SENT.value)
                | Q(victim_sent_on__isnull=False, report__isnull=False),
                name="dispatch_victim_sent_is_on_record",
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency_key} ({self.state})"

    def is_open_to(self, user: User) -> bool:
        """Whether the person may read its case."""
        return self.case.is_open_to(user)

    def drop_lease(self, state: DispatchState) -> None:
        """Leave the attempt, whatever came of it, for the given state. The caller saves."""
        self.state = state.value
        self.stage, self.stage_at = "", None
        self.lease_owner, self.lease_until = "", None


class DomainSlot(models.Model):
    """When the next message may go to a recipient's domain, whoever sends it; shared by all organizations."""

    domain = models.CharField(max_length=255, primary_key=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.domain
