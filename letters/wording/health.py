"""Mentions of health: by default a foreign state's agency is not told any (PROCESS.md, duty of care)."""

import re

from letters.wording.findings import Finding, merged
from letters.wording.folding import fold
from letters.wording.health_words import HARMLESS, SPACED, UNSPACED

HEALTH_MENDING = (
    "Leave out illness, treatment, medication, self-harm, pregnancy and disability, "
    "or have the victim decide to keep them."
)


def _compiled(pattern: str, edge: str = "") -> re.Pattern[str]:
    """A pattern in which a space may be a line break or two; no letter of `edge` may adjoin what it finds."""
    loose = pattern.replace("\\ ", " ").replace(" ", r"\s{1,3}")
    return re.compile(rf"(?<![{edge}])(?:{loose})(?![{edge}])" if edge else loose)


_HARMLESS = _compiled(HARMLESS, "a-z")
_LATIN = [_compiled(pattern, "a-z") for pattern in SPACED.values()]
_OTHER = [_compiled(pattern) for pattern in UNSPACED.values()]


def health(text: str) -> tuple[Finding, ...]:
    """Every mention of somebody's health in one free text, in some twenty-five languages."""
    folded = fold(text)
    folded = folded.masked([match.span() for match in _HARMLESS.finditer(folded.text)])
    patterns = _LATIN if folded.text.isascii() else _LATIN + _OTHER
    found = (match.span() for pattern in patterns for match in pattern.finditer(folded.text))
    return merged(text, (folded.finding(start, end) for start, end in found))
