"""Files at rest: encrypted, named by content, one organization apart from the other.

The storage is Django's ``storages["vault"]``. A file's name there is a keyed hash of its SHA-256, so that the folder
does not tell who holds a file that is known elsewhere.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, storages
from typing_extensions import override

from accounts.secrets import Place, keyed_hash, open_sealed, seal
from accounts.tenancy import current_organization_id


class VaultError(RuntimeError):
    """A file is not there, or is not what its hash says."""


class VaultStorage(FileSystemStorage):
    """A folder whose files appear whole or not at all, and whose name says what they are."""

    def _save(self, name: str, content: File[Any]) -> str:
        draft = super()._save(f"{name}.{os.urandom(8).hex()}.draft", content)  # type: ignore[misc]  # not in the stubs
        with self.open(draft) as written:
            os.fsync(written.fileno())
        Path(self.path(draft)).replace(self.path(name))
        return name

    @override
    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name as it is: the same content has the same name."""
        return name


def store(data: bytes) -> str:
    """Keep a file for the active organization and return its SHA-256 (hex); storing it again changes nothing."""
    sha256 = hashlib.sha256(data).hexdigest()
    name = _name(sha256)
    if not storages["vault"].exists(name):
        storages["vault"].save(name, ContentFile(seal(data, _place(sha256))))
    return sha256


def read(sha256: str) -> bytes:
    """Return the file with that SHA-256 (hex).

    Raise ``VaultError`` when this organization has none, ``SecretError`` when it was altered or erased.
    """
    name = _name(sha256)
    if not storages["vault"].exists(name):
        raise VaultError(f"no file {sha256} in this organization's vault")
    with storages["vault"].open(name) as file:
        data = open_sealed(file.read(), _place(sha256))
    if hashlib.sha256(data).hexdigest() != sha256:
        raise VaultError(f"file {sha256} has another content")
    return data


def _name(sha256: str) -> str:
    hidden = keyed_hash(sha256.encode(), "vault")
    return f"{current_organization_id()}/{hidden[:2]}/{hidden}"


def _place(sha256: str) -> Place:
    return Place(current_organization_id(), "vault", "file", sha256)
