"""What a backup says of itself: the state of the schema, and a count and SHA-256 for all that is in it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from accounts.backup.errors import BackupRefused
from accounts.backup.parts import BackupKey, opened, written

MANIFEST, ROWS = "manifest", "rows"
#: Name of the part that holds the shared tables; every other part is named by its organization's id.
SHARED_PART = "shared"
_LIMIT = 1 << 30  # bytes; far beyond any manifest


@dataclass(frozen=True)
class Section:
    """The rows of one table in one part: PostgreSQL's COPY text, ordered by the primary key."""

    table: str
    columns: tuple[str, ...]
    rows: int
    length: int  # bytes
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """The whole of a backup, in order."""

    written_at: str  # ISO 8601
    migrations: tuple[str, ...]  # the last migration of each app, as app.name
    parts: dict[str, tuple[Section, ...]]
    files: dict[str, str]  # the vault's name → SHA-256 of the ciphertext

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return sum(section.rows for sections in self.parts.values() for section in sections)

    @property
    def organizations(self) -> int:
        """Return the number of organizations, the platform's own included."""
        return len(self.parts) - 1


def write_manifest(folder: Path, key: BackupKey, manifest: Manifest) -> None:
    """Write it, sealed: a SHA-256 of a short row could be guessed. With it the folder becomes a backup."""
    text = json.dumps(asdict(manifest), separators=(",", ":")).encode()
    with written(folder, MANIFEST, key) as part:
        part.write(len(text).to_bytes(8, "big") + text)


def read_manifest(folder: Path) -> tuple[BackupKey, Manifest]:
    """Return the backup's key and manifest; raise ``BackupRefused`` or ``MasterKeyError``."""
    if not (folder / MANIFEST).is_file():
        raise BackupRefused(f"{folder} holds no complete backup: there is no manifest, which is written last")
    with opened(folder, MANIFEST) as (key, part):
        length = int.from_bytes(b"".join(part.take(8)), "big")
        text = b"".join(part.take(min(length, _LIMIT)))
        part.finish()
    return key, _parse(json.loads(text))


def _parse(said: dict[str, Any]) -> Manifest:
    parts = {name: tuple(_section(section) for section in sections) for name, sections in said["parts"].items()}
    return Manifest(said["written_at"], tuple(said["migrations"]), parts, said["files"])


def _section(said: dict[str, Any]) -> Section:
    return Section(said["table"], tuple(said["columns"]), said["rows"], said["length"], said["sha256"])
