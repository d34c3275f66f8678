"""A second factor: optional in the demo, required of members where the settings say so."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from accounts.models import Organization, PlatformRole, User
from accounts.roles import PlatformDuty
from tests.accounts.sign_in.conftest import PASSWORD, platform_verbs, sign_in, with_password
from tests.accounts.sign_in.test_sign_in import new_password
from tests.people import AMARA, DAVID, Person

CARLOS = Person("Carlos Mendes", "carlos@platform.example.org", None)


_PERIOD = 30  # seconds for which a code stands


def code(secret: str) -> str:
    """What an authenticator app shows now; like a person, it waits for the next code where this one is about to end."""
    left = _PERIOD - time.time() % _PERIOD
    if left < 3:
        time.sleep(left)
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // _PERIOD)))


def set_up_app(client: Client) -> str:
    """Go the way of a person: confirm the password, scan, enter the code. Returns the secret."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret: str = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    return secret


def recovery_codes(user: User) -> list[str]:
    found: list[str] = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    return found


def test_the_demo_asks_for_none(client: Client, amara: User) -> None:
    assert sign_in(client, AMARA.email) == 302
    assert client.get("/workspace/").status_code == 200


def test_once_set_up_the_password_alone_opens_nothing(desk: Client, amara: User) -> None:
    secret = set_up_app(desk)
    other = Client()
    answer = other.post("/accounts/login/", {"login": AMARA.email, "password": PASSWORD})
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert other.get("/workspace/")["Location"].startswith("/accounts/login/")
    assert other.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert other.post("/accounts/2fa/authenticate/", {"code": code(secret)})["Location"] == "/workspace/"
    assert platform_verbs() == [
        "session.begin",
        "second_factor.add",
        "second_factor.add",
        "second_factor.refuse",
        "session.begin",
    ]


def test_a_recovery_code_works_once(desk: Client, amara: User) -> None:
    set_up_app(desk)
    recovery = recovery_codes(amara)[0]
    statuses = []
    for _ in range(2):
        other = Client()
        sign_in(other, AMARA.email)
        statuses.append(other.post("/accounts/2fa/authenticate/", {"code": recovery}).status_code)
    assert statuses == [302, 200]


def test_a_new_password_does_not_go_around_it(desk: Client, amara: User) -> None:
    set_up_app(desk)
    other = Client()
    new_password(other, "another long sentence")
    answer = other.post("/accounts/login/", {"login": AMARA.email, "password": "another long sentence"})
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")


def test_codes_cannot_be_tried_without_end(desk: Client, amara: User) -> None:
    secret = set_up_app(desk)
    other = Client()
    sign_in(other, AMARA.email)
    for _ in range(5):
        other.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert other.post("/accounts/2fa/authenticate/", {"code": code(secret)}).status_code == 200


def test_setting_one_up_asks_for_the_password_first(desk: Client) -> None:
    for page in ("totp/activate/", "webauthn/add/"):
        assert desk.get(f"/accounts/2fa/{page}")["Location"].startswith("/accounts/reauthenticate/")


def test_removing_it_is_on_record(desk: Client, amara: User) -> None:
    set_up_app(desk)
    assert desk.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert not Authenticator.objects.filter(user=amara).exists()
    assert platform_verbs()[-2:] == ["second_factor.remove", "second_factor.remove"]  # the app, and the codes with it


def test_what_is_undone_leaves_no_trace_and_what_is_done_leaves_one(amara: User) -> None:
    with transaction.atomic():
        Authenticator.objects.create(user=amara, type="totp", data={"secret": ""})
        transaction.set_rollback(True)
    assert platform_verbs() == []
    Authenticator.objects.create(user=amara, type="totp", data={"secret": ""}).delete()
    assert platform_verbs() == ["second_factor.add", "second_factor.remove"]


def test_the_database_alone_makes_no_codes(desk: Client, amara: User) -> None:
    secret = set_up_app(desk)
    stored = str([row.data for row in Authenticator.objects.filter(user=amara)])
    assert secret not in stored
    assert "migrated_codes" not in stored


def test_second_factors_move_to_a_new_master_key(desk: Client, amara: User, settings: Settings) -> None:
    secret = set_up_app(desk)
    codes = recovery_codes(amara)
    new = {"new": b"n" * 32}
    settings.MASTER_KEYS = new | settings.MASTER_KEYS
    call_command("rotate_master_key")
    settings.MASTER_KEYS = new
    assert Authenticator.objects.get(user=amara, type="totp").wrap().validate_code(code(secret))
    assert recovery_codes(amara) == codes


@pytest.fixture
def required(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


DOORS = [
    "/workspace/",
    "/workspace/members/",
    "/workspace/organization/",
    "/accounts/organization/",
    "/accounts/sessions/",
    "/accounts/password/change/",
    "/accounts/2fa/webauthn/",
    "/accounts/invitation/anything/",
]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("door", DOORS)
def test_where_it_is_required_every_door_leads_to_setting_one_up(
    desk: Client, required: None, door: str, method: str
) -> None:
    answer = getattr(desk, method)(door)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/")


def test_where_it_is_required_the_rest_opens_once_it_is_set_up(desk: Client, required: None) -> None:
    assert "then the workspace opens" in desk.get("/accounts/2fa/").content.decode()
    set_up_app(desk)
    assert desk.get("/accounts/2fa/recovery-codes/").status_code == 200
    assert [desk.get(door).status_code for door in DOORS[:3]] == [200, 200, 200]


def test_where_it_is_required_one_can_still_leave(desk: Client, required: None) -> None:
    assert desk.post("/accounts/logout/")["Location"] == "/accounts/login/"


def test_it_is_required_of_curators_too_and_not_of_victims(client: Client, required: None, north: Organization) -> None:
    carlos, david = with_password(CARLOS, north), with_password(DAVID, north)
    PlatformRole.objects.create(user=carlos, duty=PlatformDuty.CURATOR)
    client.force_login(carlos)
    assert client.get("/workspace/")["Location"] == "/accounts/2fa/"
    client.force_login(david)
    assert client.get("/accounts/organization/").status_code == 200
