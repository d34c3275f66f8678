"""DKIM (RFC 6376), where the relay does not sign: one header above the sealed bytes, which stay as they are."""

from __future__ import annotations

from pathlib import Path

import dkim
from django.conf import settings

# Every header of a letter, and each once more: nobody can add a second one, or a copy to somebody, and keep it valid.
_SIGNED = [b"from", b"reply-to", b"to", b"subject", b"date", b"message-id", b"mime-version", b"content-type"]
_HEADERS = [*_SIGNED, *_SIGNED, b"cc"]


class BadKey(RuntimeError):
    """The key of this installation cannot be read or used; the letter waits until somebody mends that."""


def dkim_signed(message: bytes, *, sender: str) -> bytes:
    """The message with a DKIM-Signature on top where the sender's domain is ours to sign for; else as it is.

    Ours is REDRESS_DKIM_DOMAIN and what is below it; the key is RSA, as PEM in REDRESS_DKIM_KEY_FILE. Raises BadKey.
    """
    selector, domain = settings.DKIM["selector"], settings.DKIM["domain"]
    if not domain or not _is_below(sender.rpartition("@")[2].lower(), domain.lower()):
        return message
    try:
        key = Path(settings.DKIM["key_file"]).read_bytes()
        header: bytes = dkim.sign(
            message,
            selector.encode(),
            domain.encode(),
            key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=list(_HEADERS),
        )
    except (OSError, dkim.DKIMException, ValueError) as problem:
        raise BadKey(f"the DKIM key cannot be used ({type(problem).__name__})") from problem
    return header + message


def _is_below(domain: str, ours: str) -> bool:
    return domain == ours or domain.endswith(f".{ours}")
