"""Finds the address in a text and tells its chain from its own form."""

from __future__ import annotations

import re

from cases.identifiers.texts import compact, plain
from cases.identifiers.wallets import base58s, bech32, cashaddr, evm, others, ton
from cases.identifiers.wallets.form import Form

_READERS = (
    evm.read,
    bech32.read,
    base58s.read,
    base58s.read_tron_hex,
    base58s.read_ripple,
    cashaddr.read,
    others.read_stellar,
    others.read_monero,
    ton.read,
    others.read_byron,
    others.read_solana,
)
_BETWEEN = re.compile(r"[\s,;|()\[\]{}<>\"'=&?#/\\]+")
SHORTEST = 20  # no address of any chain that is read here is shorter


def read_token(token: str) -> Form | None:
    """The form of one word: a sound one before one with a mistake, a mistake before nothing."""
    forms = [form for reader in _READERS if (form := reader(token))]
    return min(forms, key=lambda form: (bool(form.mistake), not form.checked), default=None)


def find_address(text: str) -> Form | None:
    """The one address in a text, also when it is set in groups or stands in a sentence; None where there is none."""
    text = plain(text)
    whole = read_token(compact(text))
    if whole and (not whole.mistake or _is_one_word(text)):
        return whole
    words = {word for word in (part.strip(".:!*`") for part in _words(text)) if len(word) >= SHORTEST}
    forms = [form for form in map(read_token, sorted(words)) if form]
    sound = {form.value: form for form in forms if not form.mistake}
    if len(sound) == 1:
        return next(iter(sound.values()))
    return forms[0] if len(forms) == 1 else None


def _words(text: str) -> list[str]:
    parts = _BETWEEN.split(text)
    return parts + [after for part in parts if ":" in part for after in part.split(":")]


def _is_one_word(text: str) -> bool:
    """One word, or one that was cut into equal groups or over two lines."""
    groups = text.split()
    sizes = {len(group) for group in groups[:-1]}
    return len(groups) == 1 or (len(sizes) == 1 and min(sizes) >= 4 and any(char.isdigit() for char in groups[0]))
