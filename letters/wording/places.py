"""In which spellings the name of a place may stand in a text."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from letters.wording.folding import folded_text

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa"})
_UMLAUTS[ord("ø")] = "oe"
_SYNONYMS = (
    ("street", "st", "str"), ("saint", "st"), ("avenue", "ave", "av"), ("road", "rd"), ("boulevard", "blvd", "bd"),
    ("lane", "ln"), ("drive", "dr"), ("terrace", "ter"), ("square", "sq"), ("court", "ct"), ("place", "pl"),
    ("highway", "hwy"), ("avenida", "avda", "av"), ("calle", "c"), ("strasse", "str"), ("mount", "mt"), ("fort", "ft"),
)  # fmt: skip
_DIVISIONS = frozenset("province district state region county prefecture municipality department governorate".split())
# Words that are no place without a name or a number beside them.
_GENERIC = (
    frozenset(word for group in _SYNONYMS for word in group)
    | _DIVISIONS
    | frozenset(
        "building block tower floor room unit apartment apt suite flat house no number village city town commune "
        "way sector"
        " sangkat khan phum khum moo soi thanon tambon amphoe changwat barangay rua rue via weg allee platz "
        "plaza piso edificio"
        " compound the of de la el".split()
    )
)
# Scripts in which words stand without spaces or grow particles: no boundary can be asked for.
_UNSPACED = re.compile("[\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")

_CYRILLIC_ENDING = re.compile(r"(?<=[а-яієґ]{4})[аяьиіеоы]$")  # Камбоджа, в Камбодже


def is_unspaced(character: str) -> bool:
    """Whether this (folded) character belongs to a script in which words run together."""
    return _UNSPACED.match(character) is not None


@lru_cache(maxsize=4096)
def is_solid(character: str) -> bool:
    """Letters, digits and the marks that spell vowels; what lies between them is separator."""
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def is_code(name: str) -> bool:
    """A postal code: 01602, SW1A 1AA, 150-0001. It counts as a whole token only."""
    solid = re.sub(r"[\W_]", "", name)
    return any(map(str.isdigit, solid)) and len(solid) <= 10 and not re.search(r"[^\W\d_]{5}", name)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A folded spelling: its `words`, the letters alone (`needle`), and whether only a whole token counts."""

    words: list[str]
    needle: str
    whole_token: bool


@lru_cache(maxsize=65_536)  # every place name of the larger countries; names of places only, no sentences
def spellings(name: str) -> tuple[Spelling, ...]:
    """How one place may be written: whole, its parts between commas, without house number, abbreviated.

    Empty for names that are too short (under three letters; two in Chinese, Japanese and Korean) or generic.
    """
    whole_token = is_code(name)
    written = {folded_text(name)} if whole_token else set(filter(_is_telling, _written(name)))
    return tuple(
        Spelling(spelling.split(), "".join(filter(is_solid, spelling)), whole_token)
        for spelling in sorted(written)
        if _is_long_enough(spelling)
    )


def _written(name: str) -> set[str]:
    parts = {name, name.translate(_UMLAUTS)}
    parts |= {part for whole in list(parts) for part in re.split(r"[,;/\n()|，、]", whole)}
    found = {" ".join(words) for part in parts for words in _variants(_words(folded_text(part)))}
    return found | {_CYRILLIC_ENDING.sub("", spelling) for spelling in found}


def _words(folded: str) -> list[str]:
    return re.sub(r"[\s_.,-]+", " ", folded).split()


def _variants(words: list[str]) -> list[list[str]]:
    """The words; without numbers and single letters at either end; without "Province"; with short forms."""
    cores = [words, _without_numbers(words)]
    cores += [core[:-1] for core in cores if len(core) > 1 and core[-1] in _DIVISIONS]
    return cores + [
        [*core[:i], other, *core[i + 1 :]]
        for core in cores
        for i, word in enumerate(core)
        for group in _SYNONYMS
        if word in group
        for other in group
        if len(core) > 1
    ]


def _without_numbers(words: list[str]) -> list[str]:
    kept = [i for i, word in enumerate(words) if len(word) > 1 and not any(map(str.isdigit, word))]
    return words[kept[0] : kept[-1] + 1] if kept else []


def _is_telling(spelling: str) -> bool:
    words = spelling.split()
    numbered = any(map(str.isdigit, spelling)) and len(words) > 1
    named = any(word not in _GENERIC and not any(map(str.isdigit, word)) and _is_long_enough(word) for word in words)
    return named or (numbered and any(word in _GENERIC for word in words) and _is_long_enough(spelling))


def _is_long_enough(name: str) -> bool:
    solid = re.sub(r"[\W_]", "", name)
    return len(solid) > 2 or (len(solid) == 2 and all(map(is_unspaced, solid)))
