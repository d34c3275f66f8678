"""Bank accounts, bank codes, and the keys and handles of payment services."""

from __future__ import annotations

import re

import pycountry
from stdnum import iban as stdnum_iban
from stdnum import numdb
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from cases.identifiers.canonical import Canonical
from cases.identifiers.links import find_link
from cases.identifiers.phones import e164
from cases.identifiers.services import service_slug
from cases.identifiers.texts import ascii_digits, compact, fold, plain
from cases.identifiers.websites import split_email

_IBAN_FORM = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")
_IBAN_LABEL = re.compile(r"(?i)^i\.?b\.?a\.?n\.?(?:\s*(?:no|nr|number|code))?\s*[:.#]*\s*")
_BIC_LABEL = re.compile(r"(?i)^(?:bic|swift)(?:\s*/\s*(?:bic|swift))?(?:\s*code)?\s*[:.#]*\s*")
_BIC = re.compile(r"[A-Z]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?")  # ISO 9362
_NUMBER = re.compile(r"[0-9][0-9 .\-/]*[0-9]")
_LONGEST = 200
_ANEW = "Copy it anew from the receipt or the statement."


def bank_account(value: str, service: str = "", country: str = "") -> Canonical:
    """An IBAN, a BIC, an account number as its digits, a payment key or handle; other text is kept.

    Problem: iban-checksum, where the text has the form of an IBAN and is none.
    """
    slug = service_slug(service)
    return iban(value, slug) or _bic_account(value, slug) or _number(value, slug, country) or _key(value, slug, country)


def iban(text: str, service: str = "") -> Canonical | None:
    """The IBAN in a text, with iban-checksum where its form is right and it is wrong; None for any other text."""
    bare = _IBAN_LABEL.sub("", ascii_digits(plain(text)))
    if len(bare) > _LONGEST:
        return None
    if number := _inside(bare):
        return _iban(number, service)
    number = re.sub(r"[\s.\-_]", "", bare).upper()
    return _iban(number, service) if _has_iban_form(number, bare) else None


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
        return found.with_problem("bic-form", f"A BIC has 8 or 11 characters, the fifth and sixth name a country. {_ANEW}")
    return found


def is_country(code: str) -> bool:
    """Whether a code is in ISO 3166, or XK, which banks use for Kosovo."""
    return code == "XK" or pycountry.countries.get(alpha_2=code) is not None


def iban_length(country: str) -> int:
    """How many characters an IBAN of the country has (SWIFT's registry, from python-stdnum); 0 where it has none."""
    entries = numdb.get("iban").info(country)
    structure = entries[0][1].get("bban", "") if entries else ""
    return 4 + sum(map(int, re.findall(r"(\d+)!", structure))) if structure else 0


def _iban(number: str, service: str) -> Canonical:
    found = Canonical("bank_account", number, service=service, country=number[:2])
    try:
        stdnum_iban.validate(number, check_country=False)
    except InvalidChecksum:
        mistake = "its check digits do not fit, so at least one character is wrong"
    except InvalidLength:
        mistake = _length_mistake(number)
    except ValidationError:
        size = iban_length(number[:2])
        mistake = _length_mistake(number) if len(number) != size else "it has a letter or a digit in the wrong place"
    else:
        return found
    return found.with_problem("iban-checksum", f"This IBAN is not right: {mistake}. {_ANEW}")


def _length_mistake(number: str) -> str:
    return f"it has {len(number)} characters, one of {number[:2]} has {iban_length(number[:2])}"


def _has_iban_form(number: str, text: str) -> bool:
    """Two letters of a country with IBANs, two digits, 10 to 30 letters and digits: and no sentence."""
    if not _IBAN_FORM.fullmatch(number) or not iban_length(number[:2]):
        return False
    words = [word for word in text.split()[1:] if re.fullmatch(r"[A-Za-z]{5,}|[a-z]+", word)]
    return not words and sum(char.isdigit() for char in number[4:]) >= 6


def _inside(text: str) -> str:
    """A sound IBAN that stands in a longer text, in one word or in groups."""
    groups = [re.sub(r"^[(\[]|[.,;)\]]+$", "", group) for group in text.upper().split()]
    for at, group in enumerate(groups):
        size = iban_length(group[:2]) if re.match("[A-Z]{2}[0-9]{2}", group) else 0
        number = "".join(groups[at : at + 12])[:size] if size else ""
        if len(number) == size > 0 and stdnum_iban.is_valid(number, check_country=False) and _ends_a_group(groups[at:], size):
            return number
    return ""


def _ends_a_group(groups: list[str], size: int) -> bool:
    total = 0
    for group in groups:
        total += len(group)
        if total >= size:
            return total == size
    return False


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


def _key(value: str, slug: str, country: str) -> Canonical:
    """What else payments are sent to: a PIX key, a PayPal e-mail, a number, @handle, $cashtag, link, UPI address."""
    local, host = split_email(value)
    if host:
        return Canonical("bank_account", f"{local}@{host}", service=slug)
    number = e164(value) if compact(value).startswith("+") else None
    if number:
        return Canonical("bank_account", number[0], service=slug, country=number[1])
    link = find_link(value)
    if link and (link.scheme or link.path):
        return Canonical("bank_account", fold(link.text().removeprefix("www.")), service=slug, host=link.host)
    text = fold(value)
    return Canonical("bank_account", text.removeprefix("@") if " " not in text else text, service=slug)
