"""Links of messengers: the account behind any shape of link."""

from __future__ import annotations

import re
from urllib.parse import unquote

from cases.identifiers.account_shapes import SHAPES
from cases.identifiers.links import find_link
from cases.identifiers.texts import trimmed

_APP_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{1,30}):(?://)?(.*)", re.IGNORECASE)
_LONGEST = 1000  # no messenger's link is longer, and the patterns' cost grows with the square


def read_link(text: str) -> tuple[str, str, str] | None:
    """(service, account, form) of a messenger's link, or None where the text holds no link of a known shape."""
    text = trimmed(text)
    for word in [text, *(word for word in text.split()[:20] if "/" in word)]:
        if found := _read_address(_address(word)):
            return found
    return None


def _read_address(address: str) -> tuple[str, str, str] | None:
    for shape in SHAPES if 0 < len(address) <= _LONGEST else ():
        match = shape.pattern.fullmatch(address)
        if match and (account := unquote(match.group(1), errors="replace").strip()):
            return shape.service, account, shape.form
    return None


def _address(text: str) -> str:
    """A web link as "host/path?query#fragment", an app's own link as "scheme:rest"."""
    link = find_link(text)
    if link and link.scheme in ("", "http", "https"):
        query = "?" + "&".join(f"{name}={value}" for name, value in link.query) if link.query else ""
        fragment = f"#{link.fragment}" if link.fragment else ""
        return f"{link.host.removeprefix('www.')}{link.path or '/'}{query}{fragment}"
    app = _APP_SCHEME.fullmatch(text)
    return f"{app.group(1).lower()}:{app.group(2)}" if app else ""
