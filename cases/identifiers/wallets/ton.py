"""TON: 48 characters of Base64 with a CRC, or the raw "0:" and 64 hexadecimal digits.

Source: docs.ton.org, "Smart contract addresses" (tag, workchain, account id, CRC-16/XMODEM).
"""

from __future__ import annotations

import base64
import binascii
import re

from cases.identifiers.wallets.form import CHECKSUM, LENGTH, Form

_TAGS = (0x11, 0x51, 0x91, 0xD1)  # bounceable or not; with 0x80 for the test network


def read(token: str) -> Form | None:
    """A TON address; the canonical text is the raw one, which all spellings share. None for another form."""
    if re.fullmatch(r"(?:0|-1):[0-9A-Fa-f]{64}", token):
        return Form(("ton",), token.lower(), checked=False)
    if re.fullmatch(r"[EUk0]Q[A-Za-z0-9_/+-]{44,48}", token) and len(token) != 48:
        return Form(("ton",), token, LENGTH)
    if not re.fullmatch(r"[A-Za-z0-9_/+-]{48}", token):
        return None
    data = base64.b64decode(token.replace("-", "+").replace("_", "/"))
    if binascii.crc_hqx(data[:-2], 0) == int.from_bytes(data[-2:]) and data[0] in _TAGS:
        workchain = int.from_bytes(data[1:2], signed=True)
        return Form(("ton",), f"{workchain}:{data[2:34].hex()}")
    return Form(("ton",), token, CHECKSUM) if re.match("[EUk0]Q", token) else None
