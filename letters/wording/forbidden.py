"""The words that a letter to a Chinese agency never uses (PROCESS.md, step 6)."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from letters.wording.findings import Finding, merged
from letters.wording.folding import Folded, fold
from letters.wording.masking import PROPER_NAMES, exact_spans, pieces, without_identifiers, without_names
from letters.wording.vocabulary import LATIN_TERMS, LATIN_WORDS, OTHER_SCRIPTS

FORBIDDEN_WORD_MENDING = (
    "Say “fraud” or “crime”, and “criminals” for those who did it; in Chinese 诈骗犯罪 and 犯罪分子. "
    "Names of agencies, links and e-mail addresses may stay as they are."
)

_LATIN = [re.compile(pattern) for pattern in (*LATIN_WORDS.values(), *LATIN_TERMS.values())]
_OTHER = [re.compile(pattern) for pattern in OTHER_SCRIPTS.values()]


def forbidden_words(text: str, proper_names: Collection[str] = ()) -> tuple[Finding, ...]:
    """Every forbidden word in one free text, in any case, form, script and disguise.

    `proper_names` are names of agencies as the directory has them; they, some well-known services,
    and identifiers inside the sentence (links, addresses, domains, @handles) are no findings.
    """
    return _found_outside_names(fold(text), frozenset(proper_names))


def forbidden_in_letter(text: str, *, allowed: Collection[str] = ()) -> tuple[Finding, ...]:
    """The same search over a whole letter, in which the `allowed` strings stand as they were given.

    `allowed` are identifiers, references and agency names. They count as whole tokens only, so that
    an allowed `cam` hides nothing, and they may be broken over lines.
    """
    folded = fold(text)
    relevant = {literal for literal in allowed if contains_forbidden(literal)}
    return _found_outside_names(folded.masked(exact_spans(folded, relevant)), frozenset())


def contains_forbidden(text: str) -> bool:
    """Whether a forbidden word stands anywhere in this text, names and identifiers included."""
    return next(_matches(fold(text)), None) is not None


def _found_outside_names(folded: Folded, proper_names: frozenset[str]) -> tuple[Finding, ...]:
    if next(_matches(folded), None) is None:  # the usual case; masking can only take findings away
        return ()
    bare = without_identifiers(without_names(folded, _names_to_mask(proper_names)))
    return merged(folded.source, (folded.finding(*match.span()) for match in _matches(bare)))


def _matches(folded: Folded) -> Iterator[re.Match[str]]:
    for pattern in _LATIN:
        yield from (match for match in pattern.finditer(folded.text) if _starts_word(folded, match.start()))
    for pattern in () if folded.text.isascii() else _OTHER:
        yield from pattern.finditer(folded.text)


def _starts_word(folded: Folded, place: int) -> bool:
    """Latin words begin after anything but a Latin letter: 这是scam, crypto_scam, 2scams, CryptoScam."""
    before = folded.text[max(place - 1, 0) : place]
    return not ("a" <= before <= "z") or folded.is_camel_hump(place)


@lru_cache(maxsize=64)
def _names_to_mask(proper_names: frozenset[str]) -> tuple[str, ...]:
    """The names that contain the word; a name that is nothing but the word would hide every use of it."""
    return tuple(name for name in pieces((*PROPER_NAMES, *proper_names)) if _may_hide(name))


def _may_hide(name: str) -> bool:
    folded = fold(name)
    found = list(_matches(folded))
    return bool(found) and all(match[0] != folded.text.strip(" .'\"") for match in found)
