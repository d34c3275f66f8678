"""What a sentence may name although it contains a forbidden word: identifiers and names of agencies."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from letters.wording.folding import Folded, folded_text

# Names of services and agencies whose own name is more than one word. One-word names (Scamwatch,
# ScamShield, Anyscam, ScamAdviser, ScamSmart) need no entry: they are no form of the word.
PROPER_NAMES = (
    "Anti Online Scam Operation Centre",
    "Anti-Scam Centre",
    "Anti-Scam Command",
    "Anti-Scam Division",
    "Anti-Scam Helpline",
    "BBB Scam Tracker",
    "Better Business Bureau Scam Tracker",
    "Crypto Scam Tracker",
    "Global Anti-Scam Alliance",
    "Global Anti-Scam Organization",
    "National Anti-Scam Centre",
    "National Scam Response Centre",
    "Romance Scams Now",
    "Scam Sniffer",
    "Scam Tracker",
    "Scams Awareness Week",
    "Society of Citizens Against Relationship Scams",
    "Society of Citizens Against Romance Scams",
    "AnyScam",
)
_CAPITALS_MATTER_UP_TO = 3  # words: "scam tracker" may be a description, "national anti-scam centre" is a name

# Two-letter words: after a missing space ("… a fraud.it was") they are no top-level domain.
_SHORT_WORDS = (
    "am|an|ao|as|at|au|be|by|ce|da|de|di|do|du|el|em|en|er|es|et|eu|he|hi|if|il|in|is|it|je|la|le|me|mi|my|ne|no"
    "|of|ok|on|or|os|ou|se|si|so|su|to|tu|um|un|us|we|ya|yo|ze"
)
_LONG_TOP_LEVELS = (
    "com|net|org|info|biz|app|xyz|top|vip|shop|online|site|club|live|pro|gov|edu|mil|int|dev|icu|cyou|bond"
    "|buzz|fun|link|store|tech|website|world|asia|mobi|name|work|life|ltd|group|finance|trade|exchange|example"
    "|test|invalid|onion|eth"
)
_TOP_LEVELS = rf"(?!(?:{_SHORT_WORDS})(?![a-z/]))[a-z]{{2}}|{_LONG_TOP_LEVELS}"
_URL = r"[!#-;=?-~]"  # printable ASCII without space, quote and angle brackets
_LABEL = r"[a-z0-9_][a-z0-9_-]{0,62}\."
# Every alternative starts at a boundary, so that each run of characters is scanned once.
IDENTIFIER = re.compile(
    rf"(?<![a-z])[a-z][a-z0-9+]{{1,9}}://{_URL}+"
    rf"|(?<![a-z0-9])www\.{_URL}+"
    r"|(?<![a-z0-9_.+-])[a-z0-9_.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+"
    r"|(?<![a-z0-9_.])@[a-z0-9_.]{2,64}"
    rf"|(?<![a-z0-9_.-])(?:(?:{_LABEL}){{2,}}(?:[a-z]{{2}}|{_LONG_TOP_LEVELS})|{_LABEL}(?:{_TOP_LEVELS}))"
    rf"(?![a-z0-9_-])(?:/{_URL}*)?"
)


def without_identifiers(folded: Folded) -> Folded:
    """Blot out URLs, e-mail addresses, domains and @handles."""
    return folded.masked([found.span() for found in IDENTIFIER.finditer(folded.text)])


def without_names(folded: Folded, names: tuple[str, ...]) -> Folded:
    """Blot out these names at word boundaries; short ones only where they are written with their capitals."""
    if not names:
        return folded
    pattern = _pattern(names)
    found = [match for match in pattern.finditer(folded.text) if _is_written_as_name(folded, match, names)]
    return folded.masked([match.span() for match in found])


def pieces(names: Iterable[str]) -> tuple[str, ...]:
    """Each name whole, and its parts outside and inside parentheses: `Watch (National Centre, ABC)` has four."""
    parts = {part.strip() for name in names for part in (name, *re.split(r"[(),;]", name))}
    return tuple(sorted(filter(None, parts), key=lambda part: (-len(part), part)))


@lru_cache(maxsize=64)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"({_spelling(name)})" for name in names))


def _spelling(name: str) -> str:
    words = re.split(r"[\s-]+", re.sub(r"\bcenter\b", "centre", folded_text(name)))
    spelled = (re.escape(word).replace("centre", "cent(?:re|er)") for word in words if word)
    return r"(?<![a-z])" + r"[\s-]{1,3}".join(spelled) + r"(?![a-z])"


def _is_written_as_name(folded: Folded, match: re.Match[str], names: tuple[str, ...]) -> bool:
    name_words = _words(names[(match.lastindex or 1) - 1])
    if not 1 < len(name_words) <= _CAPITALS_MATTER_UP_TO:
        return True
    written = _words(folded.finding(*match.span()).text)
    pairs = zip(name_words, written, strict=False)
    return all(there[0].isupper() or not here[0].isupper() for here, there in pairs)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def exact_spans(folded: Folded, literals: Collection[str]) -> list[tuple[int, int]]:
    """Where these strings stand as they are, longest first, whole tokens; line breaks inside them do not matter."""
    places = [i for i, character in enumerate(folded.text) if not character.isspace()]
    dense = "".join(folded.text[i] for i in places)
    spans: list[tuple[int, int]] = []
    for literal in sorted(literals, key=len, reverse=True):
        needle = "".join(folded_text(literal).split())
        spans += _tokens(folded.text, dense, places, needle) if needle else []
    return spans


def _tokens(text: str, dense: str, places: list[int], needle: str) -> Iterable[tuple[int, int]]:
    at = dense.find(needle)
    while at >= 0:
        start, end = places[at], places[at + len(needle) - 1] + 1
        if not text[max(start - 1, 0) : start].isalnum() and not text[end : end + 1].isalnum():
            yield start, end
        at = dense.find(needle, at + len(needle))
