"""Where a person can go from any page of the workspace."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from accounts.roles import Verb
from accounts.rules import can
from accounts.signed_in import membership_of


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation; `verb` is what a person must be allowed to see it, None: everybody.

    `last` places stand behind all others, whoever adds them first. Pages that start with `also` belong to it too.
    """

    label: str
    view: str
    verb: Verb | None = None
    last: bool = False
    also: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as this person sees it."""

    label: str
    url: str
    here: bool


_actions: list[Place] = []
_places: list[Place] = []


def add_place(place: Place) -> None:
    """Show a place in the navigation; apps call it when their `admin` is loaded, in the order of the pages."""
    _places.append(place)


def add_action(place: Place) -> None:
    """Show a place as a button on the first page: what people come for most."""
    _actions.append(place)


def first_actions(request: HttpRequest) -> list[Link]:
    """The buttons of the first page for this person."""
    return _open(request, _actions)


def navigation(request: HttpRequest) -> list[Link]:
    """The places that this person may go to."""
    return _open(request, _places)


def _open(request: HttpRequest, places: list[Place]) -> list[Link]:
    user = request.user
    if not isinstance(user, User) or not (membership_of(request) or user.duties()):
        return []
    found = [
        place
        for place in sorted(places, key=attrgetter("last"))
        if place.verb is None or _may(request, user, place.verb)
    ]
    urls = {place: reverse(place.view) for place in found}
    here = max((url for place, url in urls.items() if _is_at(request, url, place.also)), key=len, default="")
    return [Link(place.label, url, url == here) for place, url in urls.items()]


def _may(request: HttpRequest, user: User, verb: Verb) -> bool:
    """Roles need an organization; whoever has only a duty for the platform has none."""
    if membership_of(request) is None and verb != Verb.DIRECTORY_CURATE:
        return False
    return bool(can(user, verb))


def _is_at(request: HttpRequest, url: str, also: str) -> bool:
    """Whether the page is the place or below it; the longest such place is where the person is."""
    below = url.count("/") > 2 and request.path.startswith(url)
    return request.path == url or below or bool(also and request.path.startswith(also))
