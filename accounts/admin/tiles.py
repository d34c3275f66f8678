"""The first page of the workspace: a figure and a way to go, for what waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from accounts.models import User
from accounts.signed_in import membership_of, signed_in


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its words, and where it leads; `figure` may be empty, `url` too."""

    words: str
    figure: str = ""
    url: str = ""
    look: str = ""


_sources: list[Callable[[User], list[Tile]]] = []


def add_tiles(source: Callable[[User], list[Tile]]) -> None:
    """Ask an app for tiles; it is given the person, inside their organization, and answers with what they may see."""
    _sources.append(source)


def tiles(request: HttpRequest) -> list[Tile]:
    """What waits for this person; nothing for whoever acts for no organization."""
    if membership_of(request) is None:
        return []
    return [tile for source in _sources for tile in source(signed_in(request))]
