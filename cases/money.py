"""Amounts of money: exact sums, and the form in which the contract prints them."""

from collections.abc import Iterable
from decimal import Context, Decimal, Inexact

# 15 + 18 digits, and room for the sum of more rows than any case has; rather an error than a rounded sum.
_EXACT = Context(prec=60, traps=[Inexact])


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Add amounts of one currency exactly; zero for none. Raises decimal.Inexact rather than round."""
    result = Decimal(0)
    for amount in amounts:
        result = _EXACT.add(result, amount)
    return result


def plain(amount: Decimal) -> str:
    """Write an amount without exponent, trailing zeros or separators: "1310500", "0.21". Nothing is rounded.

    Raises ValueError for NaN and Infinity.
    """
    if not amount.is_finite():
        raise ValueError(f"{amount} is no amount of money")
    if not amount:
        return "0"
    # Not normalize(): it rounds to the 28 digits of the default context, and an amount may have 33.
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(amount: Decimal) -> str:
    """Write an amount for people, with English separators: 1310500 → "1,310,500". Nothing is rounded."""
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
