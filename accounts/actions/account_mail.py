"""Asking for mail to a person about their own account."""

from __future__ import annotations

from django.db import transaction

from accounts.models import AccountMail
from accounts.tasks import wake_postman
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization


def ask_account_mail(*, template: str, email: str) -> None:
    """Keep a mail until a worker has sent it; the answer to whoever asked waits for no relay.

    It is written in the transaction of what it tells, if there is one: what is undone is not told.
    """
    with organization(PLATFORM_ORGANIZATION_ID):
        AccountMail.objects.create(template=template, email=email)
        transaction.on_commit(wake_postman, robust=True)
