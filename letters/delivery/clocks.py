"""Times that were written by a clock which had run ahead: obeyed no longer than we ever plan ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

LONGEST_BACKOFF = timedelta(hours=6)
# A back-off varies by a quarter; a hold is another thing, and is kept in full.
LONGEST_PAUSE = LONGEST_BACKOFF * 1.25
_CLOCKS = timedelta(seconds=5)  # by which those of several workers may differ


def has_come(moment: datetime, *, now: datetime, at_most: timedelta) -> bool:
    """Whether a moment that we set `at_most` so far ahead has come, or cannot be right."""
    return not now < moment <= now + at_most + _CLOCKS


def come(field: str, *, now: datetime, at_most: timedelta) -> Q:
    """The same of a column."""
    return Q(**{f"{field}__lte": now}) | Q(**{f"{field}__gt": now + at_most + _CLOCKS})


def longest_lease() -> timedelta:
    """How long an attempt is left alone at most, before or after the final dot."""
    return timedelta(seconds=max(settings.OUTBOX["lease"], settings.OUTBOX["settle"]))
