"""What the relay's own log says of a message: asked when nobody knows whether the final dot arrived."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from django.utils import timezone

# Logs are rotated daily, and we read today's and the last one.
_LOG_REACHES_BACK = timedelta(hours=24)


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
        """Read the log and the one before it; what cannot be read, or does not reach back so far, tells nothing."""
        if timezone.now() - sent_at > _LOG_REACHES_BACK:
            return Found.UNKNOWN
        try:
            return self._find(message_id)
        except OSError:
            return Found.UNKNOWN

    def _find(self, message_id: str) -> Found:
        lines = list(self._lines())
        if not lines:
            return Found.UNKNOWN
        named = re.compile(rf"/cleanup\[\d+\]: (\w+): (?:resent-)?message-id={re.escape(message_id)}$")
        ids = {match[1] for line in lines if (match := named.search(line))}
        queued = re.compile(r"/qmgr\[\d+\]: (\w+): from=<.*\(queue active\)")
        if any((match := queued.search(line)) and match[1] in ids for line in lines):
            return Found.ACCEPTED
        return Found.ABSENT

    def _lines(self) -> Iterator[str]:
        before = self._path.with_name(f"{self._path.name}.1")
        for path in (before, self._path) if before.exists() else (self._path,):
            with path.open(encoding="utf-8", errors="replace") as log:
                yield from (line.rstrip("\r\n") for line in log)
