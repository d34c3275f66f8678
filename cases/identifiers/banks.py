"""Bank accounts, bank codes, and the keys and handles of payment services."""

from __future__ import annotations

import re
from dataclasses import replace

import pycountry

from cases.identifiers.canonical import Canonical
from cases.identifiers.hosts import without_www
from cases.identifiers.ibans import ANEW, iban
from cases.identifiers.links import find_link
from cases.identifiers.phones import e164
from cases.identifiers.services import service_slug
from cases.identifiers.texts import ascii_digits, compact, fold, plain
from cases.identifiers.websites import split_email

_BIC_LABEL = re.compile(r"(?i)^(?:bic|swift)(?:\s*/\s*(?:bic|swift))?(?:\s*code)?\s*[:.#]*\s*")
_BIC = re.compile(r"[A-Z]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?")  # ISO 9362
_NUMBER = re.compile(r"[0-9][0-9 .\-/]*[0-9]")


def bank_account(value: str, service: str = "", country: str = "") -> Canonical:
    """An IBAN, a BIC, an account number as its digits, a payment key or handle; other text is kept.

    Problem: iban-checksum, where the text has the form of an IBAN and is none.
    """
    slug = service_slug(service)
    return iban(value, slug) or _bic_account(value, slug) or _number(value, slug, country) or _key(value, slug)


def bank_code(text: str) -> Canonical:
    """A BIC without its "XXX", or the digits of a routing number or sort code; bic-form for a BIC of no country."""
    bare = _BIC_LABEL.sub("", plain(text))
    code = re.sub(r"[ .\-]", "", ascii_digits(bare)).upper()
    match = _BIC.fullmatch(code)
    if match and is_country(match.group(1)):
        return Canonical("bank_code", code.removesuffix("XXX") if len(code) == 11 else code, country=match.group(1))
    digits = re.sub(r"[^0-9]", "", code) if re.fullmatch(r"[0-9\-/]+", code) else ""
    found = Canonical("bank_code", digits or fold(bare))
    meant = bare != plain(text) or (match and bare.isupper())
    if meant and not digits:
        return found.with_problem(
            "bic-form", f"In a BIC the fifth and sixth of 8 or 11 characters name a country. {ANEW}"
        )
    return found


def is_country(code: str) -> bool:
    """Whether a code is in ISO 3166, or XK, which banks use for Kosovo."""
    return code == "XK" or pycountry.countries.get(alpha_2=code) is not None


def _bic_account(value: str, slug: str) -> Canonical | None:
    text = plain(value)
    code = compact(_BIC_LABEL.sub("", text)).upper()
    match = _BIC.fullmatch(code)
    meant = match and is_country(match.group(1)) and (text.isupper() or _BIC_LABEL.match(text))
    return Canonical("bank_account", code, service=slug, country=match.group(1)) if match and meant else None


def _number(value: str, slug: str, country: str) -> Canonical | None:
    """A plain account number: its digits, leading zeros kept, however they are grouped."""
    text = ascii_digits(plain(value))
    if not _NUMBER.fullmatch(text):
        return None
    return Canonical("bank_account", re.sub(r"[^0-9]", "", text), service=slug, country=country.upper())


def _key(value: str, slug: str) -> Canonical:
    """What else payments are sent to: a PIX key, a PayPal e-mail, a number, @handle, $cashtag, link, UPI address."""
    local, host = split_email(value)
    if host:
        return Canonical("bank_account", f"{local}@{host}", service=slug)
    number = e164(value) if compact(value).startswith("+") else None
    if number:
        return Canonical("bank_account", number[0], service=slug, country=number[1])
    link = find_link(value)
    if link and link.path:
        link = replace(link, host=without_www(link.host))
        return Canonical("bank_account", fold(link.text()), service=slug, host=link.host)
    text = fold(value)
    return Canonical("bank_account", text[1:] if re.fullmatch(r"@[\w.-]+", text) else text, service=slug)
