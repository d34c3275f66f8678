"""The pages of the installation itself: the start page, and the two files that programs look for."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

# RFC 9116 wants a date less than a year ahead.
_SECURITY_LASTS = timedelta(days=180)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What Redress is, for whoever comes by its address."""
    return render(request, "public/start.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The start page may be found by search engines, and nothing else."""
    return HttpResponse("User-agent: *\nAllow: /$\nAllow: /static/\nDisallow: /\n", content_type="text/plain")


@require_safe
def security(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Where to report a weakness (RFC 9116). 404 where the operator named no contact."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (timezone.now() + _SECURITY_LASTS).strftime("%Y-%m-%dT00:00:00Z")
    lines = [f"Contact: {settings.SECURITY_CONTACT}", f"Expires: {expires}", "Preferred-Languages: en"]
    lines.append(f"Canonical: {settings.SITE_URL}/.well-known/security.txt")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
