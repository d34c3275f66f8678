"""What any text of an intake must not be or contain, and the one form in which texts are kept.

HTML, CSS and template marks are text like any other and pass. What is refused would falsify what a reader
sees on paper: control characters, characters that reverse the direction of print, halves of characters.
"""

import re
import unicodedata

# C0 and C1 controls, line and paragraph separators, bidirectional embeddings, overrides and isolates,
# lone surrogates, and the 66 code points that Unicode calls noncharacters.
_PLANE_ENDS = "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
_REFUSED = "\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufdd0-\\ufdef"
_IN_LINE = re.compile(f"[{_REFUSED}{_PLANE_ENDS}]")
_IN_PROSE = re.compile(f"(?![\\n\\t])[{_REFUSED}{_PLANE_ENDS}]")

# Drawn as nothing although Unicode calls them letters, marks or symbols.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})

# UAX #15, section 13 (stream-safe text): no language stacks more marks on one letter.
_MAX_MARKS = 30

_MAX_NAMED = 5


def text_problem(text: str, *, prose: bool = False) -> str | None:
    """Say what is wrong with a text and how to mend it, or None. Prose may have line breaks and tabs."""
    pattern = _IN_PROSE if prose else _IN_LINE
    refused = sorted(set(pattern.findall(_with_plain_breaks(text) if prose else text)))
    if refused:
        named = ", ".join(map(_named, refused[:_MAX_NAMED])) + (" and others" if len(refused) > _MAX_NAMED else "")
        return f"contains {named}; remove what cannot be printed"
    if is_blank(text):
        return "is blank; write it, or leave the key out"
    return None


def is_blank(text: str) -> bool:
    """Tell whether nothing of the text would be seen: empty, spaces, zero-width and filler characters."""
    return all(unicodedata.category(c) in _INVISIBLE_CATEGORIES or _INVISIBLE.match(c) for c in text)


def kept(text: str) -> str:
    """Give the form in which a text is kept: as it was given, in Unicode NFC, line breaks as LF.

    A letter under more than 30 marks stays as it is: composing it takes time that grows with the square
    of their number, and no language needs it.
    """
    text = _with_plain_breaks(text)
    return text if text.isascii() or _has_stacked_marks(text) else unicodedata.normalize("NFC", text)


def _with_plain_breaks(text: str) -> str:
    """Web forms send line breaks as two characters, CR and LF."""
    return text.replace("\r\n", "\n")


def _has_stacked_marks(text: str) -> bool:
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > _MAX_MARKS:
            return True
    return False


def _named(character: str) -> str:
    return f"U+{ord(character):04X} ({_kind(character)})"


def _kind(character: str) -> str:
    if character in "\n\r\u2028\u2029":
        return "a line break"
    if "\u202a" <= character <= "\u2069":
        return "changes the direction of print"
    kinds = {"Cc": "a control character", "Cs": "half of a character"}
    return kinds.get(unicodedata.category(character), "not a character")
