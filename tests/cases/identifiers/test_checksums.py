"""One wrong character in an address or an IBAN is always caught where the form has a checksum."""

from __future__ import annotations

import random
import re
import string

import pytest

from cases.identifiers import canonicalize
from tests.cases.identifiers.table import Row, label, rows


def _has_checksum(row: Row) -> bool:
    plain_hex = row.value.lower().startswith(("0x", "41")) and row.value[2:] in (
        row.value[2:].lower(),
        row.value[2:].upper(),
    )
    bare = row.value.isalnum() or row.value.startswith(("bitcoincash:", "EQ", "UQ", "X-avax", "P-avax"))
    return bare and not row.problems and not plain_hex and row.read().chain not in {"solana", "hedera"}


WALLETS = [row for row in rows("wallets") if _has_checksum(row)]
IBANS = rows("ibans")


def _other(char: str, random_: random.Random) -> str:
    """Another character of the same class, so that the slip is one that people make."""
    classes = (string.digits, string.ascii_lowercase, string.ascii_uppercase)
    alike = next((group for group in classes if char in group), string.digits)
    return random_.choice([other for other in alike if other != char])


def _corrupted(text: str, start: int = 0) -> list[str]:
    random_ = random.Random(text)  # seeded: the same slips in every run
    return [text[:at] + _other(text[at], random_) + text[at + 1 :] for at in range(start, len(text))]


@pytest.mark.parametrize("row", WALLETS, ids=label)
def test_one_wrong_character_of_a_wallet_is_caught(row: Row) -> None:
    chain = row.read().chain
    unchecked = re.match("bitcoincash:|[XP]-", row.value, re.IGNORECASE)
    for wrong in _corrupted(row.value, unchecked.end() if unchecked else 0):
        rules = [problem.rule for problem in canonicalize("crypto_wallet", wrong, service=chain).problems]
        assert "wallet-checksum" in rules, wrong


@pytest.mark.parametrize("row", WALLETS, ids=label)
def test_a_wrong_character_is_caught_without_the_chain_said(row: Row) -> None:
    start = row.value.find("1") + 1 if row.value.lower().startswith(("bc1", "tb1", "ltc1", "addr1", "stake1")) else 3
    for wrong in _corrupted(row.value, max(start, 12 if row.value.lower().startswith("bitcoincash:") else 0)):
        rules = [problem.rule for problem in canonicalize("crypto_wallet", wrong).problems]
        assert set(rules) & {"wallet-checksum", "wallet-form"}, wrong


@pytest.mark.parametrize("row", IBANS, ids=label)
def test_one_wrong_character_of_an_iban_is_caught(row: Row) -> None:
    for wrong in _corrupted(row.value, start=2):
        assert [problem.rule for problem in canonicalize("bank_account", wrong).problems] == ["iban-checksum"], wrong


@pytest.mark.parametrize("row", IBANS, ids=label)
def test_a_missing_or_doubled_character_of_an_iban_is_caught(row: Row) -> None:
    for wrong in (row.value[:-1], row.value + row.value[-1]):
        assert [problem.rule for problem in canonicalize("bank_account", wrong).problems] == ["iban-checksum"], wrong


def test_the_checksums_are_put_to_the_test_on_many_forms() -> None:
    chains = {row.read().chain for row in WALLETS}
    assert {"bitcoin", "bitcoin-cash", "cardano", "ethereum", "monero", "ripple", "stellar", "ton", "tron"} <= chains
