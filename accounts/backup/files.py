"""The vault's files, through Django's storage, so that a folder and a bucket are backed up and filled alike."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import storages

from accounts.backup.errors import BackupRefused

FILES = "files"
_BLOCK = 1 << 20  # bytes


def copy_out(folder: Path) -> dict[str, str]:
    """Copy every file of the vault, ciphertext as it is; return name → SHA-256 (hex)."""
    return {name: _copy(name, folder / FILES / name) for name in sorted(_names(""))}


def verify(folder: Path, files: dict[str, str]) -> None:
    """Raise ``BackupRefused`` where a file of the backup is missing or altered."""
    for name, sha256 in files.items():
        path = folder / FILES / name
        if not path.is_file():
            raise BackupRefused(f"{FILES}/{name} is missing: the backup is incomplete")
        with path.open("rb") as file:
            if _sha256(_blocks(file)) != sha256:
                raise BackupRefused(f"{FILES}/{name} was altered")


def refuse_others(files: dict[str, str]) -> None:
    """Raise ``BackupRefused`` where the vault has another file under one of the names."""
    for name, sha256 in files.items():
        if storages["vault"].exists(name) and stored_sha256(name) != sha256:
            raise BackupRefused(f"the vault holds another file under {name}: restore into an empty vault")


def copy_in(folder: Path, files: dict[str, str], added: list[str]) -> None:
    """Put each file that the vault does not have into it, and its name into ``added``; those it has are the same."""
    for name in files:
        if not storages["vault"].exists(name):
            added.append(name)
            with (folder / FILES / name).open("rb") as file:
                storages["vault"].save(name, File(file))


def stored_sha256(name: str) -> str:
    """Return the SHA-256 (hex) of the ciphertext in the vault."""
    with storages["vault"].open(name) as file:
        return _sha256(_blocks(file))


def remove(names: Iterable[str]) -> None:
    """Take files out of the vault again."""
    for name in names:
        storages["vault"].delete(name)


def _names(folder: str) -> Iterator[str]:
    try:
        folders, files = storages["vault"].listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    for name in files:
        if not name.endswith(".draft"):  # a write that broke off, or is under way
            yield f"{folder}/{name}".lstrip("/")
    for name in folders:
        yield from _names(f"{folder}/{name}".lstrip("/"))


def _copy(name: str, path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with storages["vault"].open(name) as source, path.open("xb") as target:
        path.chmod(0o600)
        for block in _blocks(source):
            digest.update(block)
            target.write(block)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest()


def _blocks(file: IO[bytes] | File[Any]) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block


def _sha256(blocks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block)
    return digest.hexdigest()
