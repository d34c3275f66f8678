"""Two organizations to work in."""

from __future__ import annotations

import pytest

from accounts.actions.organizations import create_organization
from accounts.models import Organization


@pytest.fixture
def north(db: None) -> Organization:
    return create_organization(slug="north", name="Northern Victim Support", by=None)


@pytest.fixture
def south(db: None) -> Organization:
    return create_organization(slug="south", name="Southern Victim Support", by=None)
