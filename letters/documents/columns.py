"""How wide the columns of amounts are in one letter, in millimetres: as wide as what stands in them.

All amounts of a letter stand on one decimal point, so that a long fraction anywhere widens every such column.
"""

from collections.abc import Iterable

from cases.money import grouped
from letters.facts import LetterFacts

# Widths of one character of the tables: a digit, and a capital of a currency.
_DIGIT, _CAPITAL = 1.7, 2.2
_PAGE = 165  # of A4 between the margins of letter.css


def longest_amount(facts: LetterFacts) -> tuple[int, int]:
    """Characters before the decimal point, and from the point on, of the longest amounts."""
    amounts = [transfer.amount for transfer in facts.transfers]
    amounts += [amount for total in facts.totals for amount in (total.sent, total.returned, total.lost)]
    parts = [grouped(amount).partition(".") for amount in amounts]
    return max((len(p[0]) for p in parts), default=1), max((len(p[1] + p[2]) for p in parts), default=0)


def number_width(facts: LetterFacts) -> float:
    """The number of a transfer."""
    return max(9, _DIGIT * _longest(str(transfer.number) for transfer in facts.transfers) + 4)


def amount_width(facts: LetterFacts) -> float:
    """An amount with its fraction."""
    return max(18, _DIGIT * sum(longest_amount(facts)) + 4)


def fraction_width(facts: LetterFacts) -> float:
    """What stands from the decimal point on."""
    return _DIGIT * longest_amount(facts)[1]


def currency_width(facts: LetterFacts) -> float:
    """A currency's code or ticker."""
    longest = _longest([*(t.currency for t in facts.transfers), *(t.currency for t in facts.totals)])
    return max(14.5, _CAPITAL * longest + 4)


def totals_fit(facts: LetterFacts) -> bool:
    """Whether sent, returned and lost stand side by side on the page."""
    return currency_width(facts) + 3 * amount_width(facts) <= _PAGE


def _longest(texts: Iterable[str]) -> int:
    return max(map(len, texts), default=1)
