"""Accounts of messengers and meetings: one form for a name, a number or any shape of link."""

from __future__ import annotations

import re
from dataclasses import replace

from cases.identifiers.account_links import read_link
from cases.identifiers.canonical import Canonical
from cases.identifiers.labels import unlabelled
from cases.identifiers.links import find_link
from cases.identifiers.networks import network_of_host
from cases.identifiers.phones import e164
from cases.identifiers.profiles import from_link
from cases.identifiers.services import service_slug
from cases.identifiers.texts import EDGES, ascii_digits, compact, fold, trimmed
from cases.identifiers.websites import split_email

_BY_NUMBER = frozenset(
    {"whatsapp", "viber", "signal", "imessage", "facetime", "sms", "zalo", "imo", "botim", "google-voice"}
)
_CODE = re.compile(r"(?:code|invite):\S+")
_NUMBER_LIKE = re.compile(r"[+0-9][0-9 ().\-/]*")
_ADVICE = "This account should be a telephone number with its country prefix, for example +1 918 555 0177."


def account(value: str, service: str = "", country: str = "") -> Canonical:
    """An account's canonical name: E.164 where it is a number, else the name without @ and case.

    Codes of invitations and QR codes keep their case as "invite:…" and "code:…". A link tells the service
    better than what the person said; country is used for numbers without a prefix.
    """
    slug, text = service_slug(service), trimmed(value)
    for _ in range(5):  # "Telegram: ID: @name"
        if found := _linked(slug, text, country):
            return found
        named, label, text = unlabelled(slug, text)
        if not label:
            break
        slug = slug or named
    return _from_text(slug, text, country)


def _linked(slug: str, text: str, country: str) -> Canonical | None:
    if _CODE.fullmatch(text):
        return Canonical("messaging_account", text, service=slug)
    found = read_link(text)
    return _from_link(*found, country) if found else _on_a_network(text)


def _from_link(slug: str, text: str, form: str, country: str) -> Canonical:
    if form in ("code", "invite"):
        return Canonical("messaging_account", f"{form}:{text}", service=slug)
    if form == "phone":
        if re.fullmatch("[1-9][0-9]{6,14}", text):
            text = "+" + text  # these links always hold the country's prefix
        return _from_text(slug, text, country)
    return Canonical("messaging_account", _name(slug, text), service=slug)


def _on_a_network(value: str) -> Canonical | None:
    """A messaging account given as a link to a profile on a social network."""
    link = find_link(value)
    if link is None or network_of_host(link.host) is None:
        return None
    return replace(from_link(link), kind="messaging_account", problems=())


def _from_text(slug: str, text: str, country: str) -> Canonical:
    dialled = slug in _BY_NUMBER or compact(ascii_digits(text)).startswith(("+", "00"))
    if dialled and (number := e164(text, country)):
        return Canonical("messaging_account", number[0], service=slug, country=number[1])
    local, host = split_email(text)
    if host:
        is_qq = slug == "qq" and host == "qq.com"
        return Canonical("messaging_account", local if is_qq else f"{local}@{host}", service=slug)
    found = Canonical("messaging_account", _name(slug, text), service=slug)
    wrong = dialled and (slug == "whatsapp" or _NUMBER_LIKE.fullmatch(ascii_digits(text)))
    return found.with_problem("not-a-phone", _ADVICE) if wrong else found


def _name(slug: str, text: str) -> str:
    name = fold(ascii_digits(text))
    digits = re.sub(r"[ \-]", "", name)
    if slug in ("zoom", "qq") and digits.isdigit():
        return digits
    if slug == "google-meet" and (letters := re.fullmatch(r"([a-z]{3})-?([a-z]{4})-?([a-z]{3})", name)):
        return "-".join(letters.groups())
    if slug == "line":
        return name.removeprefix("~")  # there "@" marks an official account: it is part of the id
    if _NUMBER_LIKE.fullmatch(name):
        return re.sub(r"[ ().\-/]", "", name)
    return name.lstrip("@" + EDGES) or name
