"""Bitcoin Cash's own addresses. Source: the CashAddr specification of bitcoincash.org (May 2017)."""

from __future__ import annotations

import re

from cases.identifiers.wallets.bech32 import ALPHABET, to_bytes
from cases.identifiers.wallets.form import CHARACTER, CHECKSUM, LENGTH, MIXED_CASE, Form

_GENERATOR = (0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4, 0xAE2EABE2A8, 0x1E4F43E470)
_PREFIX = "bitcoincash"
_SIZES = (20, 24, 28, 32, 40, 48, 56, 64)  # by the low three bits of the version byte


def read(token: str) -> Form | None:
    """A CashAddr with or without "bitcoincash:"; the canonical text has it. None for another form."""
    prefix, _, data = token.lower().rpartition(":")
    if prefix not in ("", _PREFIX) or not re.fullmatch("[qp][0-9a-z]{38,111}" if not prefix else "[0-9a-z]+", data):
        return None
    mistake = _mistake(token, data)
    if mistake and not prefix and len(data) != 42:
        return None  # without its prefix, a wrong one is too unlike an address
    return Form(("bitcoin-cash",), f"{_PREFIX}:{data}", mistake)


def _mistake(token: str, data: str) -> str:
    if token not in (token.lower(), token.upper()):
        return MIXED_CASE
    if set(data) - set(ALPHABET):
        return CHARACTER
    values = [ALPHABET.index(char) for char in data]
    if _polymod([*(ord(char) & 31 for char in _PREFIX), 0, *values]) != 0:
        return CHECKSUM
    payload = to_bytes(values[:-8])
    return "" if payload and len(payload) - 1 == _SIZES[payload[0] & 7] else LENGTH


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 35
        check = (check & 0x07FFFFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            check ^= generator if top >> bit & 1 else 0
    return check ^ 1
