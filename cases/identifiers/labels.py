"""Labels that people write in front of an account: "WeChat ID: alice_chen", "小红书号 123456789"."""

from __future__ import annotations

import re

from cases.identifiers.services import is_known, service_slug
from cases.identifiers.texts import fold, trimmed

_LABEL = re.compile(
    r"(?i)(?:([\w .()/&-]{1,30}?)\s*[:：]\s*(?=\S)"
    r"|((?:[\w .-]{0,30}?\b)?id)\s+(?=\S+$)"
    r"|([\w .-]{0,30}?[号號])\s*(?=[@a-z0-9_]\S*$))"
)
_ID_WORDS = frozenset("id user username account handle number nr no name 号 號 账号 帳號".split())


def unlabelled(slug: str, text: str) -> tuple[str, str, str]:
    """The service that a label names (else slug), the label, and the text without it.

    What stands before a colon is a label only where it names a service or speaks of an account: the label is "" and
    the text whole otherwise.
    """
    match = _LABEL.match(text)
    if not match:
        return slug, "", text
    label = fold(match.group(1) or match.group(2) or match.group(3))
    named, rest = _named(label), trimmed(text[match.end() :])
    if is_known(named):
        return named, label, rest
    return (slug, label, rest) if set(label.split()) <= _ID_WORDS else (slug, "", text)


def _named(label: str) -> str:
    named = service_slug(label)
    return named if is_known(named) else service_slug(label.rstrip("号號"))
