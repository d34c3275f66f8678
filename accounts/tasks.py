"""Celery's way in: an id comes, one call goes out."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.mail import invitation_message
from accounts.models import Invitation
from accounts.tenancy import organization
from accounts.tenant_task import SteppingTask


@shared_task(
    base=SteppingTask,
    name="accounts.send_invitation",
    autoretry_for=(OSError,),  # SMTPException is one
    retry_backoff=60,  # seconds; doubles
    max_retries=6,
)
def send_invitation(organization_id: str, invitation_id: str) -> None:
    """Mail an invitation that is open and was not mailed yet; a relay that refuses is asked again for two hours."""
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
