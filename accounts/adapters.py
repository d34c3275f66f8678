"""What allauth asks us: who may sign up, how secrets are kept, what happens when sessions end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.http import HttpRequest
from typing_extensions import override

from accounts.actions.account_mail import ask_account_mail
from accounts.actions.keys import SECOND_FACTOR
from accounts.actions.sign_ins import record_sign_in
from accounts.masterkeys import unwrap_text, wrap_text


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: people come by an invitation."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "This address and this password do not belong together.",
        "incorrect_password": "That is not your password.",
        "too_many_login_attempts": "That was too often. For safety we wait a few minutes; then try again.",
    }

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @override
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Let a worker send it: neither the answer nor the time it takes tells who is known or whether a relay is up.

        Nothing of the context is kept: it has the link, and what the browser says of itself.
        """
        ask_account_mail(template=template_prefix, email=email)


class MFAAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps and recovery codes under the master key."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right. An app changes it every 30 seconds: take the one it shows now.",
    }

    @override
    def encrypt(self, text: str) -> str:
        return wrap_text(text, SECOND_FACTOR)

    @override
    def decrypt(self, encrypted_text: str) -> str:
        return unwrap_text(encrypted_text, SECOND_FACTOR)

    @override
    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """Suggest a name for a new passkey."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"


class UserSessionsAdapter(DefaultUserSessionsAdapter):
    """Puts ended sessions on record."""

    @override
    def end_sessions(self, sessions: Iterable[Any]) -> None:
        ended = list(sessions)
        super().end_sessions(ended)
        for session in ended:
            record_sign_in("session.end", session.user)
