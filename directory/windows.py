"""Recovery windows: until when an institution is likely to get money back, as data with source and date."""

import calendar
import datetime as dt
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from directory.geography import desks_of
from directory.geography.countries import DATA


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of `recovery_windows.toml`; what a rule leaves out does not limit it."""

    id: str
    mechanisms: tuple[str, ...]
    from_: tuple[str, ...]
    to: str
    name: str
    ask: str
    source: str
    source_date: str
    source_confidence: str
    at_least: Decimal = Decimal(0)
    currency: str = ""
    sent_from: dt.date | None = None
    hours: int = 0
    days: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """A window for one transfer; `until` is None where the day of the transfer is not known."""

    rule: Rule
    until: dt.datetime | None

    def may_be_open(self, now: dt.datetime | None = None) -> bool:
        """Tell whether money may still come back within the window."""
        return self.until is None or (now or dt.datetime.now(dt.UTC)) <= self.until

    def words(self, now: dt.datetime | None = None) -> str:
        """Say what to ask and how likely it is. Never that it is too late."""
        if self.until is None:
            return f"{self.rule.ask}. The date is not known, so {self._name} may still run."
        if self.may_be_open(now):
            return f"{self.rule.ask}, before {self._end}: until then {self._name} may help."
        ended = f"Reckoned from the payment, {self._name} ended on {self._end}"
        return f"{self.rule.ask}. {ended}: less likely, still ask today."

    def notice(self) -> str:
        """Name the window to the institution itself, in words that hold on every day."""
        return f"{self.rule.name} (until {self._end})" if self.until else self.rule.name

    @property
    def _end(self) -> str:
        return self.until.strftime("%Y-%m-%d %H:%M UTC" if self.rule.hours else "%Y-%m-%d") if self.until else ""

    @property
    def _name(self) -> str:
        """The name inside a sentence: a clause that a comma opens, a comma closes."""
        return f"{self.rule.name}," if "," in self.rule.name else self.rule.name


def foremost(windows: list[Window], *, now: dt.datetime | None = None) -> Window | None:
    """Return the window of a transfer that matters: the open one that ends first, else the one that ended last.

    None where there is none; then the words are the caller's, and still "ask today".
    """
    open_ones = [window for window in windows if window.may_be_open(now)]
    if open_ones:
        return min(open_ones, key=_end)
    return max(windows, key=_end, default=None)


def windows_for(
    mechanism: str,
    country_from: str,
    country_to: str = "",
    *,
    amount: Decimal | None = None,
    currency: str = "",
    sent: dt.date | dt.datetime | None = None,
) -> list[Window]:
    """Return every window that can apply to a transfer; what is not known never rules one out.

    `mechanism` as in the intake schema, countries as ISO codes ("" where unknown), `sent` as the day or, with its
    zone, the moment.
    """
    origin, target = desks_of(country_from), desks_of(country_to)
    return [
        Window(rule, _until(rule, sent))
        for rule in rules()
        if mechanism in rule.mechanisms
        and origin in rule.from_
        and _goes(rule.to, origin, target)
        and _fits(rule, amount, currency)
        and (sent is None or rule.sent_from is None or _day(sent) >= rule.sent_from)
    ]


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules of the data file."""
    rows = tomllib.loads((DATA / "recovery_windows.toml").read_text(encoding="utf-8"))["window"]
    for row in rows:
        row |= {"from_": tuple(row.pop("from")), "mechanisms": tuple(row["mechanisms"])}
        row["at_least"] = Decimal(row.get("at_least", 0))
    return tuple(Rule(**row) for row in rows)


def _goes(to: str, origin: str, target: str) -> bool:
    return to == "anywhere" or not target or (target == origin) == (to == "home")


def _fits(rule: Rule, amount: Decimal | None, currency: str) -> bool:
    if not rule.currency or not currency:
        return True
    if currency != rule.currency:
        # A threshold in dollars says nothing about euros; a scheme for sterling has no place for them.
        return bool(rule.at_least)
    return amount is None or amount >= rule.at_least


def _day(sent: dt.date | dt.datetime) -> dt.date:
    return sent.date() if isinstance(sent, dt.datetime) else sent


def _until(rule: Rule, sent: dt.date | dt.datetime | None) -> dt.datetime | None:
    if sent is None:
        return None
    if not isinstance(sent, dt.datetime):
        sent = dt.datetime.combine(sent, dt.time(23, 59), dt.UTC)
    return _months_later(sent.astimezone(dt.UTC), rule.months) + dt.timedelta(days=rule.days, hours=rule.hours)


def _months_later(moment: dt.datetime, months: int) -> dt.datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def _end(window: Window) -> dt.datetime:
    return window.until or dt.datetime.max.replace(tzinfo=dt.UTC)
