"""The page behind the link of an invitation."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.actions.invitations import invite
from accounts.models import Invitation, Membership, Organization, User
from accounts.roles import Role
from accounts.tenancy import organization
from tests.accounts.sign_in.conftest import PASSWORD, platform_verbs, sign_in, with_password
from tests.people import BJORN, DAVID


def link(tenant: Organization, director: User, email: str = DAVID.email) -> str:
    with organization(tenant.id):
        token = Invitation.objects.get(pk=invite(email=email, role=Role.CASEWORKER, by=director).pk).token
    return f"/accounts/invitation/{token}/"


def role_of(email: str, tenant: Organization) -> str:
    with organization(tenant.id):
        return Membership.objects.get(user__email=email).role


def test_a_new_person_says_name_and_password_and_is_in(client: Client, north: Organization, amara: User) -> None:
    address = link(north, amara)
    page = client.get(address).content.decode()
    assert "Northern Victim Support" in page
    assert "as caseworker" in page
    answer = client.post(address, {"name": DAVID.name, "password": PASSWORD}, follow=True)
    assert (answer.redirect_chain[-1][0], answer.status_code) == ("/workspace/", 200)
    assert role_of(DAVID.email, north) == Role.CASEWORKER
    assert "session.begin" in platform_verbs()


def test_the_session_of_a_new_person_is_listed(client: Client, north: Organization, amara: User) -> None:
    client.post(link(north, amara), {"name": DAVID.name, "password": PASSWORD})
    assert "This one" in client.get("/accounts/sessions/").content.decode()


@pytest.mark.parametrize("fields", [{}, {"name": DAVID.name}, {"name": DAVID.name, "password": "password"}])
def test_without_name_or_a_good_password_nothing_happens(
    client: Client, north: Organization, amara: User, fields: dict[str, str]
) -> None:
    answer = client.post(link(north, amara), fields)
    assert (answer.status_code, "errorlist" in answer.content.decode()) == (200, True)
    assert not User.objects.filter(email=DAVID.email).exists()


def test_a_known_person_signs_in_first_and_then_accepts(client: Client, north: Organization, amara: User) -> None:
    address = link(north, amara)
    User.objects.create_user(DAVID.email, PASSWORD, name=DAVID.name)
    assert f"/accounts/login/?next={address}" in client.get(address).content.decode()
    assert client.post(address, {"name": "Mallory", "password": "another long sentence"}).status_code == 200
    answer = client.post(
        f"/accounts/login/?next={address}", {"login": DAVID.email, "password": PASSWORD, "next": address}
    )
    assert answer["Location"] == address
    assert client.post(address)["Location"] == "/workspace/"
    assert role_of(DAVID.email, north) == Role.CASEWORKER


def test_who_is_signed_in_as_somebody_else_is_asked_to_leave_first(
    north: Organization, amara: User, bjorn: User
) -> None:
    address, client = link(north, amara), Client()
    sign_in(client, BJORN.email)
    assert "sign out first" in client.get(address).content.decode()
    assert client.post(address).status_code == 200
    with organization(north.id):
        assert not Membership.objects.filter(user__email=DAVID.email).exists()


def test_strangers_learn_nothing_from_links_that_open_nothing(client: Client, north: Organization, amara: User) -> None:
    used, withdrawn = link(north, amara), link(north, amara, "other@example.org")
    client.post(used, {"name": DAVID.name, "password": PASSWORD})
    with organization(north.id):
        Invitation.objects.filter(email="other@example.org").update(token=None, withdrawn_at="2026-11-25T12:00Z")
    stranger = Client()
    pages = [stranger.get(address) for address in (used, withdrawn, "/accounts/invitation/guessed/")]
    assert [page.status_code for page in pages] == [404] * 3
    assert len({page.content for page in pages}) == 1
    assert [stranger.post(address).status_code for address in (used, withdrawn)] == [404] * 2


def test_the_page_is_kept_by_no_cache(client: Client, north: Organization, amara: User) -> None:
    assert "no-store" in client.get(link(north, amara))["Cache-Control"]


def test_accepting_makes_the_inviting_organization_the_active_one(
    client: Client, north: Organization, south: Organization, bjorn: User
) -> None:
    director = with_password(DAVID, south)
    with organization(south.id):
        Membership.objects.create(user=director, role=Role.DIRECTOR)
    address = link(south, director, BJORN.email)
    sign_in(client, BJORN.email)
    client.post(address)
    assert "caseworker · Southern Victim Support" in client.get("/workspace/").content.decode()
