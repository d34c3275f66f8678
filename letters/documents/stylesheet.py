"""The CSS of one letter: accent, foot line, DRAFT, and columns as wide as what stands in them.

It takes nothing from the facts but a checked colour, the escaped case number and numbers of characters.
"""

import re
from functools import cache

from django.template import Context, Engine

from letters.documents import columns
from letters.documents.fonts import CHINESE_STACK, MONOSPACE_STACK, SERIF_STACK
from letters.documents.letter import OF_THIS_LETTER
from letters.documents.words import TEMPLATES
from letters.facts import LetterFacts

_ENGINE = Engine(dirs=[str(TEMPLATES)], autoescape=False)
_INK = "#1a1a1a"


def stylesheet(facts: LetterFacts) -> str:
    """The house's style sheet and what this letter adds to it. It imports nothing and names no address."""
    return _house_style() + OF_THIS_LETTER + _rendered("this_letter.css", _values(facts))


@cache
def _house_style() -> str:
    return _rendered("letter.css", {"serif": SERIF_STACK, "chinese": CHINESE_STACK, "monospace": MONOSPACE_STACK})


def _rendered(name: str, values: dict[str, str | bool]) -> str:
    context = Context(values, autoescape=False, use_l10n=False, use_tz=False)
    return _ENGINE.get_template(f"letters/{name}").render(context)


def _values(facts: LetterFacts) -> dict[str, str | bool]:
    accent = facts.sender.accent_color
    return {
        "accent": accent if re.fullmatch("#[0-9a-fA-F]{6}", accent) else _INK,
        "number_width": f"{columns.number_width(facts):.1f}",
        "amount_width": f"{columns.amount_width(facts):.1f}",
        "fraction_width": f"{columns.fraction_width(facts):.1f}",
        "currency_width": f"{columns.currency_width(facts):.1f}",
        "case_number": _css_string(facts.case_number),
        "draft": facts.draft,
    }


def _css_string(value: str) -> str:
    """A CSS string: what is no ASCII letter, digit or hyphen is escaped."""
    return '"' + re.sub(r"[^A-Za-z0-9-]", lambda match: f"\\{ord(match[0]):x} ", value) + '"'
