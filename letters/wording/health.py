"""Mentions of health: by default a foreign state's agency is not told any (PROCESS.md, duty of care)."""

import re

from letters.wording.findings import Finding, merged
from letters.wording.folding import fold
from letters.wording.health_words import HARMLESS, SPACED, UNSPACED

HEALTH_MENDING = (
    "Leave out illness, treatment, medication, self-harm, pregnancy and disability, or have the victim decide to keep them."
)

_HARMLESS = re.compile(rf"(?<![a-z])(?:{HARMLESS})(?![a-z])")
_PATTERNS = [re.compile(rf"(?<![a-z])(?:{pattern})(?![a-z])") for pattern in SPACED.values()]
_PATTERNS += [re.compile(pattern) for pattern in UNSPACED.values()]


def health(text: str) -> tuple[Finding, ...]:
    """Every mention of somebody's health in one free text, in some twenty languages."""
    folded = fold(text)
    folded = folded.masked([match.span() for match in _HARMLESS.finditer(folded.text)])
    found = (match.span() for pattern in _PATTERNS for match in pattern.finditer(folded.text))
    return merged(text, (folded.finding(start, end) for start, end in found))
