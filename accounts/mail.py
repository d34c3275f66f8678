"""Mail of the platform itself to people who sign in; never about a case."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import Invitation


def invitation_link(token: str) -> str:
    """The address that opens an invitation, once."""
    return f"{settings.SITE_URL}{reverse('accept_invitation', args=[token])}"


def invitation_message(invitation: Invitation) -> EmailMessage:
    """What an invited person is written, while their invitation is open."""
    context = {
        "organization": invitation.organization.name,
        "role": invitation.role,
        "inviter": invitation.invited_by.name,
        "link": invitation_link(invitation.token or ""),
        "until": date_format(invitation.expires_at, "j F Y, H:i e"),
    }
    text = render_to_string("accounts/mail/invitation.txt", context)
    return EmailMessage("An invitation to Redress", text, to=[invitation.email])
