"""Dates, countries, currencies, amounts and hashes: what each must be, and how to mend it.

Every check takes a clean text and raises ValueError with the message for the sender.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pycountry

from cases.intake.emails import check_email
from cases.intake.problems import shown

# Kosovo has no ISO code; XK is what banks, the EU and the contract use.
COUNTRIES = frozenset(country.alpha_2 for country in pycountry.countries) | {"XK"}

_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,18})?")
_CURRENCY = re.compile(r"[A-Z0-9]{2,10}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-5][0-9])"
)
_SHA256 = re.compile(r"[0-9a-f]{64}")


def format_checks(today: date) -> dict[str, Callable[[str], None]]:
    """Give the check of every format of the tightened schema; dates are compared with `today`."""
    return {
        "amount": check_amount,
        "country": check_country,
        "currency": check_currency,
        "date": partial(check_date, today=today),
        "date-time": partial(check_date_time, today=today),
        "email": check_email,
        "sha256": check_sha256,
    }


def check_country(text: str) -> None:
    """Ask for an ISO 3166-1 alpha-2 code in capitals that exists, or XK."""
    if text not in COUNTRIES:
        raise ValueError(f"{shown(text)} is no country; write the two capital letters of ISO 3166-1, such as US")


def check_currency(text: str) -> None:
    """Ask for 2-10 capitals and digits; every ISO 4217 code is one of them."""
    if not _CURRENCY.fullmatch(text):
        raise ValueError(
            f"{shown(text)} is no currency; write its code in 2 to 10 capitals and digits, such as USD or USDT"
        )


def check_amount(text: str) -> None:
    """Ask for a decimal above zero with at most 15 digits before the point and 18 after it."""
    if not _AMOUNT.fullmatch(text):
        raise ValueError(
            f"{shown(text)} is no amount; write digits with a point, such as 1200.50, no separators, sign or currency"
        )
    if not Decimal(text):
        raise ValueError("is not above zero; write what was paid, or leave the row out")


def check_date(text: str, *, today: date) -> None:
    """Ask for an existing day as YYYY-MM-DD, at the latest tomorrow (it is tomorrow somewhere)."""
    if not _DATE.fullmatch(text):
        raise ValueError(f"{shown(text)} is no date; write year-month-day, such as 2024-02-29")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{shown(text)} is not in the calendar; write a day that exists") from None
    _check_not_in_future(day, today)


def check_date_time(text: str, *, today: date) -> None:
    """Ask for an existing moment with its zone (RFC 3339), its own day at the latest tomorrow."""
    if not _DATE_TIME.fullmatch(text):
        raise ValueError(f"{shown(text)} is no time with its zone; write it as 2024-02-29T18:30:00+08:00")
    try:
        at = moment(text)
        at.astimezone(UTC)  # the first day of the calendar has hours that are before it elsewhere
    except (ValueError, OverflowError):
        raise ValueError(f"{shown(text)} is not in the calendar; write a time that exists") from None
    _check_not_in_future(at.date(), today)


def moment(text: str) -> datetime:
    """Give the moment, aware of its zone, that a checked date-time names; finer than a microsecond is cut."""
    return datetime.fromisoformat(text.upper())


def check_sha256(text: str) -> None:
    """Ask for 64 hexadecimal digits in small letters."""
    if not _SHA256.fullmatch(text):
        raise ValueError(f"{shown(text)} is no SHA-256; write 64 digits 0-9 and small letters a-f, or leave it out")


def _check_not_in_future(day: date, today: date) -> None:
    if day - today > timedelta(days=1):
        raise ValueError(f"{day.isoformat()} lies in the future; write the day on which it happened")
