"""Opening a page of the workspace to those who may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.roles import Verb
from accounts.rules import require
from accounts.signed_in import membership_of, signed_in

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def needs(verb: Verb) -> Callable[[View[P]], View[P]]:
    """Let a view answer only whoever may do `verb` in the active organization; others read the reason."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if membership_of(request) is None:
                raise PermissionDenied("choose an organization first")
            require(signed_in(request), verb)
            return view(request, *args, **kwargs)

        return guarded

    return guard
