"""Who asks: the person and the membership behind a request."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from accounts.models import Membership, User

#: Where a session keeps which of several organizations a person acts for.
CHOSEN = "organization"


class MemberRequest(HttpRequest):
    """A request as views get it; `membership` is None for whoever has chosen none or belongs to none."""

    membership: Membership | None
    second_factor_missing: bool


def signed_in(request: HttpRequest) -> User:
    """The person who is signed in. Raises PermissionDenied where nobody is."""
    if not isinstance(request.user, User):
        raise PermissionDenied("sign in first")
    return request.user


def act_for(request: HttpRequest, membership: Membership) -> None:
    """Let the person act for the organization of a membership of theirs from now on.

    Forms that are open in other windows carry the earlier token and are refused: they were filled in for another
    organization, and what is in them would otherwise be written here.
    """
    request.session[CHOSEN] = str(membership.organization_id)
    rotate_token(request)


def membership_of(request: HttpRequest) -> Membership | None:
    """The membership under which the person acts, as the middleware found it."""
    found: Membership | None = getattr(request, "membership", None)
    return found
