"""The bytes of a letter, to read and to hand over."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts import vault
from accounts.actions.audit import record
from accounts.signed_in import membership_of, signed_in
from cases.models import Case
from letters.actions.dispatches import hand_over
from letters.actions.releases import ReleaseRefused
from letters.models import Dispatch, Letter


@require_safe
def letter_pdf(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The PDF exactly as it was made."""
    letter = _open_letter(request, letter_id)
    if not letter.document_sha256:
        raise Http404
    name = f"{letter.case.number}-{letter.agency_key}{'-draft' if letter.draft else ''}.pdf"
    return _file(vault.read(letter.document_sha256), "application/pdf", name, inline=True)


@require_safe
def letter_mail(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The e-mail exactly as it is sent."""
    letter = _open_letter(request, letter_id)
    if not letter.mail_sha256:
        raise Http404
    return _file(vault.read(letter.mail_sha256), "message/rfc822", f"{letter.case.number}-{letter.agency_key}.eml")


@require_safe
def own_mail(request: HttpRequest, dispatch_id: UUID) -> HttpResponse:
    """The e-mail that the victim sends with their own hands. 404 where the letter was not handed over."""
    user = signed_in(request)
    mine = Dispatch.objects.filter(case__in=Case.objects.open_to(user)) if membership_of(request) else None
    dispatch = mine.filter(pk=dispatch_id).select_related("case").first() if mine is not None else None
    if dispatch is None:
        raise Http404
    try:
        handed = hand_over(dispatch=dispatch, by=user)
    except ReleaseRefused as refused:
        return HttpResponse(str(refused), status=409, content_type="text/plain; charset=utf-8")
    except ValidationError as problem:
        raise Http404 from problem
    if handed.mail is None:
        raise Http404
    return _file(handed.mail, "message/rfc822", f"{dispatch.case.number}-{dispatch.agency_key}.eml")


def _open_letter(request: HttpRequest, letter_id: UUID) -> Letter:
    """The letter, if its case is open to the person; the reading is on record. Raises Http404."""
    user = signed_in(request)
    if membership_of(request) is None:
        raise Http404
    letter = Letter.objects.filter(pk=letter_id, case__in=Case.objects.open_to(user)).select_related("case").first()
    if letter is None:
        raise Http404
    record("letter.read", by=user, target=letter)
    return letter


def _file(data: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    disposition = "inline" if inline else "attachment"
    return HttpResponse(
        data,
        content_type=kind,
        headers={
            "Content-Disposition": f'{disposition}; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
