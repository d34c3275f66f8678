"""Finding a case by what a person has at hand: its number, a partner's number, or an identifier of the offender."""

from __future__ import annotations

import re

from django.db.models import Q
from django.utils import timezone

from cases.models import Identifier
from cases.models.case import CaseQuerySet


def find_cases(cases: CaseQuerySet, text: str) -> CaseQuerySet:
    """Keep the cases that the text names whole, as RD-2026-000017, 17, a partner's number, a wallet or a domain.

    Names and addresses of victims are ciphertext and cannot be searched.
    """
    wanted = text.strip()
    lower = wanted.lower()
    pointed = Identifier.objects.filter(
        Q(canonical=wanted) | Q(canonical=lower) | Q(registrable_domain=lower) | Q(canonical=f"https://{lower}")
    )
    return cases.filter(
        Q(number=wanted.upper())
        | Q(number__in=_numbers(wanted))
        | Q(external_id=wanted)
        | Q(pk__in=pointed.values("case"))
    )


def _numbers(text: str) -> list[str]:
    """The case numbers that a bare number can mean: this year's and last year's."""
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII):
        return []
    year = timezone.localdate().year
    return [f"RD-{which}-{int(text):06}" for which in (year, year - 1)]
