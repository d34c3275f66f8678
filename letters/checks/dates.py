"""Dates and answers that contradict each other: kept as they were given, and told (contract, "Refused or kept")."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cases.case_file import CaseFile
from cases.models import Transfer
from letters.checks.content import Found

_HELD_OTHERWISE = (
    "A country where the person is held is named beside another kind of fraud: if they are held and made to defraud "
    "others, correct the kind to forced_criminality first; otherwise take the country out."
)


def contradictions(file: CaseFile) -> Iterator[Found]:
    """A discovery before the start, transfers outside these dates, a place of holding for who is not held."""
    began, discovered = file.case.started_on, file.case.discovered_on
    if began and discovered and discovered < began:
        yield (
            "dates-agree",
            "fraud.discovered_on",
            f"Discovered on {discovered}, before the start on {began}: correct one.",
        )
    for transfer in file.transfers:
        if words := _outside(transfer, began, discovered):
            yield "dates-agree", f"transfers.{transfer.position}.sent_on", words
    if file.case.held_in and not file.held:
        yield "held-in", "triage.held_in", _HELD_OTHERWISE


def _outside(transfer: Transfer, began: date | None, discovered: date | None) -> str:
    """Money comes back, and a second fraud asks for more, after the first was discovered."""
    later = transfer.second_fraud or transfer.is_returned
    if transfer.sent_on and began and transfer.sent_on < began:
        return f"Dated {transfer.sent_on}, before the fraud began on {began}: correct one of the dates."
    if transfer.sent_on and discovered and transfer.sent_on > discovered and not later:
        return f"Dated {transfer.sent_on}, after the fraud was discovered on {discovered}: correct one of the dates."
    return ""
