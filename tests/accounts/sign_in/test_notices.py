"""Whoever changes how somebody signs in, its owner is told by mail."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AccountMail, User
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization
from tests.accounts.sign_in.conftest import PASSWORD, delivered
from tests.accounts.sign_in.test_second_factor import set_up_app
from tests.accounts.sign_in.test_sign_in import new_password
from tests.people import AMARA
from tests.probes.passkeys import registered


def told() -> list[str]:
    """The subjects of what Amara was sent."""
    return [str(message.subject) for message in delivered() if message.to == [AMARA.email]]


def test_a_changed_password_is_told(desk: Client) -> None:
    fields = {"oldpassword": PASSWORD, "password1": "another long sentence", "password2": "another long sentence"}
    desk.post("/accounts/password/change/", fields, headers={"user-agent": "Call +1 900 to be safe"})
    [message] = delivered()
    assert (message.to, message.subject) == ([AMARA.email], "Your password for Redress was changed")
    assert "If it was not you, choose a new password now" in message.body
    assert "/accounts/password/reset/" in message.body
    assert "another long sentence" not in message.body
    assert "900" not in message.body  # what a browser says of itself, anybody can write


def test_a_password_chosen_by_the_link_in_a_mail_is_told(client: Client, amara: User) -> None:
    new_password(client, "another long sentence")
    assert told() == ["A new password for Redress", "Your password for Redress was changed"]


def test_a_second_factor_that_comes_or_goes_is_told(
    desk: Client,
    amara: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("accounts.actions.account_mail.wake_postman", lambda: None)
    passkey = Authenticator.objects.create(user=amara, type="webauthn", data={"credential": registered(), "name": "A"})
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(desk)
        desk.post("/accounts/2fa/recovery-codes/generate/")
    desk.post(f"/accounts/2fa/webauthn/keys/{passkey.pk}/remove/")
    desk.post("/accounts/2fa/totp/deactivate/")
    assert told() == [
        "An authenticator app was added to your account",
        "New recovery codes for your account",
        "A passkey was removed from your account",
        "The authenticator app was removed from your account",
    ]


def test_a_new_passkey_is_told(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allauth.mfa.webauthn.forms.auth.parse_registration_response", lambda _credential: None)
    monkeypatch.setattr("allauth.mfa.webauthn.forms.auth.complete_registration", lambda _credential: None)
    desk.post("/accounts/reauthenticate/", {"password": PASSWORD})
    desk.post("/accounts/2fa/webauthn/add/", {"name": "Phone", "credential": '{"id": "a"}'})
    assert told()[:1] == ["A passkey was added to your account"]


def test_what_is_undone_is_not_told(desk: Client) -> None:
    fields = {"oldpassword": PASSWORD, "password1": "another long sentence", "password2": "another long sentence"}
    with transaction.atomic():
        desk.post("/accounts/password/change/", fields)
        transaction.set_rollback(True)
    assert told() == []


def test_what_waits_opens_nothing(client: Client, amara: User) -> None:
    client.post("/accounts/password/reset/", {"email": AMARA.email})
    with organization(PLATFORM_ORGANIZATION_ID):
        [waiting] = AccountMail.objects.values_list("template", "email")
    assert waiting == ("account/email/password_reset_key", AMARA.email)
