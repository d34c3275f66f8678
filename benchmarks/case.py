"""The sample case with 27 transfers as facts of letters: one to an embassy, and one of every kind."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from letters.facts import IdentifierLine, LetterFacts, Total, TransferLine
from tests.letters.facts_samples import embassy, of_kind

_CASE = Path(__file__).parents[1] / "cases/data/demo/us-investment-27-transfers.json"
_SET = ("police", "national_desk", "national_desk", "national_desk", "institution", "government", "embassy")


def embassy_letter() -> LetterFacts:
    """The letter that the ratios are about: two languages, 27 transfers, every identifier."""
    return _with_the_case(embassy())


def whole_set() -> list[LetterFacts]:
    """The letters that the case leads to."""
    return [_with_the_case(of_kind(kind)) for kind in _SET]


def _with_the_case(facts: LetterFacts) -> LetterFacts:
    case: dict[str, Any] = json.loads(_CASE.read_text())
    transfers = tuple(_transfer(number, entry) for number, entry in enumerate(case["transfers"], start=1))
    sent = sum((transfer.amount for transfer in transfers), Decimal(0))
    identifiers = tuple(
        IdentifierLine(entry["kind"], entry["value"], service=entry.get("service", ""), note=entry.get("note", ""))
        for entry in case["identifiers"]
    )
    totals = (Total(transfers[0].currency, sent, Decimal(0), sent),)
    return replace(facts, transfers=transfers, totals=totals, identifiers=identifiers)


def _transfer(number: int, entry: dict[str, Any]) -> TransferLine:
    return TransferLine(
        number=number,
        amount=Decimal(entry["amount"]),
        currency=entry["currency"],
        mechanism=entry["mechanism"],
        sent_on=date.fromisoformat(entry["sent_on"]),
        from_institution=entry.get("from_institution", ""),
        to_account=entry.get("to_account", ""),
        reference=entry.get("reference", ""),
    )
