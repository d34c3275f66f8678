"""Each row of the tables is a rule: this text is that identifier, with these problems."""

from __future__ import annotations

import pytest

from cases.identifiers import canonicalize, merge_key
from tests.cases.identifiers.table import Row, label, rows


@pytest.mark.parametrize("row", rows(), ids=label)
def test_text_is_read_as_its_canonical_form(row: Row) -> None:
    found = row.read()
    assert found.kind == row.kind
    assert found.value == row.canonical
    assert {name: getattr(found, name) for name in row.expected_fields()} == row.expected_fields()
    assert ";".join(problem.rule for problem in found.problems) == row.problems


@pytest.mark.parametrize("row", rows(), ids=label)
def test_canonical_form_is_its_own_canonical_form(row: Row) -> None:
    once = row.read()
    again = canonicalize(once.kind, once.value, service=once.service, country=once.country)
    assert again.value == once.value
    assert again.host == once.host
    if not once.problems:
        assert merge_key(again)[:1] + merge_key(again)[2:] == merge_key(once)[:1] + merge_key(once)[2:]


def test_every_problem_says_how_to_mend_it() -> None:
    problems = [problem for row in rows() for problem in row.read().problems]
    assert problems
    assert all(problem.message.endswith(".") and len(problem.message) > 30 for problem in problems)


def test_there_are_more_than_three_hundred_rules() -> None:
    assert len(rows()) > 300
