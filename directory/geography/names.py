"""How place names are compared: without case, diacritics, apostrophes and punctuation."""

import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ħ": "h", "ə": "e"}
)
# "Xi'an", "Xi’an" and "Xian" are one name, so apostrophes vanish instead of becoming a space.
_APOSTROPHES = re.compile("['`´‘’ʻʼʽʾʿ]")
_NOT_WORDS = re.compile(r"[\W_]+")
_SAINTS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


def fold(text: str) -> str:
    """Return `text` in lower case with single spaces, as two spellings of one name share it.

    Works for every script: `fold("São Paulo") == "sao paulo"`, `fold("Xi’an") == "xian"`.
    """
    text = _APOSTROPHES.sub("", text.casefold())
    if not text.isascii():
        # An umlaut is a mark like any other here: alternate names bring "muenchen" along.
        parts = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = unicodedata.normalize("NFC", "".join(c for c in parts if unicodedata.category(c) != "Mn"))
    return _NOT_WORDS.sub(" ", text).strip()


def spellings(text: str) -> tuple[str, ...]:
    """Return the folded forms under which a city may be listed, the likeliest first.

    Besides the name itself: with "St" written out, and what stands before a comma or a bracket
    ("Springfield, IL").
    """
    whole, first = fold(text), fold(re.split(r"[,(;]", text, maxsplit=1)[0])
    written_out = " ".join(_SAINTS.get(word, word) for word in first.split())
    return tuple(dict.fromkeys(name for name in (whole, first, written_out) if name))


def is_latin(folded: str) -> bool:
    """Tell whether a folded name is written in plain Latin letters."""
    return folded.isascii()
