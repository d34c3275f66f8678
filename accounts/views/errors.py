"""What a person sees when something is wrong: what happened, and what to do now."""

from __future__ import annotations

import sys
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User


def bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request could not be understood, or is more than we take at a time."""
    if isinstance(exception, RequestDataTooBig):
        return _page(request, 413, "That was too much at a time", "Go back, and send fewer or smaller files at a time.")
    return _page(request, 400, "That request could not be read", "Go back, look at what was entered, and try again.")


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The person may not do this; the reason is the rule's own sentence."""
    reason = str(exception or "")
    words = f"{reason[:1].upper()}{reason[1:].rstrip('.')}." if reason else "Your role does not allow this."
    return _page(request, 403, "This is not open to you", f"{words} If you need it, ask a supervisor.")


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """There is no such page, or none that this person may know of; both look alike."""
    return _page(request, 404, "There is nothing here", "The address is mistyped, or this was never open to you.")


def not_offered(request: HttpRequest, **_address: str) -> HttpResponse:
    """A page of allauth that is none of ours."""
    return missing(request)


def too_many(request: HttpRequest) -> HttpResponse:
    """Somebody tried too often in too short a time."""
    return _page(request, 429, "That was too often", "For safety we wait a few minutes. Then try again.")


def broken(request: HttpRequest) -> HttpResponse:
    """We failed, or the database is away for a moment. Nothing was changed."""
    status = 503 if isinstance(sys.exception(), OperationalError) else 500
    return _page(request, status, "Something broke on our side", "Nothing was changed. Try again in a moment.")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form came without its token: it was open while its person signed in anew or chose another organization."""
    words = (
        "The page was open for a long time, you chose another organization meanwhile, or cookies are switched off. "
        "Nothing was changed. Go back, reload the page and send it again."
    )
    return _page(request, 403, "That form is too old to be taken", words)


def _page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    known = status < HTTPStatus.INTERNAL_SERVER_ERROR and isinstance(getattr(request, "user", None), User)
    context = {"title": title, "words": words, "known": known}
    return render(request, "errors/error.html", context, status=status)
