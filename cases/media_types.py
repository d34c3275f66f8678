"""The type of a file by its content; the name only tells kinds of plain text apart."""

from __future__ import annotations

from pathlib import PurePosixPath

import puremagic

_TEXT_BY_SUFFIX = {".csv": "text/csv", ".json": "application/json", ".html": "text/html", ".eml": "message/rfc822"}
_UNKNOWN = "application/octet-stream"


def media_type(data: bytes, name: str) -> str:
    """Return an IANA media type, `application/octet-stream` where the content tells none."""
    if _is_text(data):
        return _TEXT_BY_SUFFIX.get(PurePosixPath(name).suffix.lower(), "text/plain")
    try:
        found = puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        return _UNKNOWN
    return next((match.mime_type for match in found if match.mime_type), _UNKNOWN)


def _is_text(data: bytes) -> bool:
    if b"\0" in data:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return not data.startswith(b"%PDF-")
