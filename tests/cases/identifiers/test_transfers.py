"""Accounts of transfers, bank codes, and what makes two identifiers the same."""

from __future__ import annotations

import pytest

from cases.identifiers import account_of_transfer, bank_code, canonicalize, merge_key

TRON = "TPCTB3ban7mjkDsjxo1rHAocdneeZ1T9BJ"
GENESIS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
SOLANA = "7gaWFVFk67bHMPMZjC6QSBZ4VgYLcb8FjHun1Zb2ZLx8"
EVM = "0xEC0a325490fbB848AAa9c966953B2F3742d38377"


@pytest.mark.parametrize(
    "text",
    [
        "gift cards (25 x 100)",
        "cash deposit at an exchange house",
        "exchange account of the victim",
        "remittance to Ciudad del Este",
        "money transfer to Accra, Ghana",
        "bitcoin ATM",
        "checking account",
        "3 gift cards of 500 each at the corner shop",
        "at 10 different banks of the town",
        "1 payment",
        "card ending in 4242",
        "Deutsche Bank",
        "{{ account }} <b>",
    ],
)
@pytest.mark.parametrize("mechanism", ["crypto", "gift_card", "bank_wire", "cash"])
def test_words_are_never_a_problem(text: str, mechanism: str) -> None:
    found = account_of_transfer(text, mechanism=mechanism, network="bitcoin" if mechanism == "crypto" else "")
    assert found.kind == "other"
    assert found.problems == ()


@pytest.mark.parametrize(
    ("text", "mechanism", "network", "expected", "rules"),
    [
        (TRON, "crypto", "", ("crypto_wallet", TRON, "tron"), []),
        (TRON, "crypto", "USDT", ("crypto_wallet", TRON, "tron"), []),
        (TRON[:-1] + "K", "crypto", "tron", ("crypto_wallet", TRON[:-1] + "K", "tron"), ["wallet-checksum"]),
        (TRON, "other", "", ("crypto_wallet", TRON, "tron"), []),
        (TRON[:-1] + "K", "bank_wire", "", ("other", (TRON[:-1] + "K").lower(), ""), []),
        (EVM, "crypto", "", ("crypto_wallet", EVM.lower(), ""), ["wallet-network"]),
        (EVM, "crypto", "ETH", ("crypto_wallet", EVM.lower(), "ethereum"), []),
        (EVM, "crypto", "bsc", ("crypto_wallet", EVM.lower(), "bsc"), []),
        ("DE89 3704 0044 0532 0130 00", "bank_wire", "", ("bank_account", "DE89370400440532013000", ""), []),
        ("DE89 3704 0044 0532 0130 00", "crypto", "", ("bank_account", "DE89370400440532013000", ""), []),
        ("DE89370400440532013001", "bank_wire", "", ("bank_account", "DE89370400440532013001", ""), ["iban-checksum"]),
        ("000123456789", "bank_wire", "", ("bank_account", "000123456789", ""), []),
        ("chave@example.com", "payment_app", "", ("bank_account", "chave@example.com", ""), []),
        ("$LindaHowe", "payment_app", "", ("bank_account", "$lindahowe", ""), []),
        (SOLANA, "crypto", "", ("crypto_wallet", SOLANA, "solana"), []),
    ],
)  # fmt: skip
def test_account_of_a_transfer(
    text: str, mechanism: str, network: str, expected: tuple[str, str, str], rules: list[str]
) -> None:
    found = account_of_transfer(text, mechanism=mechanism, network=network)
    assert (found.kind, found.value, found.chain) == expected
    assert [problem.rule for problem in found.problems] == rules


@pytest.mark.parametrize(
    ("text", "value", "country", "rules"),
    [
        ("DEUTDEFF", "DEUTDEFF", "DE", []),
        ("deut de ff xxx", "DEUTDEFF", "DE", []),
        ("DEUTDEFF500", "DEUTDEFF500", "DE", []),
        ("SWIFT/BIC: CHASUS33", "CHASUS33", "US", []),
        ("021000021", "021000021", "", []),
        ("20-00-00", "200000", "", []),
        ("062-000", "062000", "", []),
        ("SBIN0001234", "sbin0001234", "", []),
        ("the one on the receipt", "the one on the receipt", "", []),
        ("DEUTZZFF", "deutzzff", "", ["bic-form"]),
        ("BIC DEUTDE", "deutde", "", ["bic-form"]),
    ],
)
def test_bank_codes(text: str, value: str, country: str, rules: list[str]) -> None:
    found = bank_code(text)
    assert (found.kind, found.value, found.country) == ("bank_code", value, country)
    assert [problem.rule for problem in found.problems] == rules


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("website", ("https://www.example.org/", ""), ("EXAMPLE.org", "")),
        ("phone", ("+1 918 555 0177", ""), ("tel:+1-918-555-0177", "")),
        ("messaging_account", ("https://wa.me/19185550177", ""), ("+1 918 555 0177", "Whats App")),
        ("messaging_account", ("https://t.me/Linda", ""), ("@linda", "telegram")),
        ("social_profile", ("https://twitter.com/Linda", ""), ("@linda", "X")),
        ("crypto_wallet", (EVM, "ethereum"), (EVM.lower(), "ERC-20")),
        ("crypto_wallet", (f"bitcoin:{GENESIS}", ""), (GENESIS, "BTC")),
        ("bank_account", ("DE89 3704 0044 0532 0130 00", "Commerzbank"), ("iban de89370400440532013000", "")),
        ("person_name", ("WANG Xiaoming", ""), ("Wang  xiaoming", "")),
    ],
)  # fmt: skip
def test_spellings_of_one_identifier_merge(kind: str, one: tuple[str, str], other: tuple[str, str]) -> None:
    first, second = (canonicalize(kind, value, service=service) for value, service in (one, other))
    assert merge_key(first) == merge_key(second)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("messaging_account", ("linda", "WeChat"), ("linda", "Telegram")),
        ("bank_account", ("0001234", "First Bank"), ("0001234", "Second Bank")),
        ("crypto_wallet", (EVM, "ethereum"), (EVM, "bsc")),
        ("website", ("https://example.org/a", ""), ("https://example.org/b", "")),
        ("phone", ("+1 918 555 0177", ""), ("+1 918 555 0178", "")),
    ],
)
def test_different_identifiers_do_not_merge(kind: str, one: tuple[str, str], other: tuple[str, str]) -> None:
    first, second = (canonicalize(kind, value, service=service) for value, service in (one, other))
    assert merge_key(first) != merge_key(second)
