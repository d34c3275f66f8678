"""Recording that the victim approved an exact document."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import require
from letters.enums import ApprovalMethod, LetterState
from letters.models import Approval, Letter


@transaction.atomic
def approve_letter(
    *, letter: Letter, document_sha256: str, method: ApprovalMethod, language: str, notice_version: str, by: User | None
) -> Approval:
    """Record the victim's approval of the bytes with this SHA-256, the ones that were shown or read back.

    `by` is the member who read the document back or holds the victim's paper; `by=None` and the method `portal`
    mean the victim, whom the door has authenticated. `language` is the one it was read back in (BCP 47).
    Raises ValidationError for a draft, a withdrawn letter, other bytes and missing particulars, PermissionDenied.
    """
    if (by is None) != (method == ApprovalMethod.PORTAL):
        raise ValidationError("a member records what was approved in writing or by phone; the portal knows the victim")
    if by:
        require(by, Verb.CASE_CHANGE, letter)
    letter = Letter.objects.get(pk=letter.pk)
    if letter.state != LetterState.SEALED or letter.withdrawn_at:
        raise ValidationError("only a sealed letter that was not withdrawn can be approved")
    if document_sha256 != letter.document_sha256:
        raise ValidationError("another document was approved than this letter's: show or read back this one")
    if not language.strip() or not notice_version.strip():
        raise ValidationError("say in which language, and which version of the privacy notice was given")
    approval = Approval.objects.create(
        letter=letter,
        document_sha256=document_sha256,
        method=method.value,
        language=language.strip(),
        notice_version=notice_version.strip(),
        member=by,
        given_at=timezone.now(),
    )
    record("letter.approve", by=by, target=letter)
    return approval
