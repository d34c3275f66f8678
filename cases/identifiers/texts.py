"""Text as a person sees it: one form for full-width, decorated and invisible characters."""

from __future__ import annotations

import re
import unicodedata

JOINERS = "\u200c\u200d"  # zero-width, yet they tell two Persian or Indic host names apart
_STREAM_SAFE = 30  # combining marks in a row, UAX #15: no language has more, and NFKC is quadratic in them
# Default ignorable, but not of category Cf: fillers and variation selectors.
_FILLERS = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]")
EDGES = " \t\n<>«»“”„\"'`"


def visible(text: str, *, keep: str = "") -> str:
    """The text without invisible and control characters (but those in keep); any white space is a space."""
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    marks = 0
    for char in _FILLERS.sub("", text):
        marks = marks + 1 if unicodedata.combining(char) else 0
        if char.isspace():
            kept.append(" ")
        elif marks <= _STREAM_SAFE and (char in keep or not unicodedata.category(char).startswith("C")):
            kept.append(char)
    return "".join(kept)


def plain(text: str, *, keep: str = "") -> str:
    """Visible text in NFKC, white space collapsed, case as given."""
    text = unicodedata.normalize("NFKC", visible(text, keep=keep))
    return " ".join(visible(text, keep=keep).split())


def fold(text: str) -> str:
    """Visible text in NFKC, white space collapsed, without case: two spellings of a name compare equal."""
    for _ in range(4):  # folding can make text that NFKC changes again; in practice twice is enough
        before, text = text, plain(plain(text).casefold())
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
