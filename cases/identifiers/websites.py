"""Websites, apps and e-mail addresses."""

from __future__ import annotations

import re
from dataclasses import replace

from cases.identifiers.canonical import Canonical
from cases.identifiers.hosts import ascii_host, registrable_domain, without_www
from cases.identifiers.links import Link, find_link, refang
from cases.identifiers.texts import JOINERS, compact, fold, plain, trimmed

_STORES = {
    "apps.apple.com": "app-store",
    "itunes.apple.com": "app-store",
    "testflight.apple.com": "app-store",
    "play.google.com": "google-play",
    "market.android.com": "google-play",
}
_PACKAGE = re.compile(r"(?:com|org|net|io|cn|co|app|me|uni)(?:\.[a-z][a-z0-9_-]*){2,}", re.IGNORECASE)


def website(value: str) -> Canonical:
    """Host, path and query of a web address; not-a-url where there is none, or more than one."""
    link = find_link(value)
    if link is None:
        return Canonical("website", fold(value)).with_problem(
            "not-a-url", "This is not one web address. Write it as https://example.org, each address on its own."
        )
    return _site("website", link)


def app(value: str) -> Canonical:
    """An app: a store link by the store's own id, another link by its host, else the bare name."""
    link = find_link(value)
    if store := _store(value, link):
        return store
    if link and (link.scheme or link.path or _is_host(value, link)):
        return _site("app", link)
    return Canonical("app", fold(value))


def email(value: str) -> Canonical:
    """An e-mail address: domain in IDNA, local part without case; not-an-email where it has no such form."""
    local, host = split_email(value)
    if not host:
        return Canonical("email", fold(value)).with_problem(
            "not-an-email", "This is not an e-mail address. It has the form name@example.org."
        )
    return Canonical("email", f"{local}@{host}", host=host, registrable_domain=registrable_domain(host))


def split_email(text: str) -> tuple[str, str]:
    """Local part (case-folded) and ASCII host of "Name <a@b>", "mailto:a@b?subject=" or "a[at]b"; ("", "") for none."""
    text = refang(plain(text, keep=JOINERS))
    inner = text.rpartition("<")[2].partition(">")[0]
    text = inner if "@" in inner else text
    text = re.sub(r"(?i)^(?:mailto|e-?mail|xmpp)\s*:\s*", "", text).split("?")[0]
    local, _, domain = trimmed(text).strip(".,;:() ").rpartition("@")
    host = ascii_host(domain)
    sound = bool(local) and not re.search(r"[\s@<>()/\\,;:]", local) and len(local) <= 64  # RFC 5321, 4.5.3.1.1
    return (fold(local), host) if sound and host else ("", "")


def _site(kind: str, link: Link) -> Canonical:
    link = replace(link, host=without_www(link.host))
    return Canonical(kind, link.text(), host=link.host, registrable_domain=registrable_domain(link.host))


def _is_host(value: str, link: Link) -> bool:
    """A single word with dots: a host, unless it is a package name (com.example.trade) or a file."""
    word = compact(value)
    return link.host.split(".")[-1] not in ("apk", "ipa", "exe", "mobileconfig") and not _PACKAGE.fullmatch(word)


def _store(value: str, link: Link | None) -> Canonical | None:
    if market := re.fullmatch(r"(?i)market://details\?id=([\w.]+).*", plain(value)):
        return _store_app("google-play", "play.google.com", f"/store/apps/details?id={market.group(1)}")
    if link is None or link.host not in _STORES:
        return None
    store = _STORES[link.host]
    if store == "google-play" and (package := link.parameter("id")):
        return _store_app(store, "play.google.com", f"/store/apps/details?id={package}")
    number = next((part for part in reversed(link.segments) if re.fullmatch(r"id[0-9]{1,20}", part)), "")
    if store == "app-store" and number:
        return _store_app(store, "apps.apple.com", f"/app/{number}")
    return _store_app(store, link.host, link.text().removeprefix(link.host))


def _store_app(store: str, host: str, rest: str) -> Canonical:
    return Canonical("app", host + rest, service=store, host=host)
