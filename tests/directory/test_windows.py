"""Recovery windows: when to hurry, and never that it is too late."""

import datetime as dt
from decimal import Decimal

import pytest

from directory.windows import Window, foremost, rules, windows_for

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
TODAY = NOW.date()


def window(
    *args: str, sent: dt.date | dt.datetime | None = TODAY, amount: str = "60000", currency: str = ""
) -> Window | None:
    return foremost(windows_for(*args, amount=Decimal(amount), currency=currency, sent=sent), now=NOW)


def ids(*args: str, sent: dt.date | None = TODAY, amount: str = "60000", currency: str = "") -> list[str]:
    return [one.rule.id for one in windows_for(*args, amount=Decimal(amount), currency=currency, sent=sent)]


def test_every_rule_has_a_source_a_date_and_one_period() -> None:
    for rule in rules():
        assert rule.source, rule.id
        assert rule.source_date, rule.id
        assert sum(bool(period) for period in (rule.hours, rule.days, rule.months)) == 1, rule.id
    assert len({rule.id for rule in rules()}) == len(rules())


@pytest.mark.parametrize(
    ("to", "amount", "currency", "applies"),
    [
        ("KH", "50000", "USD", True),
        ("KH", "49999.99", "USD", False),
        ("KH", "40000", "EUR", True),  # may be worth USD 50,000
        ("US", "60000", "USD", False),
        ("PR", "60000", "USD", False),
        ("", "60000", "USD", True),
    ],
)
def test_the_kill_chain_is_for_large_wires_out_of_the_united_states(
    to: str, amount: str, currency: str, applies: bool
) -> None:
    assert ids("bank_wire", "US", to, amount=amount, currency=currency) == (["us-kill-chain"] if applies else [])


def test_the_kill_chain_runs_72_hours_from_the_moment_of_the_wire() -> None:
    sent = NOW - dt.timedelta(hours=72)
    for moment, is_open in ((sent, True), (sent - dt.timedelta(seconds=1), False)):
        found = window("bank_wire", "US", "KH", sent=moment, currency="USD")
        assert found
        assert found.may_be_open(NOW) == is_open


def test_a_day_without_a_time_counts_to_its_end() -> None:
    found = window("bank_wire", "US", "KH", sent=dt.date(2026, 11, 20), currency="USD")
    assert found
    assert found.until == dt.datetime(2026, 11, 23, 23, 59, tzinfo=dt.UTC)
    assert found.may_be_open(NOW)


def test_the_words_say_until_when() -> None:
    found = window("bank_wire", "US", "KH", sent=NOW, currency="USD")
    assert found
    assert found.words(NOW) == (
        "Ask the bank for a SWIFT recall of the wire, and report it to IC3 and the local FBI office at once, before "
        "2026-11-26 12:00 UTC: until then the FBI's Financial Fraud Kill Chain may help."
    )


@pytest.mark.parametrize("country", ["US", "GB", "DE"])
@pytest.mark.parametrize("mechanism", ["bank_wire", "card", "payment_app"])
def test_past_a_window_it_is_less_likely_and_never_too_late(country: str, mechanism: str) -> None:
    for one in windows_for(mechanism, country, sent=dt.date(2020, 1, 1)):
        assert not one.may_be_open(NOW)
        assert "less likely, still ask today" in one.words(NOW)
        assert "too late" not in one.words(NOW)


def test_without_a_date_a_window_may_be_open() -> None:
    found = window("card", "US", sent=None)
    assert found
    assert found.may_be_open(NOW)
    assert "The date is not known" in found.words(NOW)


def test_the_reimbursement_requirement_is_for_sterling_within_the_united_kingdom_since_october_2024() -> None:
    assert "gb-app-reimbursement" in ids("bank_wire", "GB", "GB", currency="GBP")
    assert "gb-app-reimbursement" not in ids("bank_wire", "GB", "HK", currency="GBP")
    assert "gb-app-reimbursement" not in ids("bank_wire", "GB", "GB", currency="USD")
    assert "gb-app-reimbursement" not in ids("bank_wire", "GB", "GB", currency="GBP", sent=dt.date(2024, 10, 6))


@pytest.mark.parametrize(
    ("sent", "until"),
    [(dt.date(2026, 1, 31), dt.date(2027, 2, 28)), (dt.date(2025, 11, 15), dt.date(2026, 12, 15))],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(sent: dt.date, until: dt.date) -> None:
    found = window("card", "DE", sent=sent)
    assert found
    assert found.until
    assert found.until.date() == until


def test_the_window_that_ends_first_comes_first() -> None:
    found = window("bank_wire", "GB", "GB", currency="GBP")
    assert found
    assert found.rule.id in {"gb-app-reimbursement", "gb-unauthorised"}
    assert window("card", "US") == windows_for("card", "US", amount=Decimal(60000), sent=TODAY)[0]


@pytest.mark.parametrize(
    ("mechanism", "country"), [("crypto", "US"), ("bank_wire", "PY"), ("cash", "GB"), ("card", "")]
)
def test_where_no_window_is_known_there_is_none(mechanism: str, country: str) -> None:
    assert window(mechanism, country) is None


def test_a_clause_in_the_name_of_a_window_is_closed_by_a_comma() -> None:
    found = window("card", "US", sent=dt.date(2020, 1, 1))
    assert found
    assert "from the statement that shows the payment, ended on" in found.words(NOW)
    kill_chain = window("bank_wire", "US", "KH", currency="USD")
    assert kill_chain
    assert "Kill Chain may help" in kill_chain.words(NOW)
