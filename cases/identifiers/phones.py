"""Telephone numbers in E.164, read in a country where no prefix is given."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from cases.identifiers.canonical import Canonical
from cases.identifiers.texts import ascii_digits, fold, plain

_SCHEME = re.compile(r"(?i)^(?:tel|callto|sms|smsto|fax|phone|mobile|cell|whatsapp)\s*[:.]\s*(?://)?")
_RUN = re.compile(r"[+(]*[0-9](?:[0-9 ().\-/+~]*[0-9])?")
_EXTENSION = re.compile(r"(?i)(?:;\s*ext=|(?<![a-z])(?:extension|extn?|x)[.:]?|#)\s*([0-9]{1,8})\s*$")
_VANITY = re.compile(r"[+(]*[0-9][0-9 ().\-]{0,10}[A-Z][A-Z0-9 \-]{2,12}")  # 1-800-FLOWERS
_DIGITS_ABROAD = re.compile(r"[0-9][0-9 .\-]{10,20}")  # long enough to hold a country's prefix
_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc\u2043]")
_TOO_LONG = 250  # phonenumbers refuses more, and nothing longer is a number


def phone(value: str, country: str = "") -> Canonical:
    """E.164, with ";ext=" where there is an extension; not-a-phone, and the digits kept, where it can be no number."""
    found = e164(value, country)
    if found:
        number, region = found
        return Canonical("phone", number, country=region)
    return Canonical("phone", _kept(value)).with_problem("not-a-phone", _advice(value))


def e164(text: str, country: str = "") -> tuple[str, str] | None:
    """The number in E.164 and its country ("" where a prefix has several), or None where it can be no number."""
    if len(text) > _TOO_LONG:
        return None
    text = _DASHES.sub("-", ascii_digits(plain(text)))
    text, extension = _split_extension(_SCHEME.sub("", text))
    number = _number(text, country.upper())
    if number is None:
        return None
    suffix = f";ext={extension}" if extension else ""
    region = phonenumbers.region_code_for_number(number) or ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) + suffix, region if region != "001" else ""


def _split_extension(text: str) -> tuple[str, str]:
    match = _EXTENSION.search(text)
    return (text[: match.start()].rstrip(" ,;"), match.group(1)) if match else (text, "")


def _number(text: str, country: str) -> PhoneNumber | None:
    """What the text most likely means: written with + or 00, then as dialled in the country, then without its +."""
    digits = _one_run(text)
    if digits.startswith("+"):
        return _possible(digits, None)
    if digits.startswith("00") and (number := _possible("+" + digits[2:], None)):
        return number
    at_home = _possible(digits, country) if country and digits else None
    return at_home or (_valid("+" + digits) if _DIGITS_ABROAD.fullmatch(digits) else None)


def _one_run(text: str) -> str:
    """The one stretch of the text that can be a number, or "" where there is none or there are several."""
    if _VANITY.fullmatch(text):
        return text
    runs = [run for run in _RUN.findall(text) if sum(char.isdigit() for char in run) >= 5]
    return re.sub(r"^[(+]*\+", "+", runs[0]) if len(runs) == 1 else ""


def _possible(text: str, country: str | None) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException:
        return None
    fits = phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    return number if fits else None


def _valid(text: str) -> PhoneNumber | None:
    number = _possible(text, None)
    return number if number and phonenumbers.is_valid_number(number) else None


def _kept(value: str) -> str:
    text = ascii_digits(fold(value))
    digits = re.sub(r"[ ().\-/]", "", text)
    return digits if re.fullmatch(r"\+?[0-9]+", digits) else text


def _advice(value: str) -> str:
    digits = sum(char.isdigit() for char in value[:_TOO_LONG])
    if digits < 5:
        return "This is not a telephone number. Copy it anew, with its country prefix."
    return "This is no whole telephone number. Write it with its country prefix, for example +1 918 555 0177."
