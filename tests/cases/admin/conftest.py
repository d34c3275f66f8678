"""People of each role at a desk, each with a browser of their own that is signed in."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from tests.desk import Desk, desk, shipped_directory
from tests.people import AMARA, BJORN, CHIARA, Person

__all__ = ["desk", "shipped_directory"]

#: Takes calls: may make a case, and may read none.
EMEKA = Person("Emeka Musterfrau", "emeka@north.example.org", Role.INTAKE)


def signed_in(person: Person) -> tuple[Client, User]:
    """A browser in which the person is signed in."""
    client, user = Client(), person.sign_up()
    client.force_login(user)
    return client, user


@pytest.fixture
def bjorn(desk: Desk) -> Client:
    """A caseworker's browser."""
    return signed_in(BJORN)[0]


@pytest.fixture
def amara(desk: Desk) -> Client:
    """The director's browser."""
    return signed_in(AMARA)[0]


@pytest.fixture
def emeka(desk: Desk) -> Client:
    """An intake volunteer's browser."""
    return signed_in(EMEKA)[0]


@pytest.fixture
def chiara(desk: Desk) -> Client:
    """An analyst's browser."""
    return signed_in(CHIARA)[0]
