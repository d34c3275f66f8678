"""Amounts of money: exact decimals as text, and exact sums.

An amount of the intake has up to 15 digits before the point and 18 after it (wei, lamport).
Python's default decimal context keeps 28 digits and would round the largest of them in silence.
"""

from collections.abc import Iterable
from decimal import Context, Decimal, Inexact

# 15 + 18 digits, and room for the sum of more rows than any case has.
_EXACT = Context(prec=60, traps=[Inexact])


def plain(amount: Decimal) -> str:
    """Write an amount as the contract prints it: "1310500", "0.21".

    No exponent, no trailing zeros, no separators, nothing rounded. Raises ValueError for NaN and Infinity.
    """
    if not amount.is_finite():
        raise ValueError(f"{amount} is no amount of money")
    if not amount:
        return "0"
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Add amounts of one currency exactly; zero for none. Raises decimal.Inexact rather than round."""
    result = Decimal(0)
    for amount in amounts:
        result = _EXACT.add(result, amount)
    return result
