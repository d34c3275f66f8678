"""Mail to people about their own accounts, until it is sent."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from accounts.fields import EmailKeyField
from accounts.models.base import TenantModel


class AccountMail(TenantModel):
    """One mail that was asked for and that no relay has taken yet; kept under the platform's organization.

    Neither text nor link: they are made when it is sent, so that nothing waits here that opens anything.
    """

    template = models.CharField(max_length=60)  # what allauth calls it, as in "account/email/password_changed"
    email = EmailKeyField(max_length=320)  # as long as a form takes: most that are typed there are nobody's
    asked_at = models.DateTimeField(auto_now_add=True)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.pk)
