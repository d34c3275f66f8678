"""The letters of a case: what was asked for, and the bytes that were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.fields import EncryptedTextField, TenantForeignKey
from accounts.models import TenantModel
from letters.enums import LetterState

if TYPE_CHECKING:
    from accounts.models import User


class Letter(TenantModel):
    """The document of one report to one agency.

    A sealed letter is frozen: its bytes are in the vault under `document_sha256`, its recipient, consent and
    rule version are what they were at that moment, and the database refuses any later change of them.
    """

    case = TenantForeignKey("cases.Case", on_delete=models.PROTECT, related_name="letters")
    agency_key = models.CharField(max_length=120)
    state = models.CharField(max_length=10, default=LetterState.ASKED.value)
    draft = models.BooleanField()
    letter_date = models.DateField()
    facts_sha256 = models.CharField(max_length=64)
    rule_version = models.CharField(max_length=40)
    consent_given_on = models.DateField(null=True, blank=True)
    consent_terms = ArrayField(models.TextField(), default=list, blank=True)
    recipient_to = models.TextField(blank=True, default="")
    verify_code = EncryptedTextField(blank=True, default="")
    message_id = models.CharField(max_length=200, blank=True, default="")
    document_sha256 = models.CharField(max_length=64, blank=True, default="")
    mail_sha256 = models.CharField(max_length=64, blank=True, default="")
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    # The supervisor who read the draft that this letter was sealed from, where one had to.
    read_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)  # of workers to make it
    failure = models.TextField(blank=True, default="")

    class Meta(TenantModel.Meta):
        ordering = ("asked_at", "id")
        indexes = (
            models.Index(fields=("organization", "case", "agency_key"), name="letter_by_recipient"),
            # What the sweeper looks for every minute, among all letters ever made.
            models.Index(
                fields=("organization", "asked_at"),
                condition=models.Q(state=LetterState.ASKED.value),
                name="letter_to_be_made",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in LetterState]), name="letter_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=LetterState.SEALED.value)
                | (models.Q(draft=False, sealed_at__isnull=False) & ~models.Q(document_sha256="")),
                name="letter_sealed_has_a_document",
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency_key} ({self.state})"

    def is_open_to(self, user: User) -> bool:
        """Whether the person may read its case."""
        return self.case.is_open_to(user)
