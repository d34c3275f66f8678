"""Whatever the text, a rule answers with places in it and never raises."""

import random
import re

import pytest

from letters.wording import Finding, dialogue, forbidden_in_letter, forbidden_words, health, locations
from letters.wording.coordinates import NOTATIONS
from letters.wording.health_words import SPACED, UNSPACED
from letters.wording.masking import IDENTIFIER
from letters.wording.vocabulary import LATIN_TERMS, LATIN_WORDS, OTHER_SCRIPTS

NAMES = ("Sihanoukville", "01602", "14 Sample Terrace, B4", "西港", "\ud800", "", "   ", "İ", "((", "\\", "-", "ﷺ")
BUILDING_BLOCKS = [
    *"aA1.,:;!?'\"“”«»‹›「」„‚‘’—-_/\\|()[]{}<>@#%+*°´`~^$€ \t\r\n\0\x07\x7f\x85\u2028",
    *(
        "\u00ad",
        "\u200b",
        "\u202e",
        "\u0301",
        "\ufe0f",
        "\ud800",
        "\udfff",
        "\U0010ffff",
        "İ",
        "ß",
        "ﷺ",
        "ｓ",
        "杀",
        "猪",
        "ᄉ",
    ),
    *(
        "scam",
        "SCAM",
        "pig ",
        "butcher",
        "https://",
        "www.",
        "a@b.example",
        "%C3",
        "%41",
        "%",
        "12:03",
        "[12:03] Bob: ",
    ),
    *(
        "Him: ",
        "said: ",
        "10.6",
        ", ",
        "103.5",
        "°36'",
        "///",
        "a.b.c",
        "geo:",
        "7P62JG5F+X2",
        "Sihanouk",
        "-ville",
        "01602",
    ),
]


def all_rules(text: str) -> list[tuple[Finding, ...]]:
    return [
        forbidden_words(text, NAMES),
        forbidden_in_letter(text, allowed=(*NAMES, text[:40])),
        dialogue(text),
        health(text),
        locations(text, names=(*NAMES, text[:40])),
    ]


@pytest.mark.parametrize("seed", range(150))
def test_mixtures_of_everything_never_raise(seed: int) -> None:
    dice = random.Random(seed)
    text = "".join(dice.choices(BUILDING_BLOCKS, k=dice.randrange(120)))
    for found in all_rules(text):
        assert all(text[finding.start : finding.end] == finding.text != "" for finding in found)
        assert list(found) == sorted(found)


@pytest.mark.parametrize(
    "block", [*BUILDING_BLOCKS, "a.", "‘a’a", " 'a", "scam.", "杀 ", "(12:03 ", "said ", "1.1 ", "lat "]
)
def test_one_thing_repeated_to_ten_thousand_characters_is_answered(block: str) -> None:
    all_rules((block * 10_000)[:10_000])


PATTERNS = [
    *(*LATIN_WORDS.values(), *LATIN_TERMS.values(), *OTHER_SCRIPTS.values(), *NOTATIONS.values()),
    *(*SPACED.values(), *UNSPACED.values(), IDENTIFIER.pattern),
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_pattern_repeats_without_bound_what_repeats_without_bound(pattern: str) -> None:
    """The shape that makes matching exponential, (x+)+ or (x*)*, occurs nowhere."""
    assert not re.search(r"[+*][^()|]*\)(?:[+*]|\{\d+,\})", pattern)


def test_empty_text_has_no_findings() -> None:
    assert all_rules("") == [(), (), (), (), ()]
