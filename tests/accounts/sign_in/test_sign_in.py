"""Signing in and out, forgotten passwords, and how often one may try."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import AuditEntry, CacheEntry, User
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization
from tests.accounts.sign_in.conftest import PASSWORD, delivered, platform_verbs, sign_in
from tests.people import AMARA


def test_one_post_of_address_and_password_leads_to_the_workspace(client: Client, amara: User) -> None:
    answer = client.post("/accounts/login/", {"login": AMARA.email.upper(), "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/workspace/")
    assert client.get("/workspace/").status_code == 200


def test_passwords_are_kept_with_argon2(amara: User) -> None:
    assert amara.password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("email", [AMARA.email, "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_look_alike(client: Client, amara: User, email: str) -> None:
    answer = client.post("/accounts/login/", {"login": email, "password": "something else"})
    assert answer.status_code == 200
    assert "This address and this password do not belong together." in answer.content.decode()


def test_signing_out_ends_the_session(desk: Client) -> None:
    assert desk.post("/accounts/logout/").status_code == 302
    assert desk.get("/workspace/").status_code == 302


def test_coming_going_and_being_refused_is_on_record_without_personal_data(client: Client, amara: User) -> None:
    sign_in(client, AMARA.email, "something else")
    sign_in(client, "nobody@example.org")
    sign_in(client, AMARA.email)
    client.post("/accounts/logout/")
    assert platform_verbs() == ["session.refuse", "session.refuse", "session.begin", "session.end"]
    with organization(PLATFORM_ORGANIZATION_ID):
        refused, unknown, begun, _ = AuditEntry.objects.all()
    assert (refused.actor, refused.target_id) == (None, str(amara.pk))  # whose account, not who it was
    assert (unknown.actor, unknown.target_id) == (None, "")
    assert begun.actor == amara
    assert "example.org" not in str([entry.__dict__ for entry in (refused, unknown, begun)])


@pytest.mark.parametrize(
    "page",
    ["signup/", "email/", "confirm-email/", "confirm-email/key/", "password/set/", "login/code/confirm/", "3rdparty/"],
)
def test_what_is_not_offered_is_not_there(desk: Client, page: str) -> None:
    for client in (desk, Client()):
        assert client.get(f"/accounts/{page}").status_code == 404
        assert client.post(f"/accounts/{page}", {"email": "new@example.org", "password1": PASSWORD}).status_code == 404
    assert not User.objects.filter(email="new@example.org").exists()


def test_after_five_wrong_passwords_the_right_one_waits_too(client: Client, amara: User) -> None:
    for _ in range(5):
        sign_in(client, AMARA.email, "something else")
    assert sign_in(Client(), AMARA.email) == 200  # from anywhere, in any process: the count is in the database
    assert CacheEntry.objects.exists()


def test_a_client_cannot_say_from_where_it_comes(client: Client, amara: User) -> None:
    statuses = [
        sign_in(client, f"guess-{number}@example.org", **{"X-Forwarded-For": f"203.0.113.{number}"})
        for number in range(10)
    ]
    assert statuses == [200] * 10
    assert sign_in(client, AMARA.email, **{"X-Forwarded-For": "203.0.113.99"}) == 200  # ten a minute from one address


def test_behind_a_proxy_only_its_own_entry_counts(client: Client, amara: User, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        sign_in(client, f"guess-{number}@example.org", **{"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.7"})
    assert sign_in(client, AMARA.email, **{"X-Forwarded-For": "203.0.113.99, 198.51.100.7"}) == 200
    assert sign_in(client, AMARA.email, **{"X-Forwarded-For": "198.51.100.8"}) == 302


def ask_for_a_new_password(client: Client, email: str) -> str:
    answer = client.post("/accounts/password/reset/", {"email": email}, follow=True)
    return re.sub(r'value="[^"]+"', "", answer.content.decode())


def test_asking_for_a_new_password_does_not_tell_who_is_known(client: Client, amara: User) -> None:
    known, unknown = (ask_for_a_new_password(client, email) for email in (AMARA.email, "nobody@example.org"))
    assert known == unknown
    to_amara, to_nobody = delivered()  # each address is written to, so that the time it takes tells nothing either
    assert "/password/reset/key/" in to_amara.body
    assert "/password/reset/key/" not in to_nobody.body


def new_password(client: Client, password: str) -> None:
    ask_for_a_new_password(client, AMARA.email)
    found = re.search(r"/accounts/password/reset/key/\S+", str(delivered()[-1].body))
    assert found
    form = client.get(found[0], follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": password, "password2": password})


def test_a_new_password_ends_every_session_and_signs_nobody_in(desk: Client, amara: User) -> None:
    other = Client()
    new_password(other, "another long sentence")
    assert other.get("/workspace/")["Location"].startswith("/accounts/login/")
    assert desk.get("/workspace/")["Location"].startswith("/accounts/login/")
    assert sign_in(other, AMARA.email, "another long sentence") == 302
    assert platform_verbs()[-2:] == ["password.reset", "session.begin"]


def test_nobody_asks_for_new_passwords_without_end(client: Client, amara: User) -> None:
    statuses = [client.post("/accounts/password/reset/", {"email": AMARA.email}).status_code for _ in range(4)]
    assert statuses == [302, 302, 302, 429]
    assert len(delivered()) == 3


def test_changing_the_password_keeps_this_session_and_ends_the_others(desk: Client, amara: User) -> None:
    other = Client()
    sign_in(other, AMARA.email)
    fields = {"oldpassword": PASSWORD, "password1": "another long sentence", "password2": "another long sentence"}
    assert desk.post("/accounts/password/change/", fields).status_code == 302
    assert desk.get("/workspace/").status_code == 200
    assert other.get("/workspace/").status_code == 302
    assert platform_verbs()[-1] == "password.change"
