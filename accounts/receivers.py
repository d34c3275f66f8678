"""What Django and allauth announce about signing in, put on the audit trail."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db.models.signals import post_delete, post_save
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


@receiver(post_save, sender=Authenticator)
def second_factor_saved(*, instance: Authenticator, created: bool, **_signal: Any) -> None:
    """The kind (totp, webauthn, recovery_codes) stands where names of fields do.

    Heard from the table, because allauth announces a new app only after the commit: the entry shares its transaction.
    """
    if created:
        record_sign_in("second_factor.add", instance.user, fields=[instance.type])


@receiver(post_delete, sender=Authenticator)
def second_factor_deleted(*, instance: Authenticator, **_signal: Any) -> None:
    """The row is gone; its kind is on record."""
    record_sign_in("second_factor.remove", instance.user, fields=[instance.type])
