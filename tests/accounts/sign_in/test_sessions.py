"""Where a person is signed in: listed with what they are, and each can be ended."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.models import User
from accounts.templatetags.sign_in import device
from tests.accounts.sign_in.conftest import PASSWORD, platform_verbs, sign_in
from tests.people import AMARA, BJORN

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def phone(amara: User) -> Client:
    """Amara's other browser."""
    client = Client(headers={"user-agent": FIREFOX})
    assert sign_in(client, AMARA.email) == 302
    return client


def session_of(client: Client) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


def test_the_page_says_where_and_since_when(desk: Client, phone: Client) -> None:
    page = desk.get("/accounts/sessions/").content.decode()
    assert page.count("<h2>") == 2
    assert "Firefox on Windows" in page
    assert page.count("This one") == 1
    assert "127.0.0.1" in page


def test_one_session_is_ended_and_the_others_stay(desk: Client, phone: Client) -> None:
    assert desk.post(f"/accounts/sessions/{session_of(phone).pk}/end/")["Location"] == "/accounts/sessions/"
    assert phone.get("/accounts/sessions/")["Location"].startswith("/accounts/login/")
    assert desk.get("/accounts/sessions/").status_code == 200
    assert platform_verbs() == ["session.begin", "session.begin", "session.end"]


def test_all_others_are_ended_at_once(desk: Client, phone: Client) -> None:
    third = Client()
    sign_in(third, AMARA.email)
    assert desk.post("/accounts/sessions/").status_code == 302
    assert [client.get("/accounts/sessions/").status_code for client in (desk, phone, third)] == [200, 302, 302]
    assert platform_verbs()[-2:] == ["session.end", "session.end"]


def test_nobody_ends_somebody_else_s_session(desk: Client, bjorn: User) -> None:
    other = Client()
    sign_in(other, BJORN.email)
    assert desk.post(f"/accounts/sessions/{session_of(other).pk}/end/").status_code == 404
    assert other.get("/accounts/sessions/").status_code == 200


def test_looking_does_not_end_a_session(desk: Client, phone: Client) -> None:
    assert desk.get(f"/accounts/sessions/{session_of(phone).pk}/end/").status_code == 405


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("", "A program on an unknown system"),
    ],
)
def test_a_browser_is_called_what_people_call_it(user_agent: str, words: str) -> None:
    assert device(user_agent) == words


@pytest.mark.parametrize(
    "page",
    ["sessions/", "organization/", "2fa/", "2fa/totp/activate/", "2fa/recovery-codes/generate/", "password/change/"],
)
def test_no_browser_keeps_a_page_of_who_is_signed_in(desk: Client, page: str) -> None:
    desk.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert "no-store" in desk.get(f"/accounts/{page}")["Cache-Control"]
