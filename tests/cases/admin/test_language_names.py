"""Languages in the form: a code stays the code it is, a name becomes one."""

from __future__ import annotations

import pycountry
import pytest

from cases.admin.facts_form.fields import parts_of
from cases.admin.facts_form.names import language_name, language_tag

CODES = {code for one in pycountry.languages for code in (getattr(one, "alpha_2", one.alpha_3), one.alpha_3)}


def test_every_code_that_is_opened_and_saved_stays_as_it_was_given() -> None:
    given = [spelled for code in CODES for spelled in (code, code.upper(), code.capitalize())]
    assert [tag for tag in given if list(map(language_tag, parts_of(language_name(tag)))) != [tag]] == []


@pytest.mark.parametrize(
    ("typed", "tag"),
    [("Thai", "th"), ("english", "en"), ("Mandarin", "cmn"), ("zh-Hans", "zh-Hans"), ("Elvish", "Elvish")],
)
def test_a_name_becomes_its_tag_and_what_is_unknown_stays(typed: str, tag: str) -> None:
    assert language_tag(typed) == tag
