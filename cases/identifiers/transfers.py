"""Accounts that transfers come from and go to: a wallet, an IBAN, a number, or words."""

from __future__ import annotations

import re

from cases.identifiers.banks import bank_account, iban
from cases.identifiers.canonical import Canonical
from cases.identifiers.texts import fold
from cases.identifiers.wallets import judge, uri
from cases.identifiers.wallets.chains import chain_slug
from cases.identifiers.wallets.reading import find_address

_ACCOUNT = re.compile(r"\s*(?:[0-9][0-9 .\-/]*[0-9]|\S+@\S+|[@$]\S+)\s*")


def account_of_transfer(text: str, *, mechanism: str, network: str = "", country: str = "") -> Canonical:
    """The account of a transfer: of kind crypto_wallet, bank_account, or "other" where it is only words.

    network may be a chain or a ticker (a transfer's currency); country is the one of the account. Words, such as
    "gift cards (25 x 100)", never have a problem; a mistyped wallet has one where the money went by crypto,
    a mistyped IBAN where it did not.
    """
    wallet = _wallet(text, chain_slug(network), by_crypto=mechanism == "crypto")
    if wallet:
        return wallet
    if mechanism != "crypto" and (account := iban(text)):
        return account
    if _ACCOUNT.fullmatch(text):
        return bank_account(text, country=country)
    return Canonical("other", fold(text))


def _wallet(text: str, claim: str, *, by_crypto: bool) -> Canonical | None:
    address, said = uri(text)
    form = find_address(address)
    if form is None or (not by_crypto and (form.mistake or not form.checked)):
        return None  # a bank's own reference may look like a wallet, but its checksum will not fit
    return judge(form, said or claim)
