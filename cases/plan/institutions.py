"""Step 0, stop the loss: the institutions that sent and received the money are told first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from cases.case_file import CaseFile
from cases.enums import Channel, Mechanism
from cases.institutions import institution_slug
from cases.models import Transfer
from cases.plan.rows import Desk, Group, LetterKind, PlanRow
from directory.windows import Window, foremost, windows_for


@lru_cache(maxsize=1024)  # each row of a case asks for the keys of all its payments
def institution_key(name: str) -> str:
    """The key of a bank, exchange or money service that the directory has no row for."""
    return f"institution-{institution_slug(name)}"


def institution_rows(file: CaseFile) -> list[PlanRow]:
    """One row for each institution that sent a payment, then for each that received one."""
    senders = _named(t.from_institution for t in file.payments)
    receivers = _named(t.to_institution for t in file.payments)
    names, payments = receivers | senders, _by_institution(file)
    keys = dict.fromkeys((*senders, *receivers))
    return [_row(key, names[key], own=key in senders, payments=payments[key], file=file) for key in keys]


def _named(names: Iterable[str]) -> dict[str, str]:
    """The names by key; of one institution's spellings the first."""
    first: dict[str, str] = {}
    for name in filter(None, names):
        first.setdefault(institution_key(name), name)
    return first


def _by_institution(file: CaseFile) -> dict[str, list[Transfer]]:
    through: dict[str, list[Transfer]] = defaultdict(list)
    for payment in file.payments:
        for key in _keys(payment):
            through[key].append(payment)
    return through


def payments_through(file: CaseFile, key: str) -> list[Transfer]:
    """The payments that the institution with this key sent or received."""
    return [payment for payment in file.payments if key in _keys(payment)]


def _keys(payment: Transfer) -> set[str]:
    return {institution_key(name) for name in (payment.from_institution, payment.to_institution) if name}


def recovery_notice(file: CaseFile, key: str) -> str:
    """The periods that may apply to payments through an institution, for the letter: each once, the same on every day.

    Each is reckoned from the latest payment that it may apply to and whose date is known; where none is, it stands
    without its end.
    """
    latest: dict[str, Window] = {}
    for window in _windows(payments_through(file, key), file):
        known = latest.get(window.rule.id)
        if known is None or _end(window) > _end(known):
            latest[window.rule.id] = window
    return "; ".join(window.notice() for window in latest.values())


def _recovery_words(payments: list[Transfer], file: CaseFile) -> str:
    """What can still be recovered through an institution: of the windows of all payments the foremost, in words."""
    window = foremost(_windows(payments, file))
    return window.words() if window else "No period for recovery is known for this payment: still ask today."


def _windows(payments: list[Transfer], file: CaseFile) -> list[Window]:
    return [window for payment in payments for window in _windows_of(payment, file.victim.country)]


def _windows_of(payment: Transfer, country: str) -> list[Window]:
    return windows_for(
        payment.mechanism,
        country,
        payment.to_country,
        amount=payment.amount,
        currency=payment.currency,
        sent=payment.sent_at or payment.sent_on,
    )


def _end(window: Window) -> datetime:
    """A date that is not known names no end."""
    return window.until or datetime.min.replace(tzinfo=UTC)


def _row(key: str, name: str, *, own: bool, payments: list[Transfer], file: CaseFile) -> PlanRow:
    role = "It sent money to the offenders" if own else "It received money for the offenders"
    request = "ask it to stop, recall or freeze what it still can, and to keep the records."
    if own and any(t.mechanism == Mechanism.CARD for t in payments):
        request = "ask it to block the card, dispute the payments and keep the records."
    return PlanRow(
        key=key,
        name=name,
        letter_kind=LetterKind.INSTITUTION,
        group=Group.INSTITUTION,
        desk=Desk.POLICE if own else Desk.NATIONAL_DESK,
        channel=Channel.PHONE,
        to="",
        why=f"{role}: call its fraud line first and {request} {_recovery_words(payments, file)}",
        own_institution=own,
    )
