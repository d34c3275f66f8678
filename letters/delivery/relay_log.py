"""What the relay's own log says of a message: asked when nobody knows whether the final dot arrived."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from django.utils import timezone

from letters.delivery.log_stamps import Coverage, machine_zone

# Logs are rotated daily, and we read today's and the last one.
_LOG_REACHES_BACK = timedelta(hours=24)
_QUEUED = re.compile(r"/qmgr\[\d+\]: (\w+): from=<.*\(queue active\)")
_STARTED = re.compile(r"/master\[\d+\]: daemon started")


class Found(StrEnum):
    """The relay took the message, never got it whole, or nobody can tell."""

    ACCEPTED = "accepted"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class RelayLog(Protocol):
    """Anything that knows which Message-IDs the relay took."""

    def find(self, message_id: str, *, sent_at: datetime) -> Found:
        """Tell what became of the message whose final dot was due at `sent_at`."""


class NoLog:
    """No log is known: a person has to ask."""

    def find(self, message_id: str, *, sent_at: datetime) -> Found:  # noqa: ARG002
        """Nobody can tell."""
        return Found.UNKNOWN


class PostfixLog:
    """Postfix's mail log: `cleanup` names the Message-ID of a queue id, `qmgr` says that it was queued whole."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def find(self, message_id: str, *, sent_at: datetime) -> Found:
        """Read the log and the one before it. Absent is only what one that was being written at `sent_at` has not.

        What cannot be read, began later, ended earlier or has unknown stamps tells nothing; nor does a relay that
        started since: with its machine it may have lost what it had logged.
        """
        if timezone.now() - sent_at > _LOG_REACHES_BACK:
            return Found.UNKNOWN
        try:
            return self._find(message_id, sent_at)
        except OSError:
            return Found.UNKNOWN

    def _find(self, message_id: str, sent_at: datetime) -> Found:
        named = re.compile(rf"/cleanup\[\d+\]: (\w+): (?:resent-)?message-id={re.escape(message_id)}$")
        ids, queued, covered, started = set[str](), set[str](), False, False
        for path in self._paths():
            coverage = Coverage(sent_at, zone=machine_zone(), now=timezone.now())
            for line in _lines(path):
                if match := named.search(line):
                    ids.add(match[1])
                elif match := _QUEUED.search(line):
                    queued.add(match[1])
                started |= coverage.see(line) and bool(_STARTED.search(line))
            covered |= coverage.is_proven(changed=datetime.fromtimestamp(path.stat().st_mtime, tz=UTC))
        if ids & queued:
            return Found.ACCEPTED
        proven = covered and not started and sent_at <= timezone.now()  # else a clock was wrong: it may still come
        return Found.ABSENT if proven else Found.UNKNOWN

    def _paths(self) -> list[Path]:
        before = self._path.with_name(f"{self._path.name}.1")
        return [before, self._path] if before.exists() else [self._path]


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", errors="replace") as log:
        yield from (line.rstrip("\r\n") for line in log)
