"""International bank account numbers.

Sources: SWIFT's IBAN registry (lengths and structures, as python-stdnum ships it), ISO 13616 (check digits modulo 97).
"""

from __future__ import annotations

import re

from stdnum import iban as stdnum_iban
from stdnum import numdb
from stdnum.exceptions import InvalidChecksum, ValidationError

from cases.identifiers.canonical import Canonical
from cases.identifiers.texts import ascii_digits, plain

ANEW = "Copy it anew from the receipt or the statement."
_FORM = re.compile(r"[A-Z]{2}[0-9OIL]{2}[A-Z0-9]{10,30}")  # O, I and L are mistyped check digits
_LABEL = re.compile(r"(?i)^i\.?b\.?a\.?n\.?(?:\s*(?:no|nr|number|code))?\s*[:.#]*\s*")
_WORD = re.compile("[A-Za-z]{5,}|[a-z]{1,3}")  # no group of an IBAN
_LONGEST = 200


def iban(text: str, service: str = "") -> Canonical | None:
    """The IBAN in a text, with iban-checksum where its form is right and it is wrong; None for any other text."""
    bare = _LABEL.sub("", ascii_digits(plain(text)))
    if len(bare) > _LONGEST:
        return None
    if number := _inside(bare):
        return _judged(number, service)
    number = re.sub(r"[\s.\-_]", "", bare).upper()
    return _judged(number, service) if _has_form(number, bare) else None


def iban_length(country: str) -> int:
    """How many characters an IBAN of the country has (SWIFT's registry, from python-stdnum); 0 where it has none."""
    entries = numdb.get("iban").info(country)
    structure = entries[0][1].get("bban", "") if entries else ""
    return 4 + sum(map(int, re.findall(r"(\d+)!", structure))) if structure else 0


def _judged(number: str, service: str) -> Canonical:
    found = Canonical("bank_account", number, service=service, country=number[:2])
    mistake = _mistake(number)
    return found.with_problem("iban-checksum", f"This IBAN is not right: {mistake}. {ANEW}") if mistake else found


def _mistake(number: str) -> str:
    country, size = number[:2], iban_length(number[:2])
    if len(number) != size:
        return f"it has {len(number)} characters, one of {country} has {size}"
    try:
        stdnum_iban.validate(number, check_country=False)
    except InvalidChecksum:
        return "its check digits do not fit, so at least one character is wrong"
    except ValidationError:
        return "it has a letter or a digit in the wrong place"
    return ""


def _has_form(number: str, text: str) -> bool:
    """Two letters of a country with IBANs, two digits, 10 to 30 letters and digits: and no sentence."""
    if not _FORM.fullmatch(number) or not iban_length(number[:2]):
        return False
    has_words = any(_WORD.fullmatch(group) for group in text.split()[1:])
    return not has_words and sum(char.isdigit() for char in number[4:]) >= 6


def _inside(text: str) -> str:
    """What stands in a text, in one word or in groups, and has the form of an IBAN and the length of its country's."""
    groups = [re.sub(r"^[(\[]|[.,;)\]]+$", "", group) for group in text.split()]
    for at, group in enumerate(groups):
        size = iban_length(group[:2].upper()) if re.match("[A-Za-z]{2}[0-9]{2}", group) else 0
        own = _first_groups(groups[at:], size) if size else []
        number = "".join(own).upper()
        if len(number) == size > 0 and _has_form(number, " ".join(own)):
            return number
    return ""


def _first_groups(groups: list[str], size: int) -> list[str]:
    """As many groups as it takes to reach this many characters."""
    reached = 0
    for count, group in enumerate(groups, start=1):
        reached += len(group)
        if reached >= size:
            return groups[:count]
    return groups
