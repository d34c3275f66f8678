"""A director with a password, and a browser's doors."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import AuditEntry, Organization, User
from accounts.tasks import send_account_mail
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization
from tests.people import AMARA, BJORN, Person

PASSWORD = "a long sentence of my own"
SignIn = Callable[..., Client]


def with_password(person: Person, tenant: Organization) -> User:
    """The person as a member who can sign in."""
    with organization(tenant.id):
        user = person.sign_up()
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, email: str, password: str = PASSWORD, **headers: str) -> int:
    """One POST, as the contract says; returns the status."""
    answer = client.post("/accounts/login/", {"login": email, "password": password}, headers=headers)
    return answer.status_code


def platform_verbs() -> list[str]:
    """What stands on the platform's audit trail, in order."""
    with organization(PLATFORM_ORGANIZATION_ID):
        return list(AuditEntry.objects.values_list("verb", flat=True))


def delivered() -> list[EmailMessage]:
    """All mail so far, once a worker has sent what waits."""
    send_account_mail()
    return mail.outbox


@pytest.fixture
def amara(north: Organization) -> User:
    return with_password(AMARA, north)


@pytest.fixture
def bjorn(north: Organization) -> User:
    return with_password(BJORN, north)


@pytest.fixture
def desk(amara: User) -> Client:
    """Amara's browser, signed in."""
    client = Client()
    assert sign_in(client, amara.email) == 302
    return client
