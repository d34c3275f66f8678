"""When a line of a mail log was written, in either form that rsyslog writes; and whether a log covers a moment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

# The first and the last instant that a stamp can mean: it may have no fractions, or be of the hour that comes twice.
Span = tuple[datetime, datetime]

_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$")
_SECOND = timedelta(seconds=1)
# A relay logs every conversation, ours too: a log without a line in this time was not being written.
_NEAR = timedelta(minutes=15)
# A log's newest line is of the moment in which its file was last changed, or its clock or zone is none that we know.
_WRITTEN_WITHIN = timedelta(seconds=5)
_LOCALTIME = Path("/etc/localtime")


def span_of(line: str, *, zone: tzinfo, now: datetime) -> Span | None:
    """When the line was written: `2026-11-27T08:00:00.123456+01:00 …` or `Nov 27 08:00:00 …`; None for neither.

    The second form is in the machine's `zone`, and of the last year in which it does not lie ahead.
    """
    stamp = line.partition(" ")[0]
    if _RFC_3339.match(stamp):
        return _rfc_3339(stamp)
    return _traditional(line[:15], zone, now.year, now.date().toordinal())


def machine_zone() -> tzinfo:
    """The zone in which this machine's daemons log. Django sets the process's own to another one."""
    try:
        with _LOCALTIME.open("rb") as found:
            return ZoneInfo.from_file(found)
    except (OSError, ValueError):
        return UTC


class Coverage:
    """Looks at the lines of one log, in order, and tells whether it was being written around a moment."""

    def __init__(self, moment: datetime, *, zone: tzinfo, now: datetime) -> None:
        self._moment, self._zone, self._now = moment, zone, now
        self._before = self._after = False
        self._newest: Span | None = None

    def see(self, line: str) -> bool:
        """Take one line into account; return whether it may have been written after the moment."""
        span = span_of(line, zone=self._zone, now=self._now)
        if span is None:
            return True
        self._newest = span
        self._before |= self._moment - _NEAR <= span[0] and span[1] <= self._moment
        self._after |= self._moment < span[0] <= self._moment + _NEAR
        return span[1] > self._moment

    def is_proven(self, *, changed: datetime) -> bool:
        """Whether the log has lines from shortly before and after; `changed` is when its file last was."""
        if self._newest is None or not self._before or not self._after:
            return False
        return self._newest[0] - _WRITTEN_WITHIN <= changed <= self._newest[1] + _WRITTEN_WITHIN


def _rfc_3339(stamp: str) -> Span | None:
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return found, found if "." in stamp else found + _SECOND


@lru_cache(maxsize=4)  # a busy log has many lines of one second
def _traditional(stamp: str, zone: tzinfo, year: int, today: int) -> Span | None:
    for candidate in (year, year - 1):
        try:
            found = datetime.strptime(f"{candidate} {stamp}", "%Y %b %d %H:%M:%S")  # noqa: DTZ007  # the zone follows
        except ValueError:
            continue
        if found.toordinal() <= today + 1:
            return _span(found.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return None


def _span(instants: Iterable[datetime]) -> Span:
    found = sorted(instants)
    return found[0], found[-1] + _SECOND
