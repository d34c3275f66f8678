"""Ethereum and the networks that share its addresses: 0x and 40 hexadecimal digits.

Sources: EIP-55 (checksum in the case of the letters: Keccak-256 of the address in lower case), EIP-1191 (the same with
the number of the chain in front: Rootstock).
"""

from __future__ import annotations

import re

from Crypto.Hash import keccak

from cases.identifiers.wallets.chains import EVM
from cases.identifiers.wallets.form import CHARACTER, CHECKSUM, LENGTH, Form

_ROOTSTOCK_ID = "30"
_NEAR = re.compile(r"0x[0-9A-Za-z]{36,44}", re.IGNORECASE)
_WRONG_PREFIX = re.compile(r"[0-9A-Za-z]{2}[0-9A-Fa-f]{40}")


def read(token: str) -> Form | None:
    """An address of an Ethereum-like network; the canonical text is in lower case. None for another form."""
    if re.fullmatch(r"[0-9A-Fa-f]{40}", token):
        token = "0x" + token
    if re.fullmatch(r"0[xX][0-9A-Fa-f]{40}", token):
        return _form(token[2:])
    if _NEAR.fullmatch(token):
        return Form(EVM, token.lower(), LENGTH if len(token) != 42 else CHARACTER)
    if _WRONG_PREFIX.fullmatch(token) and token[2:].lower() != token[2:]:
        return Form(EVM, token.lower(), "it does not begin with 0x")
    return None


def _form(digits: str) -> Form:
    """An address all in capitals or all in small letters carries no checksum."""
    address = "0x" + digits.lower()
    if digits in (digits.lower(), digits.upper()) or _case_fits(digits, digits.lower()):
        return Form(EVM, address)
    if _case_fits(digits, _ROOTSTOCK_ID + address):
        return Form(("rootstock",), address)
    return Form(EVM, address, CHECKSUM)


def _case_fits(digits: str, hashed: str) -> bool:
    nibbles = keccak256(hashed.encode()).hex()
    return all(
        char.isdigit() or char.isupper() == (int(nibble, 16) >= 8)
        for char, nibble in zip(digits, nibbles, strict=False)
    )


def keccak256(data: bytes) -> bytes:
    """Keccak-256 as Ethereum and Monero use it (not NIST's SHA3-256)."""
    return keccak.new(data=data, digest_bits=256).digest()
