"""Master keys: outside the database, they wrap the data keys of all organizations.

``settings.MASTER_KEYS`` maps key id to 32 bytes. The first wraps; the others only unwrap, until
``manage.py rotate_master_key`` has moved everything to the first.
"""

from __future__ import annotations

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12  # bytes


class MasterKeyError(RuntimeError):
    """A data key cannot be unwrapped: its master key is missing, or it was altered."""


def current_id() -> str:
    """Return the id of the master key that wraps new data keys."""
    return next(iter(_master_keys()))


def wrap(key: bytes, binding: bytes) -> tuple[bytes, str]:
    """Return the wrapped key and the id of the master key; ``binding`` is needed again to unwrap."""
    master_id, nonce = current_id(), os.urandom(_NONCE)
    return nonce + AESGCM(_master_keys()[master_id]).encrypt(nonce, key, binding), master_id


def unwrap(wrapped: bytes, master_id: str, binding: bytes) -> bytes:
    """Return the plain data key; raise ``MasterKeyError`` when that is impossible."""
    master = _master_keys().get(master_id)
    if master is None:
        raise MasterKeyError(f"master key {master_id!r} is not in MASTER_KEYS")
    try:
        return AESGCM(master).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], binding)
    except InvalidTag:
        raise MasterKeyError("a wrapped data key was altered, or the master key is another") from None


def derived(master_id: str, salt: bytes, purpose: str) -> bytes:
    """Return 32 bytes made of a master key by HKDF-SHA-256; raise ``MasterKeyError`` when that key is not here."""
    master = _master_keys().get(master_id)
    if master is None:
        raise MasterKeyError(f"master key {master_id!r} is not in MASTER_KEYS")
    return HKDF(SHA256(), 32, salt, purpose.encode()).derive(master)


def wrap_text(text: str, binding: bytes) -> str:
    """Wrap a short secret of no organization; returns `master key id:base64`."""
    wrapped, master_id = wrap(text.encode(), binding)
    return f"{master_id}:{base64.b64encode(wrapped).decode()}"


def unwrap_text(wrapped: str, binding: bytes) -> str:
    """The plain secret again; raise ``MasterKeyError`` when that is impossible."""
    master_id, _, token = wrapped.partition(":")
    return unwrap(base64.b64decode(token), master_id, binding).decode()


def _master_keys() -> dict[str, bytes]:
    keys: dict[str, bytes] = settings.MASTER_KEYS
    return keys
