"""Identifiers that point to an offender, each in one canonical form.

Callers keep the text as it was given, and print only that; the canonical form finds the same identifier again.
"""

from __future__ import annotations

import re

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

KINDS = (
    "website",
    "app",
    "email",
    "phone",
    "social_profile",
    "messaging_account",
    "crypto_wallet",
    "bank_account",
    "person_name",
    "company_name",
    "other",
)


def canonicalize(kind: str, value: str, *, service: str = "", country: str = "") -> Canonical:
    """The canonical form of an identifier, and its problems.

    kind is one of KINDS; service is the name of a network, messenger, chain or bank in any spelling; country (ISO 3166
    alpha-2) is where numbers without a prefix are read. Any text is accepted; ValueError is raised for another kind only.
    """
    match kind:
        case "website":
            return website(value)
        case "app":
            return app(value)
        case "email":
            return email(value)
        case "phone":
            return phone(value, country)
        case "social_profile":
            return profile(value, service)
        case "messaging_account":
            return account(value, service, country)
        case "crypto_wallet":
            return wallet(value, service)
        case "bank_account":
            return bank_account(value, service, country)
        case "person_name" | "company_name" | "other":
            return Canonical(kind, fold(value), service=service_slug(service))
    raise ValueError(f"no kind of identifier: {kind!r}")


def merge_key(canonical: Canonical) -> tuple[str, str, str]:
    """What two spellings of the same identifier have in common: kind, what qualifies it, value.

    An account name belongs to its service, an account number to its bank, an address to its chain; an IBAN, a telephone
    number, a link and a name stand for themselves.
    """
    return canonical.kind, _qualifier(canonical), canonical.value


def _qualifier(canonical: Canonical) -> str:
    if canonical.kind == "crypto_wallet":
        return canonical.chain
    by_itself = re.match("[A-Z]{2}", canonical.value) or canonical.host
    if canonical.kind in ("messaging_account", "bank_account", "social_profile") and not by_itself:
        return canonical.service
    return ""
