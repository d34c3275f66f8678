"""Amounts of money as the contract prints them."""

from decimal import Decimal


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
