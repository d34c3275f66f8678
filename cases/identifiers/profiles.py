"""Social profiles: a link or another identifier; a bare name is not enough."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

from cases.identifiers.canonical import Canonical
from cases.identifiers.hosts import registrable_domain, without_www
from cases.identifiers.labels import unlabelled
from cases.identifiers.links import Link, find_link, parse_link
from cases.identifiers.networks import BY_SLUG, SHORTENERS, Network, network_of_host
from cases.identifiers.phones import e164
from cases.identifiers.services import service_slug
from cases.identifiers.texts import ascii_digits, compact, fold, is_handle, plain, trimmed
from cases.identifiers.websites import split_email

_NAME_ONLY = (
    "A name is not enough: names are mostly stolen. Give the link to the profile (open it and copy the address), "
    "or @ and the account name together with the service."
)
_FRONT_PAGE = "This link leads to the network's own page, not to a profile. Open the profile and copy its address."
_WAYS_OUT: tuple[list[str], ...] = ([], ["l.php"], ["login"], ["login.php"], ["accounts"])
_NICKNAME = re.compile(r"@[\w.\-·]{2,60}")


def profile(value: str, service: str = "") -> Canonical:
    """A profile's link in one form, whatever the link's shape; profile-link where there is only a name."""
    slug = service_slug(service)
    slug, text = _label(slug, trimmed(value))
    link = find_link(text)
    if link and (link.scheme in ("http", "https") or link.path or link.query or _names_a_host(link)):
        return from_link(link, slug)
    return _account(text, slug) or _other(text, slug) or _bare_name(value, slug)


def from_link(link: Link, slug: str = "") -> Canonical:
    """A link to a profile, on a network that is known or not."""
    link = _unwrapped(link)
    if link.host in SHORTENERS:
        return _finish(SHORTENERS[link.host], link.host, link.text().removeprefix(link.host))
    network = network_of_host(link.host)
    if network is None:
        return _unknown(link, slug)
    return _finish(network.slug, network.host, _path(network, link))


def _names_a_host(link: Link) -> bool:
    """Whether "facebook.com" or "linda.howe", without a scheme, is a host: only of a known network, or with www."""
    return link.host.startswith("www.") or network_of_host(link.host) is not None


def _finish(slug: str, host: str, path: str) -> Canonical:
    found = Canonical("social_profile", host + path, service=slug, host=host)
    return found if path.strip("/") else found.with_problem("profile-link", _FRONT_PAGE)


def _unknown(link: Link, slug: str) -> Canonical:
    link = replace(link, host=without_www(link.host))
    text, domain = link.text(), registrable_domain(link.host)
    found = Canonical("social_profile", text, service=slug, host=link.host, registrable_domain=domain)
    if text != link.host:
        return found
    found = replace(found, value=f"https://{text}")  # without its scheme, it would look like an account name
    return found.with_problem("profile-link", _FRONT_PAGE) if text == domain else found


def _path(network: Network, link: Link) -> str:
    """The canonical path of a link to a known network; a shape that is not known stays whole."""
    whole = link.text().removeprefix(link.host)
    path, query = "/".join(link.segments), whole.partition("?")[2]
    shaped = network.canonical_path(path, query)
    return f"/{shaped}" if shaped else whole


def _unwrapped(link: Link) -> Link:
    """The profile behind a network's way out (l.facebook.com/l.php?u=) or sign-in page (…/login/?next=)."""
    for _ in range(5):
        inner = link.parameter("u", "next") if link.segments[:1] in _WAYS_OUT else ""
        behind = parse_link(inner) if inner.startswith("http") else None
        if behind is None or not network_of_host(link.host):
            break
        link = behind
    return link


def _label(slug: str, text: str) -> tuple[str, str]:
    """The service and the account of "Instagram: @linda" and "User ID: 123"; "Name: linda" says that it is a name."""
    for _ in range(3):  # "Tinder: ID: 123"
        slug, label, rest = unlabelled(slug, text)
        if not label or label == "name":
            break
        text = rest
    return slug, text


def _account(text: str, slug: str) -> Canonical | None:
    """@handle, handle or a number on a service that is named."""
    handle = text.removeprefix("@")
    network = BY_SLUG.get(slug)
    nickname = bool(network and network.nickname and _NICKNAME.fullmatch(text))
    if not slug or not (is_handle(handle) or nickname) or _is_given_name(text):
        return None
    if network is None:
        return Canonical("social_profile", fold(handle), service=slug)
    if handle.isdigit() and network.number and text == handle:
        return _finish(slug, network.host, "/" + network.number.format(handle))
    name = quote(fold(handle)).lower()
    return _finish(slug, network.host, "/" + (network.handle if handle.isascii() else network.nickname).format(name))


def _is_given_name(text: str) -> bool:
    """Whether it can only be a name, as "Linda"; "linda", "@Linda" and "Linda88" may be accounts."""
    return re.fullmatch("[A-Z][a-z]+", text) is not None


def _other(text: str, slug: str) -> Canonical | None:
    """An e-mail address or a number with its prefix points to one account as a link does."""
    local, host = split_email(text)
    if host and local:
        return Canonical("social_profile", f"{local}@{host}", service=slug)
    number = e164(text) if compact(ascii_digits(text)).startswith(("+", "00")) else None
    return Canonical("social_profile", number[0], service=slug, country=number[1]) if number else None


def _bare_name(value: str, slug: str) -> Canonical:
    return Canonical("social_profile", plain(value), service=slug).with_problem("profile-link", _NAME_ONLY)
