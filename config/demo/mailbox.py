"""The messages that the demo's sink kept: a file each, under a name of our own."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_NAME = re.compile(r"[0-9]{8}T[0-9]{6}\.[0-9]{6}-[0-9a-f]{8}")
_STAMP = "%Y%m%dT%H%M%S.%f"
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")
_LISTED = 200  # messages on the list; the files of older ones stay


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it was kept; `source` is what somebody wrote (config.demo.reading)."""

    name: str
    arrived: datetime
    source: bytes


def keep(folder: Path, content: bytes, *, sender: str, recipients: Iterable[str]) -> Path:
    """Store a message whole, with the envelope on top as a mailbox does (RFC 5321 4.4), and return its file."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    head = [f"Return-Path: <{sender}>", *(f"Delivered-To: {recipient}" for recipient in recipients)]
    lines = "".join(f"{_UNPRINTABLE.sub(' ', line)}\r\n" for line in head)
    path = folder / f"{datetime.now(UTC).strftime(_STAMP)}-{secrets.token_hex(4)}.eml"
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(lines.encode() + content)
        file.flush()
        os.fsync(file.fileno())
    return draft.replace(path)


def messages(folder: Path) -> list[Message]:
    """The newest messages, the newest first."""
    names = sorted((path.stem for path in folder.glob("*.eml")), reverse=True)
    return [found for name in names[:_LISTED] if (found := message(folder, name))]


def message(folder: Path, name: str) -> Message | None:
    """The message of that name; None where there is none, or where it is no name of ours."""
    path = folder / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    arrived = datetime.strptime(name.partition("-")[0], _STAMP).replace(tzinfo=UTC)
    return Message(name, arrived, path.read_bytes())
