"""What Django and allauth announce about signing in, put on the audit trail."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver

from accounts.actions.sign_ins import record_attempt, record_sign_in
from accounts.models import User


@receiver(user_logged_in)
def signed_in(*, user: User, **_signal: Any) -> None:
    """A person is in, second factor included."""
    record_sign_in("session.begin", user)


@receiver(user_logged_out)
def signed_out(*, user: User | None, **_signal: Any) -> None:
    """A person left."""
    if isinstance(user, User):
        record_sign_in("session.end", user)


@receiver(user_login_failed)
def refused(*, credentials: dict[str, Any], **_signal: Any) -> None:
    """Address or password were wrong; for an address that nobody has, the entry names nobody."""
    email = str(credentials.get("email") or "")
    record_attempt("session.refuse", User.objects.filter(email=email).first())


@receiver(authentication_failed)
def second_factor_refused(*, user: User, **_signal: Any) -> None:
    """A code or key was wrong."""
    record_attempt("second_factor.refuse", user)


@receiver(password_changed)
@receiver(password_set)
def password_was_changed(*, user: User, **_signal: Any) -> None:
    """By the person, who knew the old one."""
    record_sign_in("password.change", user)


@receiver(password_reset)
def password_was_reset(*, user: User, **_signal: Any) -> None:
    """By whoever opened the link in the mail."""
    record_attempt("password.reset", user)


@receiver(authenticator_added)
def second_factor_added(*, user: User, authenticator: Any, **_signal: Any) -> None:
    """The kind (totp, webauthn, recovery_codes) stands where names of fields do."""
    record_sign_in("second_factor.add", user, fields=[authenticator.type])


@receiver(authenticator_removed)
def second_factor_removed(*, user: User, authenticator: Any, **_signal: Any) -> None:
    """The row is gone; its kind is on record."""
    record_sign_in("second_factor.remove", user, fields=[authenticator.type])


@receiver(authenticator_reset)
def recovery_codes_renewed(*, user: User, authenticator: Any, **_signal: Any) -> None:
    """The old codes open nothing any more."""
    record_sign_in("second_factor.renew", user, fields=[authenticator.type])
