"""Members of an organization at their browsers, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import Membership, User
from accounts.roles import Role
from accounts.tenancy import organization as acting_for
from tests.desk import shipped_directory
from tests.letters.outbox.counter import Counter, open_counter

__all__ = ["shipped_directory"]

SignedIn = Callable[[User], Client]


@pytest.fixture
def counter(shipped_directory: None, private_folders: Path) -> Iterator[Counter]:
    """A counter at an organization without a hold, which is the active one."""
    with transaction.atomic():
        made = open_counter("north", holding_hours=0)
        with acting_for(made.pk):
            yield Counter(made)
        transaction.set_rollback(True)


@pytest.fixture
def signed_in() -> SignedIn:
    """A client in which a person is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def member(counter: Counter) -> Callable[[Role], User]:
    """A new member of the counter's organization."""

    def make(role: Role, name: str = "") -> User:
        user = User.objects.create_user(f"{name or role}@members.example.org", name=name or role.value.title())
        Membership.objects.create(user=user, role=role)
        return user

    return make
