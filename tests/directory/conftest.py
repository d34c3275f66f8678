"""The directory as it ships, loaded once per test that asks for it."""

import pytest

from accounts.models import User
from directory.loading import Loaded, load


@pytest.fixture
def directory(db: None) -> Loaded:
    """The shipped directory, in the database."""
    return load()


@pytest.fixture
def carla(db: None) -> User:
    """A curator."""
    return User.objects.create_user("carla@example.org", name="Carla Curator")


@pytest.fixture
def dinesh(db: None) -> User:
    """Another curator."""
    return User.objects.create_user("dinesh@example.org", name="Dinesh Curator")
