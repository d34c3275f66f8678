"""Every sentence of tests/data/wording: what a rule finds in it, exactly, or that it finds nothing.

In the files `\\uXXXX` and `\\n` stand for characters that cannot be seen; passages found are separated by ` | `.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from letters.wording import Finding, dialogue, forbidden_words, health, locations

DIRECTORY_NAMES = (
    "Scamwatch (National Anti-Scam Centre, ACCC)",
    "Anti-Deception Coordination Centre anti-scam helpline",
    "Example Scam Desk of Utopia",
)
SECRET_PLACES = (
    *("14 Sample Terrace", "Worcester", "Massachusetts", "01602", "MA", "SW1A 1AA", "2000", "Zürich"),
    *("Street 271, Building B4", "Sihanoukville", "Preah Sihanouk Province", "Phnom Penh", "Cambodia", "Laos"),
    *("柬埔寨", "西港", "Камбоджа", "กัมพูชา", "كمبوديا", "캄보디아", "Calle Ejemplo 1234", "Asunción"),
)
RULES: dict[str, Callable[[str], tuple[Finding, ...]]] = {
    "forbidden": lambda text: forbidden_words(text, DIRECTORY_NAMES),
    "dialogue": dialogue,
    "health": health,
    "locations": lambda text: locations(text, names=SECRET_PLACES),
}
FILES = Path(__file__).parents[2] / "data" / "wording"


def readable(written: str) -> str:
    """The text that a row of a file stands for."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), written).replace("\\n", "\n")


def rows() -> list[dict[str, str]]:
    """All sentences of all rules."""
    found: list[dict[str, str]] = []
    for rule in RULES:
        with (FILES / f"{rule}.csv").open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return found


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['rule']}: {row['why']}: {row['text']}") for row in rows()])
def test_the_rule_finds_exactly_what_it_should(row: dict[str, str]) -> None:
    text = readable(row["text"])
    found = RULES[row["rule"]](text)
    assert [finding.text for finding in found] == [readable(part) for part in row["expected"].split(" | ") if part]
    assert all(text[finding.start : finding.end] == finding.text for finding in found)


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [("forbidden", 130, 70), ("dialogue", 50, 40), ("health", 80, 35), ("locations", 80, 35)],
)
def test_each_rule_has_many_bad_and_good_sentences(rule: str, bad: int, good: int) -> None:
    counted = Counter(bool(row["expected"]) for row in rows() if row["rule"] == rule)
    assert counted[True] >= bad
    assert counted[False] >= good


def test_no_sentence_stands_twice() -> None:
    counted = Counter((row["rule"], row["text"]) for row in rows())
    assert [text for text, times in counted.items() if times > 1] == []
