"""Bech32 and Bech32m: Bitcoin's and Litecoin's segwit addresses, Cardano, Cosmos, Avalanche's X-, P- and C-chain.

Sources: BIP-173 (alphabet, checksum, segwit rules), BIP-350 (Bech32m for witness version 1 and up), CIP-19 (Cardano),
Avalanche's documentation (the chain's letter and a hyphen in front).
"""

from __future__ import annotations

import re
from dataclasses import replace

from cases.identifiers.wallets.form import CHARACTER, CHECKSUM, LENGTH, MIXED_CASE, Form

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32, _BECH32M = 1, 0x2BC830A3
_SEGWIT = {
    "bc": "bitcoin",
    "ltc": "litecoin",
    "tb": "bitcoin-testnet",
    "bcrt": "bitcoin-testnet",
    "tltc": "litecoin-testnet",
}
_PLAIN = {
    "addr": "cardano", "stake": "cardano", "cosmos": "cosmos", "osmo": "osmosis", "bnb": "beacon-chain",
    "inj": "injective", "terra": "terra", "sei": "sei", "celestia": "celestia", "thor": "thorchain", "kava": "kava",
    "avax": "avalanche",
}  # fmt: skip
_LONGEST = 1500  # a Lightning invoice; addresses have at most 90, Cardano's 130


def read(token: str) -> Form | None:
    """An address in Bech32 or Bech32m; the canonical text is in lower case. None for another form."""
    if on_avalanche := re.fullmatch("([XPC])-(avax1.*)", token, re.IGNORECASE):
        letter, rest = on_avalanche.groups()
        found = read(rest)
        return found and replace(found, value=f"{letter.upper()}-{found.value}")
    lower = token.lower()
    prefix, one, data = lower.rpartition("1")
    chain = _chain(prefix)
    if not one or not re.fullmatch("[a-z]{1,20}[0-9a-z]*", prefix) or len(data) < 6 or len(lower) > _LONGEST:
        return _without_separator(lower)
    if not chain and (len(data) < 32 or len(prefix) > 8 or set(data) - set(ALPHABET)):
        return None  # any word with a 1 in it
    return Form((chain,) if chain else (), lower, _mistake(token, prefix, data))


def _chain(prefix: str) -> str:
    if re.fullmatch(r"lnbc\d*[munp]?", prefix):
        return "bitcoin"  # a Lightning invoice
    return _SEGWIT.get(prefix) or _PLAIN.get(prefix, "")


def _without_separator(lower: str) -> Form | None:
    """A segwit address whose "1" was mistyped."""
    mistyped = re.fullmatch(r"bc[0-9a-z]q[0-9a-z]{38}|bc[0-9a-z][pq][0-9a-z]{58}", lower)
    return Form(("bitcoin",), lower, CHARACTER) if mistyped else None


def _mistake(token: str, prefix: str, data: str) -> str:
    if token not in (token.lower(), token.upper()):
        return MIXED_CASE
    if set(data) - set(ALPHABET):
        return CHARACTER
    values = [ALPHABET.index(char) for char in data]
    constant = _polymod([*_expanded(prefix), *values])
    if prefix in _SEGWIT:
        return _segwit_mistake(constant, values, len(token))
    return "" if constant in (_BECH32, _BECH32M) else CHECKSUM


def _segwit_mistake(constant: int, values: list[int], length: int) -> str:
    if constant != (_BECH32 if values[0] == 0 else _BECH32M):
        return CHECKSUM
    program = to_bytes(values[1:-6])
    if program is None or length > 90 or values[0] > 16:
        return LENGTH
    allowed = (20, 32) if values[0] == 0 else range(2, 41)
    return "" if len(program) in allowed else LENGTH


def to_bytes(values: list[int]) -> bytes | None:
    """5-bit groups as bytes; None where the padding is not zero or is longer than 4 bits."""
    bits = "".join(f"{value:05b}" for value in values)
    whole = len(bits) // 8 * 8
    padding = bits[whole:]
    if len(padding) > 4 or "1" in padding:
        return None
    return bytes(int(bits[at : at + 8], 2) for at in range(0, whole, 8))


def _expanded(prefix: str) -> list[int]:
    return [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            check ^= generator if top >> bit & 1 else 0
    return check
