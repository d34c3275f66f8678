"""Mail of the platform itself, over a real connection to a real SMTP server."""

from __future__ import annotations

import datetime as dt
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from smtplib import SMTPException
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.actions.account_mail import ask_account_mail
from accounts.actions.invitations import invite
from accounts.models import AccountMail, Invitation, Organization
from accounts.roles import Role
from accounts.tasks import send_account_mail, send_invitation, sweep_invitations
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization
from config import celery_app
from tests.people import AMARA, DAVID


class Kept(Message):
    """Keeps what was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[EmailMessage] = []

    def handle_message(self, message: Any) -> None:
        parsed = message_from_bytes(message.as_bytes(), policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.messages.append(parsed)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def port(settings: Settings) -> int:
    """Where the settings say that the relay is; nobody listens yet."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 10
    return int(settings.EMAIL_PORT)


class Busy(Kept):
    """Says `later` the first time."""

    asked = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.asked += 1
        return "451 4.3.0 Later, please" if self.asked == 1 else await super().handle_DATA(server, session, envelope)


@contextmanager
def listening(kept: Kept, port: int) -> Iterator[None]:
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    yield
    controller.stop()


@pytest.fixture
def invitation(north: Organization) -> Invitation:
    with organization(north.id):
        return invite(email=DAVID.email, role=Role.CASEWORKER, by=AMARA.sign_up())


def mailed(invitation: Invitation) -> bool:
    with organization(invitation.organization.pk):
        return Invitation.objects.get(pk=invitation.pk).mailed_at is not None


def test_an_invitation_reaches_its_address(port: int, north: Organization, invitation: Invitation) -> None:
    relay = Kept()
    with listening(relay, port):
        send_invitation(str(north.pk), str(invitation.pk))
    [message] = relay.messages
    assert message["To"] == DAVID.email
    assert message["From"] == "Redress <no-reply@127.0.0.1>"
    assert message["Subject"] == "An invitation to Redress"
    text = message.get_content()
    assert "Amara Okafor invites you to work with Northern Victim Support" in text
    assert "as its caseworker" in text
    assert mailed(invitation)


def sweep(monkeypatch: pytest.MonkeyPatch, **after: int) -> None:
    """The sweeper some time later, with a worker at hand."""
    at_hand = lambda ids, **_options: send_invitation(*ids)  # noqa: E731
    monkeypatch.setattr(send_invitation, "apply_async", at_hand)
    with time_machine.travel(timezone.now() + dt.timedelta(**after)):
        sweep_invitations()


def test_a_relay_that_is_busy_is_asked_again(
    port: int, north: Organization, invitation: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay = Busy()
    with listening(relay, port):
        with pytest.raises(SMTPException, match="Later, please"):
            send_invitation(str(north.pk), str(invitation.pk))
        for minutes in (5, 10):
            sweep(monkeypatch, minutes=minutes)
    assert (relay.asked, len(relay.messages)) == (2, 1)
    assert mailed(invitation)


def test_an_invitation_whose_wake_up_was_lost_is_mailed_all_the_same_until_it_ends(
    port: int, invitation: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay = Kept()
    with listening(relay, port):
        sweep(monkeypatch, minutes=1)
        assert relay.messages == [], "its worker may be at it"
        sweep(monkeypatch, hours=73)
        assert relay.messages == [], "the link opens nothing any more"
        sweep(monkeypatch, minutes=5)
    assert len(relay.messages) == 1
    assert mailed(invitation)


def test_where_no_relay_answers_the_page_says_that_nothing_was_sent(
    port: int, north: Organization, invitation: Invitation
) -> None:
    with pytest.raises(ConnectionRefusedError):
        send_invitation(str(north.pk), str(invitation.pk))
    assert not mailed(invitation)


def waiting() -> int:
    with organization(PLATFORM_ORGANIZATION_ID):
        return AccountMail.objects.count()


def later(**after: int) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(**after)):
        send_account_mail()


def test_without_a_relay_a_forgotten_password_is_answered_as_ever_and_mailed_later(
    port: int, client: Client, north: Organization, caplog: pytest.LogCaptureFixture
) -> None:
    with organization(north.id):
        AMARA.sign_up()
    pages = [
        client.post("/accounts/password/reset/", {"email": email}, follow=True)
        for email in (AMARA.email, "nobody@example.org")
    ]
    send_account_mail()
    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].content == pages[1].content
    assert waiting() == 2
    assert "the relay did not take it" in caplog.text
    assert AMARA.email not in caplog.text
    relay = Kept()
    with listening(relay, port):
        send_account_mail()  # too early
        assert relay.messages == []
        later(minutes=3)
    to_amara, to_nobody = sorted(relay.messages, key=lambda message: str(message["To"]))
    assert re.search(
        r"^http://127\.0\.0\.1:8000/accounts/password/reset/key/\S+$", to_amara.get_content(), re.MULTILINE
    )
    assert "key" not in to_nobody.get_content()
    assert waiting() == 0


def test_mail_that_no_relay_took_for_three_days_is_given_up(
    port: int, client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    client.post("/accounts/password/reset/", {"email": DAVID.email})
    later(days=3, seconds=1)
    assert waiting() == 0
    assert "given up" in caplog.text


def test_one_address_that_no_mail_can_have_holds_up_no_other(port: int, db: None) -> None:
    for email in ("not\nan address@example.org", DAVID.email):
        ask_account_mail(template="account/email/password_changed", email=email)
    relay = Kept()
    with listening(relay, port):
        send_account_mail()
    assert [message["To"] for message in relay.messages] == [DAVID.email]


def test_beat_asks_for_the_mail_whose_wake_up_was_lost() -> None:
    assert send_account_mail.name in {entry["task"] for entry in celery_app.conf.beat_schedule.values()}
