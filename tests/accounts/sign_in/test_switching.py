"""A form that was filled in for one organization is never written for another."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import Invitation, Membership, Organization, User
from accounts.roles import Role
from accounts.tenancy import organization
from tests.accounts.sign_in.conftest import PASSWORD
from tests.people import AMARA, DAVID

INVITING = "/workspace/members/"


@pytest.fixture
def south_too(amara: User, south: Organization) -> Membership:
    """Amara directs both organizations."""
    with organization(south.id):
        return Membership.objects.create(user=amara, role=Role.DIRECTOR)


def token_of(client: Client, page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(page).content.decode())
    assert found
    return found[1]


def choose(browser: Client, tenant: Organization) -> None:
    page = "/accounts/organization/"
    fields = {"organization": str(tenant.pk), "csrfmiddlewaretoken": token_of(browser, page)}
    assert browser.post(page, fields).status_code == 302


@pytest.fixture
def browser(amara: User, south_too: Membership, north: Organization) -> Client:
    """Amara's, with tokens as everywhere outside of tests; she acts for the north."""
    client = Client(enforce_csrf_checks=True)
    login = "/accounts/login/"
    client.post(login, {"login": AMARA.email, "password": PASSWORD, "csrfmiddlewaretoken": token_of(client, login)})
    choose(client, north)
    return client


def test_a_form_from_before_the_switch_is_refused_and_a_fresh_one_is_taken(
    browser: Client, south: Organization
) -> None:
    old = token_of(browser, INVITING)
    choose(browser, south)
    fields = {"email": DAVID.email, "role": "caseworker"}
    refused = browser.post(INVITING, {**fields, "csrfmiddlewaretoken": old})
    assert refused.status_code == 403
    assert "you chose another organization meanwhile" in refused.content.decode()
    with organization(south.id):
        assert not Invitation.objects.exists()
    assert browser.post(INVITING, {**fields, "csrfmiddlewaretoken": token_of(browser, INVITING)}).status_code == 302
    with organization(south.id):
        assert Invitation.objects.exists()


def test_whose_membership_ends_is_not_moved_to_another_organization_unasked(
    browser: Client, amara: User, north: Organization
) -> None:
    old = token_of(browser, INVITING)
    with organization(north.id):
        Membership.objects.filter(user=amara).update(is_active=False)
    answer = browser.post(INVITING, {"email": DAVID.email, "role": "caseworker", "csrfmiddlewaretoken": old})
    assert answer["Location"] == "/accounts/organization/"
