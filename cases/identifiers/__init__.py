"""Identifiers that point to an offender, each in one canonical form.

Callers keep the text as it was given, and print only that; the canonical form finds the same identifier again.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from cases.identifiers.accounts import account
from cases.identifiers.banks import bank_account, bank_code
from cases.identifiers.canonical import ERRORS, Canonical, Problem
from cases.identifiers.phones import phone
from cases.identifiers.profiles import profile
from cases.identifiers.services import service_slug
from cases.identifiers.texts import fold
from cases.identifiers.transfers import account_of_transfer
from cases.identifiers.wallets import wallet
from cases.identifiers.websites import app, email, website

__all__ = ["ERRORS", "KINDS", "Canonical", "Problem", "account_of_transfer", "bank_code", "canonicalize", "merge_key"]

_NORMALIZERS: dict[str, Callable[[str, str, str], Canonical]] = {
    "website": lambda value, _service, _country: website(value),
    "app": lambda value, _service, _country: app(value),
    "email": lambda value, _service, _country: email(value),
    "phone": lambda value, _service, country: phone(value, country),
    "social_profile": lambda value, service, _country: profile(value, service),
    "messaging_account": account,
    "crypto_wallet": lambda value, service, _country: wallet(value, service),
    "bank_account": bank_account,
    "person_name": lambda value, _service, _country: Canonical("person_name", fold(value)),
    "company_name": lambda value, _service, _country: Canonical("company_name", fold(value)),
    "other": lambda value, service, _country: Canonical("other", fold(value), service=service_slug(service)),
}
KINDS = tuple(_NORMALIZERS)


def canonicalize(kind: str, value: str, *, service: str = "", country: str = "") -> Canonical:
    """The canonical form of an identifier, and its problems.

    kind is one of KINDS; service is the name of a network, messenger, chain or bank in any spelling; country
    (ISO 3166 alpha-2) is where numbers without a prefix are read. Any text is accepted; KeyError is raised for another
    kind only.
    """
    return _NORMALIZERS[kind](value, service, country)


def merge_key(canonical: Canonical) -> tuple[str, str, str]:
    """What two spellings of the same identifier have in common: kind, what qualifies it, value.

    An account name belongs to its service, an account number to its bank, an address to its chain; an IBAN,
    a link and a name stand for themselves.
    """
    return canonical.kind, _qualifier(canonical), canonical.value


def _qualifier(canonical: Canonical) -> str:
    if canonical.kind == "crypto_wallet":
        return canonical.chain
    by_itself = re.match("[A-Z]{2}", canonical.value) or canonical.host
    if canonical.kind in ("messaging_account", "bank_account", "social_profile") and not by_itself:
        return canonical.service
    return ""
