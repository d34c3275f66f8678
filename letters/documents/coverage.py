"""Which characters no face of the letter can print."""

import json
import unicodedata
from bisect import bisect_right
from functools import cache

from letters.documents.fonts import COVERAGE, ensure_fonts

_PRINTS_NOTHING = "\n\r\t\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"


def missing_glyphs(text: str) -> tuple[str, ...]:
    """The characters of `text` that would print as an empty box, each once, in the order of the text.

    Emoji, rare scripts, private use and unassigned characters. A combining mark counts with the letter it composes
    with; joiners, variation selectors and direction marks print nothing and never miss.
    """
    missing = dict.fromkeys(character for character in text if not _prints(character))
    if any(unicodedata.combining(character) for character in missing):
        alone = set(unicodedata.normalize("NFC", text))
        return tuple(character for character in missing if character in alone)
    return tuple(missing)


@cache
def _prints(character: str) -> bool:
    if character in _PRINTS_NOTHING or _is_selector_or_direction(ord(character)):
        return True
    starts, ends = _table()
    place = bisect_right(starts, ord(character)) - 1
    return place >= 0 and ord(character) <= ends[place]


def _is_selector_or_direction(code: int) -> bool:
    return (
        0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
    )


@cache
def _table() -> tuple[list[int], list[int]]:
    ensure_fonts()
    ranges = json.loads(COVERAGE.read_text())
    return [start for start, _ in ranges], [end for _, end in ranges]
