"""Addresses in Base58Check: Bitcoin, Litecoin, Dogecoin, Dash, Zcash, Tron, Tezos, and XRP with an alphabet of its own.

Sources: Bitcoin's Base58Check (version byte, payload, first four bytes of a double SHA-256); each chain's parameters
for the version; XRPL "Base58 Encodings" and XLS-5 (X-addresses); Tron's documentation (0x41).
"""

from __future__ import annotations

import re
from hashlib import sha256

import base58

from cases.identifiers.wallets.form import CHARACTER, CHECKSUM, LENGTH, Form

_VERSIONS = {
    b"\x00": ("bitcoin", "bitcoin-cash"),
    b"\x05": ("bitcoin", "bitcoin-cash", "litecoin", "zcash"),
    b"\x6f": ("bitcoin-testnet",),
    b"\xc4": ("bitcoin-testnet",),
    b"\x30": ("litecoin",),
    b"\x32": ("litecoin",),
    b"\x1e": ("dogecoin",),
    b"\x16": ("dogecoin",),
    b"\x4c": ("dash",),
    b"\x10": ("dash",),
    b"\x41": ("tron",),
    b"\x1c\xb8": ("zcash",),
    b"\x1c\xbd": ("zcash",),
    b"\x06\xa1\x9f": ("tezos",),
    b"\x06\xa1\xa1": ("tezos",),
    b"\x06\xa1\xa4": ("tezos",),
    b"\x02\x5a\x79": ("tezos",),
}
_BY_FIRST = {"1": "bitcoin", "3": "bitcoin", "L": "litecoin", "M": "litecoin", "D": "dogecoin", "T": "tron"}
_LENGTHS = {"bitcoin": range(25, 37), "ripple": range(25, 37)}  # leading zero bytes make these shorter
_BITCOIN, _RIPPLE = base58.BITCOIN_ALPHABET, base58.RIPPLE_ALPHABET


def read(token: str) -> Form | None:
    """An address in Base58Check with Bitcoin's alphabet, or None for another form."""
    if not re.fullmatch("[0-9A-Za-z]{25,40}", token):
        return None
    data = decoded(token, _BITCOIN)
    if data and _checksum_fits(data):
        chains = next((_VERSIONS[data[:size]] for size in (1, 2, 3) if _fits(data, size)), ())
        return Form(chains, token) if chains else None
    return _near_miss(token, data)


def read_tron_hex(token: str) -> Form | None:
    """A Tron address as its explorers' programs write it: 41 and 40 hexadecimal digits, without a checksum."""
    if not re.fullmatch("41[0-9A-Fa-f]{40}", token):
        return None
    return Form(("tron",), base58.b58encode_check(bytes.fromhex(token)).decode(), checked=False)


def read_ripple(token: str) -> Form | None:
    """A classic address (r…) or an X-address of the XRP Ledger, or None for another form."""
    if not re.fullmatch("r[0-9A-Za-z]{24,35}|X[0-9A-Za-z]{45,47}", token) or re.fullmatch("[a-z]+", token):
        return None
    data = decoded(token, _RIPPLE)
    if data is None:
        return Form(("ripple",), token, CHARACTER)
    size, version = (25, b"\x00") if token.startswith("r") else (35, b"\x05\x44")
    if _checksum_fits(data) and data.startswith(version):
        return Form(("ripple",), token, "" if len(data) == size else LENGTH)
    return Form(("ripple",), token, CHECKSUM if len(data) == size else LENGTH)


def decoded(token: str, alphabet: bytes = _BITCOIN) -> bytes | None:
    """The bytes of a Base58 text, or None where a character is not in the alphabet (0, O, I and l never are)."""
    if not token.isascii():
        return None
    try:
        return base58.b58decode(token, alphabet=alphabet)
    except ValueError:
        return None


def _fits(data: bytes, size: int) -> bool:
    return data[:size] in _VERSIONS and len(data) == size + 24


def _checksum_fits(data: bytes) -> bool:
    return len(data) > 4 and sha256(sha256(data[:-4]).digest()).digest()[:4] == data[-4:]


def _near_miss(token: str, data: bytes | None) -> Form | None:
    """An address of this form with a mistake: told by its first character and length, or by its 25 bytes."""
    chain = _BY_FIRST.get(token[0], "")
    if re.fullmatch(r"[0-9a-f]+|[0-9A-F]+|[0-9]+|[A-Za-z]+", token):
        return None  # a hash, a number or words
    if chain and len(token) in _LENGTHS.get(chain, range(33, 36)):
        wrong_size = data is not None and len(data) != 25
        return Form((chain,), token, CHARACTER if data is None else LENGTH if wrong_size else CHECKSUM)
    return Form((), token, CHECKSUM) if data and len(data) == 25 else None
