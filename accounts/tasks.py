"""Celery's way in: an id comes, one call goes out."""

from __future__ import annotations

import datetime as dt
import logging
from uuid import UUID

from celery import shared_task
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.mail import account_message, invitation_message
from accounts.models import AccountMail, Invitation
from accounts.queries.invitations import unmailed_invitations
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization
from accounts.tenant_task import SteppingTask

logger = logging.getLogger(__name__)
#: Until a relay takes it: from two minutes, which no attempt takes, to an hour; then a link would be too old.
_WAIT, _LONGEST_WAIT, _GIVEN_UP_AFTER = dt.timedelta(minutes=2), dt.timedelta(hours=1), dt.timedelta(days=3)
_WAKE_UP_LASTS = 60  # seconds; then beat has asked again


@shared_task(base=SteppingTask, name="accounts.send_invitation")
def send_invitation(organization_id: str, invitation_id: str) -> None:
    """Mail an invitation that is open and was not mailed yet. Raises what the relay says; the sweeper asks again."""
    message = _waiting(UUID(organization_id), invitation_id)
    if message is None:
        return
    message.send()  # outside of a transaction: a relay may be slow
    with organization(UUID(organization_id)):
        Invitation.objects.filter(pk=invitation_id).update(mailed_at=timezone.now())


def _waiting(organization_id: UUID, invitation_id: str) -> EmailMessage | None:
    with organization(organization_id):
        waiting = Invitation.objects.filter(pk=invitation_id, mailed_at=None)
        invitation = waiting.select_related("organization", "invited_by").first()
        return invitation_message(invitation) if invitation and invitation.is_open else None


@shared_task(name="accounts.sweep_invitations")
def sweep_invitations() -> None:
    """Wake a worker for every invitation that no relay took yet, in every organization, as long as it is open."""
    for organization_id, invitation_id in unmailed_invitations():
        send_invitation.apply_async((str(organization_id), str(invitation_id)), expires=_WAKE_UP_LASTS, retry=False)


@shared_task(name="accounts.send_account_mail")
def send_account_mail() -> None:
    """Send every mail about an account that is due; beat asks every minute too, so that a lost wake-up only delays."""
    while waiting := _put_off():
        _send(waiting)


def wake_postman() -> None:
    """Ask a worker to send what waits. Raises what the broker's client raises; beat asks again."""
    send_account_mail.apply_async(expires=_WAKE_UP_LASTS, retry=False)


def _put_off() -> AccountMail | None:
    """The next that is due, with the next attempt set already: a worker that dies now leaves it waiting."""
    now = timezone.now()
    with organization(PLATFORM_ORGANIZATION_ID):
        due = AccountMail.objects.select_for_update(skip_locked=True).filter(next_attempt_at__lte=now)
        waiting = due.order_by("next_attempt_at").first()
        if waiting:
            waiting.next_attempt_at = now + min(_WAIT * 2 ** min(waiting.attempts, 10), _LONGEST_WAIT)
            waiting.attempts += 1
            waiting.save(update_fields=["next_attempt_at", "attempts"])
    return waiting


def _send(waiting: AccountMail) -> None:
    try:
        account_message(waiting).send()  # outside of a transaction: a relay may be slow
    except (OSError, ValueError) as error:  # SMTPException is the one, an address that no header can have the other
        if timezone.now() < waiting.asked_at + _GIVEN_UP_AFTER:
            logger.warning("a mail about an account waits: the relay did not take it", exc_info=error)
            return
        logger.exception("a mail about an account is given up: no relay took it in three days")
    with organization(PLATFORM_ORGANIZATION_ID):
        AccountMail.objects.filter(pk=waiting.pk).delete()
