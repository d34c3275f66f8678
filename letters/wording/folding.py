"""One plain spelling for every way to write the same letters, and the way back to the original place.

Full-width, bold or circled letters, accents, soft hyphens, zero-width characters, exotic dashes,
quotes and digits all fold to what a reader sees. Marks that carry a vowel (Devanagari, Thai …) stay.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from letters.wording.findings import Finding

LATIN = "a-z"  # after folding
_LETTERS = re.compile(r"[^\W\d_]+")

_SPECIAL = {
    **dict.fromkeys("’‘‛ʼʹ′´`＇", "'"),
    **dict.fromkeys("“”„‟＂", '"'),
    "″": '"',
    **dict.fromkeys("º˚", "°"),  # NFKD would make them an o and a space
    "−": "-",
    "٫": ".",
    "،": ",",
    "、": ",",
    "。": ".",
    **dict(zip("øØđĐðÐłŁħĦıŋŊæÆœŒþÞ", "o o d d d d l l h h i n n ae ae oe oe th th".split(), strict=True)),
    **dict(zip("ꜱᴄᴀᴍᴇʀᴛɪɢɴ", "scamertign", strict=True)),
}
# Accents of the Latin, Greek, Cyrillic, Hebrew and Arabic scripts, overlays, the Arabic tatweel;
# characters that show nothing although Unicode calls them letters or marks.
_DROPPED = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
# Cyrillic and Greek letters that pass for Latin ones; they count as Latin only beside Latin letters.
_LOOKALIKES = str.maketrans("аеорсухіѕјкмтвнαορνικτυϲ", "aeopcyxisjkmtbhaopviktuc")
_LONGEST = 4  # a few Arabic ligatures are whole phrases; a text may not grow eighteenfold
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_ASCII = str.maketrans("`\t\v\f\r", "'   \n")
_HAS_LATIN = re.compile("[a-z]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded `text`; its character i stands for `source[origin[i]]`."""

    source: str
    text: str
    origin: Sequence[int]

    def finding(self, start: int, end: int) -> Finding:
        """The passage of the source that `text[start:end]` (not empty) stands for."""
        first, last = self.origin[start], self.origin[end - 1] + 1
        return Finding(first, last, self.source[first:last])

    def is_camel_hump(self, place: int) -> bool:
        """Whether a capital after a small letter begins a new word here, as in `CryptoWallet`."""
        here, before = self.source[self.origin[place]], self.source[self.origin[place - 1]]
        return place > 0 and here.isupper() and before.islower()

    def masked(self, spans: Sequence[tuple[int, int]]) -> "Folded":
        """The same text with these spans (of the folded text) blotted out by NUL, which no rule matches."""
        characters = list(self.text)
        for start, end in spans:
            characters[start:end] = "\0" * (end - start)
        return Folded(self.source, "".join(characters), self.origin)


def fold(text: str) -> Folded:
    """Fold any text. Linear; never raises, not even for lone surrogates."""
    if text.isascii() and not _CONTROLS.search(text):
        return Folded(text, text.lower().translate(_ASCII), range(len(text)))
    characters: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        folded = fold_character(character)
        characters.append(folded)
        origin.extend([place] * len(folded))
    return Folded(text, _LETTERS.sub(_unmixed, "".join(characters)), origin)


def folded_text(text: str) -> str:
    """Only the folded spelling, for words that a rule looks for."""
    return fold(text).text


@lru_cache(maxsize=8192)
def fold_character(character: str) -> str:
    """What a reader sees of one character: nothing, one plain character, or several."""
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character.isspace():
        return "\n" if character in "\n\r\u2028\u2029\x85" else " "
    compatible = unicodedata.normalize("NFKD", character).casefold()
    if len(compatible) > _LONGEST:
        return character
    return "".join(map(_plain, unicodedata.normalize("NFKD", compatible)))


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cf", "Cc"} or _DROPPED.match(character):
        return ""
    if category == "Pd":
        return "-"
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return _SPECIAL.get(character, character)


def _unmixed(letters: re.Match[str]) -> str:
    word = letters[0]
    return word.translate(_LOOKALIKES) if _HAS_LATIN.search(word) else word
