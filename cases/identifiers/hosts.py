"""Host names: IDNA 2008 with UTS #46, addresses of machines, and the domain that somebody registered."""

from __future__ import annotations

import ipaddress
import re
from functools import cache

import idna
from publicsuffixlist import PublicSuffixList

from cases.identifiers.texts import JOINERS

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_DOTS = str.maketrans({"。": ".", "．": ".", "｡": "."})  # UTS #46 reads these as a dot


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def registrable_domain(host: str) -> str:
    """The part of an ASCII host that its owner registered ("shop.example.co.uk": "example.co.uk"), or ""."""
    return "" if _ip(host) else _suffixes().privatesuffix(host) or ""


def without_www(host: str) -> str:
    """The host without a leading "www.", which by custom is the same site."""
    rest = host.removeprefix("www.")
    return rest if registrable_domain(rest) else host


def ascii_host(text: str) -> str:
    """A host as resolvers want it: lower case, IDNA, no trailing dot; "" where the text is no host."""
    text = text.translate(_DOTS).strip(".").strip()
    if not text or len(text) > 253:
        return ""
    if address := _ip(text):
        return address
    labels = _labels(text)
    named = len(labels) > 1 and all(labels) and not labels[-1].isdigit()
    host = ".".join(labels)
    return host if named and len(host) <= 253 else ""


def _ip(text: str) -> str:
    try:
        address = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return ""
    return f"[{address}]" if address.version == 6 else str(address)


def _labels(text: str) -> list[str]:
    try:
        return idna.encode(text, uts46=True, transitional=False).decode().split(".")
    except (UnicodeError, ValueError):
        without_joiners = "".join(char for char in text if char not in JOINERS)
        return [_loose_label(label) for label in without_joiners.casefold().split(".")]


def _loose_label(label: str) -> str:
    """A label that IDNA 2008 refuses and registries sold all the same: emoji, underscores, "ab--cd"."""
    if not label.isascii():
        label = "xn--" + label.encode("punycode", errors="replace").decode()
    return label if _LABEL.fullmatch(label) else ""
