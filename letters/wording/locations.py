"""Places that would reveal where a person lives or is held (PROCESS.md, duty of care)."""

import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote

from letters.wording.coordinates import coordinate_spans
from letters.wording.findings import Finding, merged
from letters.wording.folding import Folded, fold
from letters.wording.places import Spelling, is_solid, is_unspaced, spellings

LOCATION_MENDING = (
    "Leave out the place, the address, the coordinates or the map link; where the person is must not be printed."
)

_SHORT = 6  # letters; shorter names are found only in the words they are written in
_ENDINGS = re.compile(r"(?:n?s|n)(?![a-z])|(?:[а-яієґ]{1,3})(?![а-яієґ])")  # Cambodian, Камбодже
_PROCLITICS = frozenset("وفبلكהבלמשו")  # Arabic and Hebrew "and", "in", "to" … grow onto the name
_BREAKS = re.compile(r"[.,;:!?]\s|[^\w]{4}|\n\s*\n")
_ESCAPED_OR_NOT = re.compile(r"(?:%[0-9a-fA-F]{2})+|%|[^%]+")
_NUMBER_BEFORE = re.compile(r"(?:\d[.,:/]|[$€£¥₫฿₹₩]\s?|(?:usdt?|usdc|eur|gbp|cny|hkd|thb)\s?)$")
_NUMBER_AFTER = re.compile(
    r"[.,:/]\d|\s?(?:[$€£¥₫฿₹₩%]|usdt?|usdc|eur|gbp|btc|eth|cny|hkd|thb|dollars?|euros?)(?![a-z])"
)


def locations(text: str, *, names: Collection[str]) -> tuple[Finding, ...]:
    """Every mention of these places in one text, links and identifiers included, and every point on a map.

    `names` are the street, city, region, postal code and country to keep secret, in any language; case,
    accents and separators do not matter, and parts of an address count on their own.
    """
    folded = _unescaped(text)
    spans = [*coordinate_spans(folded), *_places(folded, names)]
    return merged(text, (folded.finding(start, end) for start, end in spans))


def _unescaped(text: str) -> Folded:
    """The text folded, with the %20 and %C3%BC of links read as the characters they stand for."""
    if "%" not in text:
        return fold(text)
    runs = [(run, unquote(run[0])) for run in _ESCAPED_OR_NOT.finditer(text)]
    origin: list[int] = []
    for run, plain in runs:
        origin += range(run.start(), run.end()) if plain == run[0] else [run.start()] * len(plain)
    folded = fold("".join(plain for _, plain in runs))
    return Folded(text, folded.text, [origin[place] for place in folded.origin])


def _places(folded: Folded, names: Collection[str]) -> Iterator[tuple[int, int]]:
    places = [i for i, character in enumerate(folded.text) if is_solid(character)]
    dense = "".join(folded.text[i] for i in places)
    for name in names:
        for spelling in spellings(name):
            yield from _mentions(folded, dense, places, spelling)


def _mentions(folded: Folded, dense: str, places: list[int], spelling: Spelling) -> Iterator[tuple[int, int]]:
    fits = _is_token if spelling.whole_token else _is_bounded
    at = dense.find(spelling.needle)
    while at >= 0:
        start, end = places[at], places[at + len(spelling.needle) - 1] + 1
        if fits(folded, start, end) and _is_unbroken(folded.text[start:end], spelling):
            yield start, end
        at = dense.find(spelling.needle, at + 1)


def _is_bounded(folded: Folded, start: int, end: int) -> bool:
    text = folded.text
    begins = (
        start == 0
        or _is_edge(text[start - 1], text[start])
        or folded.is_camel_hump(start)
        or _has_proclitic(text, start)
    )
    if not begins or end == len(text):
        return begins
    ending = end - start >= _SHORT - 1 and _ENDINGS.match(text, end)
    return _is_edge(text[end - 1], text[end]) or folded.is_camel_hump(end) or bool(ending)


def _is_edge(left: str, right: str) -> bool:
    """Does a word end between these two? Digits end a word, and scripts without spaces end anywhere."""
    if not is_solid(left) or not is_solid(right) or is_unspaced(left) or is_unspaced(right):
        return True
    return left.isdigit() != right.isdigit()


def _has_proclitic(text: str, start: int) -> bool:
    return text[start - 1] in _PROCLITICS and (start == 1 or not is_solid(text[start - 2]))


def _is_token(folded: Folded, start: int, end: int) -> bool:
    """A postal code on its own, not the part of a longer number, an amount or a date."""
    text = folded.text
    before, after = text[max(start - 5, 0) : start], text[end : end + 9]
    if any(is_solid(c) and not is_unspaced(c) for c in (before[-1:], after[:1]) if c):
        return False
    if not text[start:end].isdigit():
        return True
    is_short = end - start < 5
    grouped = is_short and (re.search(r"\d[ -]$", before) or re.match(r"[ -]\d", after))
    return not (grouped or _NUMBER_BEFORE.search(before) or _NUMBER_AFTER.match(after))


def _is_unbroken(written: str, spelling: Spelling) -> bool:
    """Written in one run or in the name's own words; longer names also with other gaps (Sihanouk-ville)."""
    if len(written) == len(spelling.needle):
        return True
    words = "".join(character if is_solid(character) else " " for character in written).split()
    may_be_broken = len(spelling.needle) >= _SHORT or is_unspaced(spelling.needle[0])
    return words == spelling.words or (may_be_broken and not _BREAKS.search(written))
