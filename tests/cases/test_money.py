"""Amounts are written plainly and exactly."""

from decimal import Decimal

import pytest

from cases.money import plain, total


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("1310500", "1310500"),
        ("1310500.00", "1310500"),
        ("0.210", "0.21"),
        ("5400.5", "5400.5"),
        ("0", "0"),
        ("-0.00", "0"),
        ("-12.50", "-12.5"),
        ("1E+5", "100000"),
        ("1E-18", "0.000000000000000001"),
        ("007.50", "7.5"),
        ("100", "100"),
        ("123456789012345.123456789012345678", "123456789012345.123456789012345678"),
        ("999999999999999.999999999999999990", "999999999999999.99999999999999999"),
    ],
)
def test_an_amount_has_no_exponent_no_trailing_zeros_and_loses_no_digit(amount: str, written: str) -> None:
    assert plain(Decimal(amount)) == written


def test_a_sum_loses_no_digit_where_the_default_context_would() -> None:
    amounts = [Decimal("999999999999999.999999999999999999")] * 5000
    assert plain(total(amounts)) == "4999999999999999999.999999999999995"
    assert sum(amounts) != total(amounts)
    assert total([]) == 0


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_no_number_is_no_amount(amount: str) -> None:
    with pytest.raises(ValueError, match="no amount of money"):
        plain(Decimal(amount))
