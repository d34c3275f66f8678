"""Is a backup whole? Reads all of it and touches nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path

from accounts.backup import files
from accounts.backup.manifest import ROWS, Manifest, Section, read_manifest
from accounts.backup.parts import BackupKey, PartReader, opened
from accounts.backup.tables import Tally


def verify_backup(folder: Path) -> tuple[BackupKey, Manifest]:
    """Return the backup's key and manifest once every row and file was read and is what the manifest says.

    Raise ``BackupRefused`` where something is missing or altered, ``MasterKeyError`` where its master key is not here.
    """
    key, manifest = read_manifest(folder)
    for name, sections in manifest.parts.items():
        with opened(folder, f"{ROWS}/{name}", key) as (_, part):
            for section in sections:
                deque(checked(part, section), maxlen=0)
            part.finish()
    files.verify(folder, manifest.files)
    return key, manifest


def checked(part: PartReader, section: Section) -> Iterator[bytes]:
    """Yield the rows of one section; raise ``BackupRefused`` at their end when they are not those counted."""
    tally = Tally()
    yield from tally.of(part.take(section.length))
    tally.refuse_other(section)
