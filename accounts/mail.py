"""Mail of the platform itself to people who sign in; never about a case."""

from __future__ import annotations

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import AccountMail, Invitation, User

#: What allauth calls the mail with a link for a new password, and the one to whoever has no account.
_RESET, _UNKNOWN = "account/email/password_reset_key", "account/email/unknown_account"


def invitation_link(token: str) -> str:
    """The address that opens an invitation, once."""
    return f"{settings.SITE_URL}{reverse('accept_invitation', args=[token])}"


def new_password_link(person: User) -> str:
    """The address where a person chooses a password, within Django's PASSWORD_RESET_TIMEOUT (three days).

    A link made before is as good until one is chosen.
    """
    key = PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})
    return f"{settings.SITE_URL}{path}"


def invitation_message(invitation: Invitation) -> EmailMessage:
    """What an invited person is written, while their invitation is open."""
    context = {
        "organization": invitation.organization.name,
        "role": invitation.role,
        "inviter": invitation.invited_by.name if invitation.invited_by else "",
        "link": invitation_link(invitation.token or ""),
        "until": date_format(invitation.expires_at, "j F Y, H:i e"),
    }
    text = render_to_string("accounts/mail/invitation.txt", context)
    return EmailMessage("An invitation to Redress", text, to=[invitation.email])


def account_message(waiting: AccountMail) -> EmailMessage:
    """What a person is written about their own account; the link for a new password is made now."""
    user = User.objects.filter(email=waiting.email, is_active=True).first()
    template = _UNKNOWN if waiting.template == _RESET and user is None else waiting.template
    context = {
        "at": date_format(waiting.asked_at, "j F Y, H:i e"),
        "forgotten": f"{settings.SITE_URL}{reverse('account_reset_password')}",
    }
    if user and template == _RESET:
        context["link"] = new_password_link(user)
    subject = render_to_string(f"{template}_subject.txt").strip()
    text = render_to_string(f"{template}_message.txt", context).strip()
    return EmailMessage(subject, f"{text}\n", to=[waiting.email])
