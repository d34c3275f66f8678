"""allauth's forms for passkeys: every refusal is on record, and what is no answer of a browser is refused.

allauth announces refused codes alone, and would fail at an answer without its parts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms
from allauth.mfa.webauthn.internal.auth import extract_user_from_response
from django.core.exceptions import ValidationError
from typing_extensions import override

from accounts.actions.sign_ins import record_attempt
from accounts.models import User

T = TypeVar("T")
#: What a mapping without its parts, or with other kinds of them, makes allauth and fido2 raise.
_MALFORMED = (AttributeError, LookupError, TypeError, ValueError)


class SignInForm(forms.LoginWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A passkey in the place of address and password."""

    @override
    def clean_credential(self) -> Authenticator:
        given = self.cleaned_data["credential"]
        try:
            return _sound(super().clean_credential)
        except ValidationError:
            record_attempt("session.refuse", _named(given))
            raise


class SecondFactorForm(forms.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey after the password."""

    @override
    def clean_credential(self) -> Authenticator:
        try:
            return _sound(super().clean_credential)
        except ValidationError:
            record_attempt("second_factor.refuse", self.user)
            raise


class ConfirmForm(SecondFactorForm, forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey from whoever is signed in, before a change."""


class AddForm(forms.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""

    @override
    def clean(self) -> dict[str, Any]:
        return _sound(super().clean)


def _sound(check: Callable[[], T]) -> T:
    """What the check gives. Raises ValidationError, also for what is no answer at all."""
    try:
        return check()
    except _MALFORMED as error:
        raise get_adapter().validation_error("incorrect_code") from error


def _named(credential: Any) -> User | None:
    """Whose account the passkey says it opens; None where it names nobody."""
    try:
        found: User = extract_user_from_response(credential)
    except (ValidationError, *_MALFORMED):
        return None
    return found
