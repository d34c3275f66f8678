"""Step 0, stop the loss: the institutions that sent and received the money are told first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cases.case_file import CaseFile
from cases.enums import Channel, Mechanism
from cases.institutions import institution_slug
from cases.models import Transfer
from cases.plan.rows import Desk, Group, LetterKind, PlanRow
from directory.windows import Window, foremost, windows_for


def institution_key(name: str) -> str:
    """The key of a bank, exchange or money service that the directory has no row for."""
    return f"institution-{institution_slug(name)}"


def institution_rows(file: CaseFile) -> list[PlanRow]:
    """One row for each institution that sent a payment, then for each that received one."""
    senders = _named(t.from_institution for t in file.payments)
    receivers = _named(t.to_institution for t in file.payments)
    names = receivers | senders
    keys = dict.fromkeys((*senders, *receivers))
    return [_row(key, names[key], own=key in senders, file=file) for key in keys]


def _named(names: Iterable[str]) -> dict[str, str]:
    """The names by key; of one institution's spellings the first."""
    first: dict[str, str] = {}
    for name in filter(None, names):
        first.setdefault(institution_key(name), name)
    return first


def payments_through(file: CaseFile, key: str) -> list[Transfer]:
    """The payments that the institution with this key sent or received."""
    return [
        t
        for t in file.payments
        if any(name and institution_key(name) == key for name in (t.from_institution, t.to_institution))
    ]


def recovery_words(file: CaseFile, key: str) -> str:
    """What can still be recovered through this institution: the window of its latest payment, in words."""
    window = foremost(_windows(file, key))
    return window.words() if window else "No period for recovery is known for this payment: still ask today."


def recovery_notice(file: CaseFile, key: str) -> str:
    """The periods that may apply to the same payment, for the letter: unlike advice, the same on every day."""
    return "; ".join(window.notice() for window in _windows(file, key))


def _windows(file: CaseFile, key: str) -> list[Window]:
    latest = max(payments_through(file, key), key=_day)
    return windows_for(
        latest.mechanism,
        file.victim.country,
        latest.to_country,
        amount=latest.amount,
        currency=latest.currency,
        sent=latest.sent_at or latest.sent_on,
    )


def _day(payment: Transfer) -> date:
    """A payment without a date may be the latest."""
    return payment.sent_on or date.max


def _row(key: str, name: str, *, own: bool, file: CaseFile) -> PlanRow:
    role = "It sent money to the offenders" if own else "It received money for the offenders"
    request = "ask it to stop, recall or freeze what it still can, and to keep the records."
    if own and any(t.mechanism == Mechanism.CARD for t in payments_through(file, key)):
        request = "ask it to block the card, dispute the payments and keep the records."
    return PlanRow(
        key=key,
        name=name,
        letter_kind=LetterKind.INSTITUTION,
        group=Group.INSTITUTION,
        desk=Desk.POLICE if own else Desk.NATIONAL_DESK,
        channel=Channel.PHONE,
        to="",
        why=f"{role}: call its fraud line first and {request} {recovery_words(file, key)}",
        own_institution=own,
    )
