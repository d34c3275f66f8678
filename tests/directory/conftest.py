"""The directory as it ships, and two curators."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from accounts.models import User
from directory.loading import load
from directory.models import Agency, ContactPoint, Mission


@pytest.fixture(scope="module")
def directory(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The shipped directory, in the database for all tests of a module; what a test changes is rolled back."""
    with django_db_blocker.unblock():
        load()
        yield
        for table in (ContactPoint, Mission, Agency):
            table.objects.all().delete()


@pytest.fixture
def carla(db: None) -> User:
    """A curator."""
    return User.objects.create_user("carla@example.org", name="Carla Curator")


@pytest.fixture
def dinesh(db: None) -> User:
    """Another curator."""
    return User.objects.create_user("dinesh@example.org", name="Dinesh Curator")
