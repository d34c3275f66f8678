"""Stellar, Monero, Cardano's older addresses, and Solana.

Sources: SEP-23 (Stellar strkey), Monero's "Standard address" and Base58 by blocks, Cardano's Byron CDDL (CRC-32),
Solana's documentation (an address is the Base58 of 32 bytes, without a checksum).
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib

from cases.identifiers.wallets.base58s import decoded
from cases.identifiers.wallets.evm import keccak256
from cases.identifiers.wallets.form import CHARACTER, CHECKSUM, LENGTH, Form

_STELLAR = {"G": (56, 6 << 3), "M": (69, 12 << 3)}
_MONERO_NETWORKS = (18, 19, 42)  # main network: standard, integrated, subaddress
_BLOCK = {11: 8, 7: 5}  # Monero's Base58: full blocks of 8 bytes, the last one of 5


def read_stellar(token: str) -> Form | None:
    """A Stellar account (G…) or multiplexed account (M…), or None for another form."""
    length, version = _STELLAR.get(token[:1].upper(), (0, 0))
    if len(token) != length or not re.fullmatch("[A-Z0-9]+|[a-z0-9]+", token):
        return None
    token = token.upper()
    if set(token) & set("0189"):
        return Form(("stellar",), token, CHARACTER)
    data = base64.b32decode(token + "=" * (-length % 8))
    whole = base64.b32encode(data).decode().rstrip("=") == token  # no bit is set beyond the last byte
    fits = whole and data[0] == version and binascii.crc_hqx(data[:-2], 0) == int.from_bytes(data[-2:], "little")
    return Form(("stellar",), token, "" if fits else CHECKSUM)


def read_monero(token: str) -> Form | None:
    """A Monero address (95 characters, 106 with a payment id), or None for another form."""
    if not re.fullmatch("[48][0-9A-Za-z]{92,107}", token):
        return None
    if len(token) not in (95, 106):
        return Form(("monero",), token, LENGTH)
    data = _monero_bytes(token)
    if data is None:
        return Form(("monero",), token, CHARACTER)
    fits = keccak256(data[:-4])[:4] == data[-4:] and data[0] in _MONERO_NETWORKS
    return Form(("monero",), token, "" if fits else CHECKSUM)


def _monero_bytes(token: str) -> bytes | None:
    """Each block of 11 characters is a number of 8 bytes of its own."""
    blocks = []
    for at in range(0, len(token), 11):
        block = token[at : at + 11]
        data = decoded(block)
        size = _BLOCK[len(block)]
        if data is None or len(data.lstrip(b"\0")) > size:
            return None
        blocks.append(data.lstrip(b"\0").rjust(size, b"\0"))
    return b"".join(blocks)


def read_byron(token: str) -> Form | None:
    """A Cardano address of the Byron era (Ae2… or DdzFF…), or None for another form."""
    if not re.fullmatch("(?:Ae2|DdzFF)[0-9A-Za-z]{40,110}", token):
        return None
    data = decoded(token)
    if data is None:
        return Form(("cardano",), token, CHARACTER)
    # CBOR: an array of a tagged byte string (82 d8 18 58, its length) and its CRC-32 as an unsigned integer
    size = data[4] if data.startswith(b"\x82\xd8\x18\x58") and len(data) > 5 else 0
    crc = int.from_bytes(data[6 + size :])
    return Form(("cardano",), token, "" if size and zlib.crc32(data[5 : 5 + size]) == crc else CHECKSUM)


def read_solana(token: str) -> Form | None:
    """A Solana address: any 32 bytes in Base58. It has no checksum, so a slip of the pen goes unseen."""
    if not re.fullmatch("[0-9A-Za-z]{32,44}", token):
        return None
    data = decoded(token)
    return Form(("solana",), token, checked=False) if data and len(data) == 32 else None
