"""What the form writes out itself says the same as what Django's templates would."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.test.html import parse_html

from cases.admin.facts_form.fields import Day
from cases.admin.facts_form.widgets import Choice, Line

HOSTILE = "\"><script>alert(1)</script> ' & ü 王"
ATTRIBUTES = {"id": "id_a.b", "dir": "auto", "list": "words", "aria-invalid": "true", "hidden": True, "required": False}
WORDS = [("", "Choose"), ("a&b", "A & B"), (HOSTILE, HOSTILE)]


@pytest.mark.parametrize("value", [None, "", "plain", 12, HOSTILE])
def test_a_line_is_djangos_text_input(value: Any) -> None:
    ours, theirs = Line(attrs={"size": "60"}), forms.TextInput(attrs={"size": "60"})
    assert _same(ours.render("a.b", value, ATTRIBUTES), theirs.render("a.b", value, ATTRIBUTES))


def test_a_day_is_a_line_of_its_own_type() -> None:
    assert 'type="date"' in Day().render("on", "2026-01-02")
    assert 'value="2026-01-02"' in Day().render("on", "2026-01-02")


@pytest.mark.parametrize("value", [None, "", "a&b", HOSTILE, "of no list"])
def test_a_choice_is_djangos_select(value: Any) -> None:
    ours, theirs = Choice(choices=WORDS), forms.Select(choices=WORDS)
    assert _same(ours.render("a.b", value, ATTRIBUTES), theirs.render("a.b", value, ATTRIBUTES))


def test_nothing_that_was_typed_becomes_markup() -> None:
    for written in (Line().render("a", HOSTILE), Choice(choices=WORDS).render("a", HOSTILE)):
        assert "<script>" not in written


def _same(ours: str, theirs: str) -> bool:
    return bool(parse_html(ours) == parse_html(theirs))
