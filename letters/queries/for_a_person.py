"""Which released letters a person has to look at."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from letters.enums import DispatchState
from letters.models import Dispatch


def for_a_person() -> QuerySet[Dispatch]:
    """Those that may have been sent, and those that failed or that the rules stopped; `problem` says why.

    A later release to the same agency puts an end to what failed, not to the question whether it was sent.
    """
    later = Dispatch.objects.filter(
        case=OuterRef("case"),
        agency_key=OuterRef("agency_key"),
        release__released_at__gt=OuterRef("release__released_at"),
    )
    uncertain, failed = Q(state=DispatchState.UNCERTAIN.value), Q(state=DispatchState.FAILED.value)
    return Dispatch.objects.filter(uncertain | failed & ~Exists(later))
