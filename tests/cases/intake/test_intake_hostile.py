"""Every text field of the schema against hostile text: kept as text, or refused at its own place."""

from collections.abc import Iterator
from typing import Any

import pytest

from cases.intake.schema import SCHEMA
from tests.cases.intake.samples import full, path_of, paths, refused, taken, value_at, values

Place = tuple[str | int, ...]

MARKS = {
    "html": '<script>alert(1)</script><img src=x onerror="alert(1)">',
    "css": "</style>*{display:none}@import 'http://192.0.2.1/x.css';",
    "template": "{{ settings.SECRET_KEY }}{% include '/etc/passwd' %}",
    "url": "url(file:///etc/passwd) expression(alert(1))",
    "format": "%s %(x)s {0.__class__} ${jndi:ldap://192.0.2.1/}",
}
UNPRINTABLE = {
    "nul": "a\0b",
    "escape": "\x1b[31mred",
    "bell": "ding\x07",
    "delete": "a\x7f",
    "c1": "a\x85b",
    "carriage return": "a\rBcc:",
    "line separator": "a\u2028b",
    "right-to-left override": "a\u202egnp.x",
    "isolate": "\u2066a\u2069",
    "lone surrogate": "a\ud800",
    "swapped surrogates": "\udc00\ud800",
    "noncharacter": "a\ufffeb",
    "arabic noncharacter": "a\ufdefb",
    "high noncharacter": "a\U0010ffffb",
}
BLANK = {
    "empty": "",
    "spaces": "   ",
    "no-break spaces": "\u00a0\u3000",
    "zero width": "\u200b\u200d\ufeff",
    "filler": "\u3164\u2800",
    "selectors": "\ufe0f\u034f",
}


def text_places(schema: Any, place: Place = ()) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Each place of the complete sample that holds a text, with its part of the schema."""
    schema = SCHEMA["$defs"]["money"] if "$ref" in schema else schema
    if schema.get("type") == "string":
        yield place, schema
    for key, child in schema.get("properties", {}).items():
        yield from text_places(child, (*place, key))
    if "items" in schema:
        yield from text_places(schema["items"], (*place, 0))


TEXTS = dict(text_places(SCHEMA))
FREE = [
    place
    for place, schema in TEXTS.items()
    if not {"format", "pattern"} & set(schema) and place[-1] not in {"currency", "path", "agency"}
]
PROSE = [place for place in FREE if place[-1] in {"emotional", "financial"}]


FREE_NAME = ("reports", 0, "agency")


def spoiled(texts: dict[Place, str]) -> dict[str, Any]:
    """The complete sample with many texts replaced at once."""
    document = full()
    del document["consents"][1]  # names an institution that would be replaced
    for place, text in texts.items():
        parent: Any = document
        for step in place[:-1]:
            parent = parent[step]
        parent[place[-1]] = text
    return document


def test_every_text_of_the_schema_is_tried() -> None:
    assert len(TEXTS) > 60
    assert all(isinstance(value_at(place), str) for place in TEXTS)
    assert len(FREE) > 35


@pytest.mark.parametrize("mark", MARKS)
def test_marks_are_text_like_any_other(mark: str) -> None:
    texts = {
        place: f"{index} {MARKS[mark]}"[: TEXTS[place].get("maxLength", 10_000)]
        for index, place in enumerate([*FREE, FREE_NAME])
    }
    assert set(texts.values()) <= set(values(taken(spoiled(texts))))


@pytest.mark.parametrize("unprintable", UNPRINTABLE)
def test_what_cannot_be_printed_is_refused_in_every_text(unprintable: str) -> None:
    lines = refused(spoiled(dict.fromkeys(TEXTS, UNPRINTABLE[unprintable])))
    assert sorted(paths(lines)) == sorted(map(path_of, TEXTS))
    assert all(": contains U+" in line for line in lines)


@pytest.mark.parametrize("blank", BLANK)
def test_a_blank_text_is_refused_everywhere(blank: str) -> None:
    lines = refused(spoiled(dict.fromkeys(TEXTS, BLANK[blank])))
    assert sorted(lines) == sorted(f"{path_of(place)}: is blank; write it, or leave the key out" for place in TEXTS)


def test_ten_thousand_and_one_characters_are_refused_everywhere() -> None:
    lines = refused(spoiled(dict.fromkeys(TEXTS, "x" * 10_001)))
    assert sorted(paths(lines)) == sorted(map(path_of, TEXTS))
    assert all("is 10,001 characters long" in line for line in lines)


@pytest.mark.parametrize("text", ["a\nb", "a\tb"])
def test_only_the_victims_own_words_have_lines_and_tabs(text: str) -> None:
    lines = refused(spoiled(dict.fromkeys(TEXTS, text)))
    assert sorted(paths(lines)) == sorted(path_of(place) for place in TEXTS if place not in PROSE)
    assert text in set(values(taken(spoiled(dict.fromkeys(PROSE, text)))))


def test_a_character_is_named_in_the_message() -> None:
    (line,) = refused(spoiled({("victim", "full_name"): "a\u202eb\0"}))
    assert line == (
        "victim.full_name: contains U+0000 (a control character), U+202E (changes the direction of print); "
        "remove what cannot be printed"
    )
