"""Is this report genuine? The page behind the QR on a sealed letter."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from letters.queries.verification import SealedLetter, sealed_letter
from letters.views.hashing import Refused, uploaded_sha256


# Nothing is changed or kept here and nobody is signed in, so a forged form could do nothing; and the token would be a
# cookie, and looking for it would read the file before our handler is there.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Say who sealed the letter of this code and when, and compare an uploaded file with it. 404 for no such letter."""
    letter = sealed_letter(code)
    if letter is None:
        answer = render(request, "verify/unknown.html", status=404)
    elif request.method == "POST":
        answer = _compared(request, letter)
    else:
        answer = _page(request, letter)
    # The address is the secret: it goes nowhere, neither to a search engine nor with a click.
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _compared(request: HttpRequest, letter: SealedLetter) -> HttpResponse:
    if not ratelimit.consume(request, action="verify"):
        return _page(request, letter, status=429, too_often="yes")
    try:
        same = uploaded_sha256(request) == letter.sha256
    except Refused as refusal:
        return _page(request, letter, status=400, refusal=str(refusal))
    return _page(request, letter, result="same" if same else "other")


def _page(request: HttpRequest, letter: SealedLetter, status: int = 200, **context: str) -> HttpResponse:
    return render(request, "verify/letter.html", {"letter": letter, **context}, status=status)
