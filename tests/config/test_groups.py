"""Tests of one group share what takes minutes to make: they have to stay in one process."""

from __future__ import annotations

import pytest

_GROUP = "kept together"


@pytest.mark.xdist_group(_GROUP)
def test_a_test_goes_where_its_group_goes(request: pytest.FixtureRequest) -> None:
    """In `make test`; by itself there is nothing to keep together."""
    grouped = bool(request.config.getoption("loadgroup", default=False))
    assert request.node.nodeid.endswith(f"@{_GROUP}") is grouped
