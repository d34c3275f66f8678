"""What the code on a sealed letter leads to."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Organization
from accounts.tenancy import organization
from letters.enums import LetterState
from letters.models import Letter, VerifyCode

# 128 random bits as `secrets.token_urlsafe(16)` writes them.
_CODE = re.compile(r"\A[A-Za-z0-9_-]{22}\Z")


@dataclass(frozen=True, slots=True)
class SealedLetter:
    """All that a stranger is told of a letter: nothing about the case, the victim, the recipient or its sending."""

    issued_by: str
    dated: date
    pages: int
    sha256: str
    withdrawn_at: datetime | None


def sealed_letter(code: str) -> SealedLetter | None:
    """The sealed letter of a code as it stands in the QR, None for any other text. Needs no organization."""
    published = _published(code)
    if published is None:
        return None
    with organization(published.organization_id):
        found = (
            Letter.objects.filter(pk=published.letter_id, state=LetterState.SEALED.value)
            .values_list("letter_date", "pages", "document_sha256", "withdrawn_at")
            .first()
        )
    if found is None:
        return None
    dated, pages, sha256, withdrawn_at = found
    name = Organization.objects.values_list("name", flat=True).get(pk=published.organization_id)
    return SealedLetter(name, dated, pages or 0, sha256, withdrawn_at)


def _published(code: str) -> VerifyCode | None:
    if not _CODE.match(code):
        return None
    return VerifyCode.objects.filter(code_sha256=hashlib.sha256(code.encode()).hexdigest()).first()
