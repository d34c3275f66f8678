"""A form without its token is refused at every address, but for those that were reviewed."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

from tests.probes.addresses import Address, every_address
from tests.probes.browsing import Answer, ask
from tests.probes.world import OURS, World

#: Changes and keeps nothing, and knows nobody.
REVIEWED = {"verify"}
_WORDS = "That form is too old to be taken"


def posted(world: World, address: Address) -> Answer:
    names = {**world.names[OURS], **next(address.fixed(world))}
    return ask(world.sessions["director"], "POST", address.path(names), csrf=True)


def taken_without_token(world: World) -> set[str]:
    answers = {address.name: posted(world, address) for address in every_address()}
    return {name for name, answer in answers.items() if answer.status != 403 or _WORDS not in answer.text}


def test_no_form_is_taken_without_its_token(world: World) -> None:
    assert taken_without_token(world) == REVIEWED


def test_an_exempt_view_would_be_found(world: World) -> None:
    view: Any = next(address.view for address in every_address() if address.name == "choose_organization")
    with patch.object(view, "csrf_exempt", new=True, create=True):
        assert taken_without_token(world) - REVIEWED == {"choose_organization"}


def test_an_address_with_an_unknown_parameter_fails_and_says_where_to_add_it(world: World) -> None:
    unknown = Address("partner", "partners/%(partner_id)s/", ("partner_id",), taken_without_token)
    with pytest.raises(AssertionError, match=r"how to fill <partner_id> of /partners.*tests/probes/world\.py"):
        list(unknown.fixed(world))
