"""No pattern could be taken out unnoticed: each one has a sentence that only it finds."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from letters.wording.coordinates import NOTATIONS
from letters.wording.folding import folded_text
from letters.wording.health_words import SPACED, UNSPACED
from letters.wording.vocabulary import LATIN_TERMS, LATIN_WORDS, OTHER_SCRIPTS

FILES = Path(__file__).parents[2] / "data" / "wording"
FORBIDDEN = {**LATIN_WORDS, **LATIN_TERMS, **OTHER_SCRIPTS}
HEALTH = {name: rf"(?<![a-z])(?:{pattern})(?![a-z])" for name, pattern in SPACED.items()} | UNSPACED


@cache
def bad_sentences(rule: str) -> tuple[str, ...]:
    """The folded sentences in which a rule finds something."""
    with (FILES / f"{rule}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(folded_text(row["text"]) for row in csv.DictReader(file) if row["expected"])


@pytest.mark.parametrize(
    ("rule", "patterns", "name"),
    [
        pytest.param(rule, patterns, name, id=f"{rule}: {name}")
        for rule, patterns in (("forbidden", FORBIDDEN), ("health", HEALTH), ("locations", NOTATIONS))
        for name in patterns
    ],
)
def test_every_pattern_has_a_sentence_that_only_it_finds(rule: str, patterns: dict[str, str], name: str) -> None:
    alone = [
        text
        for text in bad_sentences(rule)
        if re.search(patterns[name], text)
        and not any(re.search(other, text) for other_name, other in patterns.items() if other_name != name)
    ]
    assert alone
