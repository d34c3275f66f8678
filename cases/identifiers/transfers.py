"""Accounts that transfers come from and go to: a wallet, an IBAN, a number, or words."""

from __future__ import annotations

import re

from cases.identifiers.banks import bank_account
from cases.identifiers.canonical import Canonical
from cases.identifiers.ibans import iban
from cases.identifiers.texts import fold
from cases.identifiers.wallets import judge, uri
from cases.identifiers.wallets.chains import chain_slug
from cases.identifiers.wallets.reading import find_address

_NUMBER = re.compile(r"[0-9][0-9 .\-/]*[0-9]")


def account_of_transfer(text: str, *, mechanism: str, network: str = "", country: str = "") -> Canonical:
    """The account of a transfer: of kind crypto_wallet, bank_account, or "other" where it is only words.

    network may be a chain or a ticker (a transfer's currency); country is the one of the account. Words, such as
    "gift cards (25 x 100)", never have a problem; a mistyped IBAN has one,
    and a mistyped wallet where the money went by crypto.
    """
    wallet = _wallet(text, chain_slug(network), by_crypto=mechanism == "crypto")
    if wallet:
        return wallet
    if account := iban(text):
        return account
    if _is_account(text.strip()):
        return bank_account(text, country=country)
    return Canonical("other", fold(text))


def _is_account(text: str) -> bool:
    """A number, or one word that is an e-mail address, a @handle or a $cashtag."""
    return bool(_NUMBER.fullmatch(text)) or (len(text.split()) == 1 and ("@" in text or text.startswith("$")))


def _wallet(text: str, claim: str, *, by_crypto: bool) -> Canonical | None:
    address, said = uri(text)
    form = find_address(address)
    if form is None or (not by_crypto and (form.mistake or not form.checked)):
        return None  # a bank's own reference may look like a wallet, but its checksum will not fit
    return judge(form, said or claim)
