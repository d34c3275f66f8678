"""The CSS of one letter: accent, foot line, DRAFT, and columns as wide as what stands in them.

It takes nothing from the facts but a checked colour, the escaped case number and numbers of characters.
"""

import re
from collections.abc import Iterable
from functools import cache

from django.template import Context, Engine

from cases.money import grouped
from letters.documents.fonts import CHINESE_STACK, MONOSPACE_STACK, SERIF_STACK
from letters.documents.letter import OF_THIS_LETTER
from letters.documents.words import TEMPLATES
from letters.facts import LetterFacts

_ENGINE = Engine(dirs=[str(TEMPLATES)], autoescape=False)
_INK = "#1a1a1a"
# Widths of one character of the tables, in millimetres: a digit, and a capital of a currency.
_DIGIT, _CAPITAL = 1.7, 2.2


def stylesheet(facts: LetterFacts) -> str:
    """The house's style sheet and what this letter adds to it. It imports nothing and names no address."""
    return _house_style() + OF_THIS_LETTER + _rendered("this_letter.css", _values(facts))


@cache
def _house_style() -> str:
    return _rendered("letter.css", {"serif": SERIF_STACK, "chinese": CHINESE_STACK, "monospace": MONOSPACE_STACK})


def _rendered(name: str, values: dict[str, str | bool]) -> str:
    context = Context(values, autoescape=False, use_l10n=False, use_tz=False)
    return _ENGINE.get_template(f"letters/{name}").render(context)


def longest_amount(facts: LetterFacts) -> tuple[int, int]:
    """Characters before the decimal point, and from the point on, of the longest amounts."""
    amounts = [transfer.amount for transfer in facts.transfers]
    amounts += [amount for total in facts.totals for amount in (total.sent, total.returned, total.lost)]
    parts = [grouped(amount).partition(".") for amount in amounts]
    return max((len(p[0]) for p in parts), default=1), max((len(p[1] + p[2]) for p in parts), default=0)


def _values(facts: LetterFacts) -> dict[str, str | bool]:
    whole, fraction = longest_amount(facts)
    number = _longest(str(transfer.number) for transfer in facts.transfers)
    currency = _longest([*(t.currency for t in facts.transfers), *(t.currency for t in facts.totals)])
    accent = facts.sender.accent_color
    return {
        "accent": accent if re.fullmatch("#[0-9a-fA-F]{6}", accent) else _INK,
        "number_width": _millimetres(9, _DIGIT * number + 4),
        "amount_width": _millimetres(18, _DIGIT * (whole + fraction) + 4),
        "fraction_width": _millimetres(0, _DIGIT * fraction),
        "currency_width": _millimetres(14.5, _CAPITAL * currency + 4),
        "case_number": _css_string(facts.case_number),
        "draft": facts.draft,
    }


def _longest(texts: Iterable[str]) -> int:
    return max(map(len, texts), default=1)


def _millimetres(least: float, wanted: float) -> str:
    return f"{max(least, wanted):.1f}"


def _css_string(value: str) -> str:
    """A CSS string: what is no ASCII letter, digit or hyphen is escaped."""
    return '"' + re.sub(r"[^A-Za-z0-9-]", lambda match: f"\\{ord(match[0]):x} ", value) + '"'
