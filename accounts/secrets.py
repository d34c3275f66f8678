"""Secrets at rest: AES-256-GCM, bound to the place where the ciphertext stands.

A token is ``version (1 byte) | data key id (16) | nonce (12) | ciphertext and tag``. Organization, table, column
and row are its associated data, so a token that was moved anywhere else does not open. Data keys belong to one
organization and are wrapped by a master key that is never in the database; deleting a data key erases what it sealed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps

from accounts import masterkeys
from accounts.tenancy import WrongOrganization, current_block, current_organization_id

VERSION = b"\x01"
_HEAD = 1 + 16
_NONCE = 12  # bytes; the size NIST SP 800-38D recommends for GCM
SEALING, HASHING = "sealing", "hashing"


class SecretError(RuntimeError):
    """A secret cannot be opened or sealed: moved, altered, or its key was deleted."""


@dataclass(frozen=True)
class Place:
    """Where a ciphertext stands; ``row`` is the primary key (or the content hash of a file) as text."""

    organization_id: UUID
    table: str
    column: str
    row: str

    def associated_data(self) -> bytes:
        """Return the place as bytes in which no two places look alike."""
        return json.dumps([str(self.organization_id), self.table, self.column, self.row]).encode()


def seal(data: bytes, place: Place) -> bytes:
    """Encrypt ``data`` for ``place``; raise ``SecretError`` when the organization has no key (any more)."""
    _refuse_foreign(place)
    key_id, key = _newest_key()
    nonce = os.urandom(_NONCE)
    return VERSION + key_id.bytes + nonce + AESGCM(key).encrypt(nonce, data, place.associated_data())


def open_sealed(token: bytes, place: Place) -> bytes:
    """Decrypt a token that was sealed for exactly ``place``; raise ``SecretError`` otherwise."""
    _refuse_foreign(place)
    if token[:1] != VERSION or len(token) < _HEAD + _NONCE + 16:
        raise SecretError("this is no sealed value")
    key = _key(UUID(bytes=bytes(token[1:_HEAD])))
    nonce, body = token[_HEAD : _HEAD + _NONCE], token[_HEAD + _NONCE :]
    try:
        return AESGCM(key).decrypt(nonce, body, place.associated_data())
    except InvalidTag:
        raise SecretError(f"altered, or moved here from another place: {place.table}.{place.column}") from None


def keyed_hash(data: bytes, purpose: str) -> str:
    """Return HMAC-SHA-256 (hex) under the active organization's hashing key: comparable, but not guessable.

    ``purpose`` keeps hashes of different kinds apart. Raise ``SecretError`` when the key is gone.
    """
    keys = [key for kind, key in _keys().values() if kind == HASHING]
    if not keys:
        raise SecretError("this organization has no hashing key (any more)")
    return hmac.new(keys[0], purpose.encode() + b"\0" + data, hashlib.sha256).hexdigest()


def _refuse_foreign(place: Place) -> None:
    if place.organization_id != current_organization_id():
        raise WrongOrganization(f"a secret of another organization: {place.table}.{place.column}")


def _keys() -> dict[UUID, tuple[str, bytes]]:
    # Cached for the block only: a key deleted or rotated elsewhere is not kept alive by this process, and no
    # cache ever holds two organizations' keys.
    memo: dict[str, Any] = current_block().memo
    if "keys" not in memo:
        memo["keys"] = _load_keys()
    keys: dict[UUID, tuple[str, bytes]] = memo["keys"]
    return keys


def forget_keys() -> None:
    """Read this organization's keys again at the next use; call after adding or deleting one."""
    current_block().memo.pop("keys", None)


def _load_keys() -> dict[UUID, tuple[str, bytes]]:
    # Looked up by name: models stand above this module.
    rows = apps.get_model("accounts", "DataKey")._default_manager.order_by("-created_at", "-id")
    return {row.id: (row.kind, masterkeys.unwrap(bytes(row.wrapped), row.master_key_id, row.binding())) for row in rows}


def _newest_key() -> tuple[UUID, bytes]:
    for key_id, (kind, key) in _keys().items():
        if kind == SEALING:
            return key_id, key
    raise SecretError("this organization has no sealing key (any more)")


def _key(key_id: UUID) -> bytes:
    if key_id not in _keys():
        forget_keys()
    kind, key = _keys().get(key_id, ("", b""))
    if kind != SEALING:
        raise SecretError("its key was deleted, or belongs to another organization")
    return key
