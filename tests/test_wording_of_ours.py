"""Our own words: no template, label, message or screen says the word that letters to China never use, or blames."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from directory.queries import agency_names
from letters.wording.forbidden import forbidden_words
from tests.desk import Desk, desk, shipped_directory
from tests.intakes import CASES, chinese, consent, held, minimal, sample

__all__ = ["desk", "shipped_directory"]

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("config", "accounts", "directory", "cases", "letters")
# The rule's own vocabulary, and the names it leaves alone.
VOCABULARY = Path("letters/wording")
# A key of the directory, a module or a file: a name, never a sentence.
NAME = re.compile(r"[\w./:*-]*")
BLAME = re.compile(
    r"\btoo late|\b(fell|fallen|falls?|falling) for\b|\bfooled|\bgullible|\bnaive\b|\bgreedy?\b|\bfoolish|\bstupid"
    r"|\byour (own )?(fault|mistake)|\bshould have (known|seen|noticed)|\blet (him|her|them)sel(f|ves) be"
    r"|\b(was|were|been) (tricked|conned|duped)",
    re.IGNORECASE,
)


def says_the_word(text: str) -> bool:
    return bool(forbidden_words(text))


def sentences_of_python(path: Path) -> Iterator[str]:
    """Every text in a module that is no docstring."""
    tree = ast.parse(path.read_text())
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def values(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from (text for value in data.values() for text in values(value))
    elif isinstance(data, list):
        yield from (text for value in data for text in values(value))
    elif isinstance(data, str):
        yield data


def modules() -> list[Path]:
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return [path for path in paths if VOCABULARY not in path.relative_to(ROOT).parents]


def told(texts: Iterator[str] | list[str]) -> list[str]:
    """The texts that say the word or blame; a bare name says nothing."""
    return [t for t in texts if not NAME.fullmatch(t) and (says_the_word(t) or BLAME.search(t))]


def test_no_text_in_our_code_says_the_word_or_blames() -> None:
    found = {str(path.relative_to(ROOT)): told(sentences_of_python(path)) for path in modules()}
    assert len(found) > 100
    assert {path: texts for path, texts in found.items() if texts} == {}


def test_no_template_says_the_word_or_blames() -> None:
    paths = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    assert len(paths) > 20
    assert [str(path) for path in paths if told([path.read_text()])] == []


def test_no_sentence_in_our_data_says_the_word_or_blames() -> None:
    paths = [path for path in (ROOT / "directory/data").rglob("*.toml") if path.name != "aliases.toml"]
    assert len(paths) > 20
    assert {str(p): bad for p in paths if (bad := told(values(tomllib.loads(p.read_text()))))} == {}


def test_the_pages_for_people_say_fraud() -> None:
    paths = [ROOT / "README.md", ROOT / "Makefile", ROOT / "docs/architecture.md"]
    assert [str(path) for path in paths if path.exists() and told([path.read_text()])] == []


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("You were scammed.", True),
        ("It is too late to ask.", True),
        ("The victim fell for it.", True),
        ("Anyscam and Scamwatch count every victim.", False),
        ("Less likely, still ask today.", False),
        ("int-anyscam", False),
    ],
)
def test_the_search_finds_what_it_should(text: str, bad: bool) -> None:
    assert bool(told([text])) is bad


def test_no_reason_and_no_problem_that_a_person_reads_says_the_word_or_blames(desk: Desk) -> None:
    quoted = "scammed"
    old = {
        "amount": "60000",
        "currency": "USD",
        "mechanism": "bank_wire",
        "from_institution": "Bank",
        "to_country": "TH",
    }
    documents = [
        *(sample(path.name) for path in sorted(CASES.glob("*.json"))),
        held(),
        minimal(external_id="bare", identifiers=[], fraud={"kind": "romance"}, safety=None),
        minimal(external_id="old", transfers=[{**old, "sent_on": "2022-01-01"}, {**old, "mechanism": "card"}]),
        chinese(external_id="gb", victim__address={"country": "GB"}, victim__language="es", fraud__kind="investment"),
        chinese(
            external_id="bad",
            fraud__impact={"emotional": f"I was {quoted} and treated for depression.", "financial": "He said: go!"},
            consents=[consent("cn-embassy-us", signed_as="X", withhold=["impact"])],
        ),
    ]
    names = agency_names()
    for document in documents:
        for standing in desk.standings(document).values():
            messages = [problem.message for problem in standing.problems]
            for text in (standing.row.why, *(message.replace(quoted, "…") for message in messages)):
                assert not forbidden_words(text, names), text
                assert not BLAME.search(text), text
