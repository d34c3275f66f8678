"""Text as a person sees it: one form for full-width, decorated and invisible characters."""

from __future__ import annotations

import re
import unicodedata

JOINERS = "\u200c\u200d"  # zero-width, yet they tell two Persian or Indic host names apart
_STREAM_SAFE = 30  # combining marks in a row, UAX #15: no language has more, and NFKC is quadratic in them
# Control and format characters but white space, surrogates, private use; fillers and variation selectors.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160"
    "\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\uf8ff\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
EDGES = " \t\n<>«»“”„\"'`"


def visible(text: str, *, keep: str = "") -> str:
    """The text without invisible and control characters (but those in keep)."""
    if text.isascii() and text.isprintable():
        return text
    return _stream_safe(_INVISIBLE.sub(lambda match: match.group() if match.group() in keep else "", text))


def _stream_safe(text: str) -> str:
    """The text with at most 30 combining marks in a row."""
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _STREAM_SAFE:
            kept.append(char)
    return "".join(kept)


def _nfkc(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def plain(text: str, *, keep: str = "") -> str:
    """Visible text in NFKC, white space collapsed, case as given."""
    return _nfkc(visible(text, keep=keep))


def fold(text: str) -> str:
    """Visible text in NFKC, white space collapsed, without case: two spellings of a name compare equal."""
    text = plain(text)
    for _ in range(4):  # folding can make text that NFKC changes again; in practice twice is enough
        before, text = text, _nfkc(text.casefold())
        if text == before:
            break
    return text


def compact(text: str) -> str:
    """plain() without any white space."""
    return plain(text).replace(" ", "")


def trimmed(text: str) -> str:
    """plain() without the quotation marks and angle brackets that people put around an identifier."""
    return plain(text).strip(EDGES)


def ascii_digits(text: str) -> str:
    """Decimal digits of every script (Arabic-Indic, Devanagari, full-width …) as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def is_handle(text: str) -> bool:
    """Has the form of an account name: one word of ASCII letters, digits and . _ - (at most 100)."""
    return re.fullmatch(r"[A-Za-z0-9._-]{0,99}[A-Za-z0-9_-]", text) is not None
