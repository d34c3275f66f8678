"""Transfers and their totals as tables. Every digit is printed; nothing is summed here."""

from collections.abc import Iterator

from cases.money import grouped
from letters.documents.columns import totals_fit
from letters.documents.labels import LABELS, MARKS, MECHANISMS, Phrase
from letters.documents.outline import Cell, Column, Fields, Line, Part, Prose, Table, fixed
from letters.documents.words import Passage
from letters.facts import LetterFacts, Total, TransferLine

_PAYMENT_COLUMNS = (
    Column(LABELS["number"]),
    Column(LABELS["date"]),
    Column(LABELS["amount"], "amount"),
    Column(LABELS["currency"]),
    Column(LABELS["details"]),
)
_TOTAL_COLUMNS = (
    Column(LABELS["currency"]),
    Column(LABELS["sent"], "amount", named_in_text=True),
    Column(LABELS["returned"], "amount", named_in_text=True),
    Column(LABELS["lost"], "amount", named_in_text=True),
)


def payment_table(transfers: tuple[TransferLine, ...]) -> Table:
    """One row a transfer, with all that is known of it."""
    return Table("payments", _PAYMENT_COLUMNS, tuple(map(_payment, transfers)))


def totals_parts(facts: LetterFacts) -> tuple[Part, ...]:
    """The totals per currency, and under them what of it went to a second fraud."""
    if not facts.totals:
        return ()
    table = _totals_table(facts)
    second = "; ".join(f"{grouped(t.second_fraud)} {t.currency}" for t in facts.totals if t.second_fraud)
    mark = MARKS["second_fraud_total"]
    note = Passage(Phrase(f"{mark.en}: {second}.", f"{mark.zh}：{second}。"))
    return (table, Prose((note,))) if second else (table,)


def _totals_table(facts: LetterFacts) -> Table | Fields:
    """Columns of amounts, or one below the other where they would be wider than the page."""
    if totals_fit(facts):
        return Table("totals", _TOTAL_COLUMNS, tuple(map(_total, facts.totals)), title=LABELS["totals"])
    return Fields(tuple(row for total in facts.totals for row in _total_rows(total)), title=LABELS["totals"])


def _total_rows(total: Total) -> Iterator[tuple[Phrase, Cell]]:
    for name, amount in (("sent", total.sent), ("returned", total.returned), ("lost", total.lost)):
        label = LABELS[name]
        yield (
            Phrase(f"{label.en}, {total.currency}", f"{label.zh}（{total.currency}）"),
            (Line(grouped(amount)),),
        )


def _total(total: Total) -> tuple[Cell, ...]:
    amounts = (total.sent, total.returned, total.lost)
    return (Line(total.currency),), *((Line(grouped(amount), "amount"),) for amount in amounts)


def _payment(transfer: TransferLine) -> tuple[Cell, ...]:
    return (
        (Line(str(transfer.number)),),
        (_when(transfer),),
        (Line(grouped(transfer.amount), "amount"),),
        (Line(transfer.currency),),
        _details(transfer),
    )


def _when(transfer: TransferLine) -> Line:
    if transfer.sent_at or transfer.sent_on:
        return Line(transfer.sent_at or str(transfer.sent_on))
    return fixed(MARKS["date_unknown"])


def _details(transfer: TransferLine) -> Cell:
    marks = [MARKS["returned"]] * transfer.returned + [MARKS["second_fraud"]] * transfer.second_fraud
    receiver = " · ".join(filter(None, (transfer.to_institution, transfer.to_country)))
    name_style = "text" if transfer.returned else "name"  # money comes back to the victim, whose name is no alias
    lines = (
        *(fixed(mark) for mark in marks),
        fixed(MECHANISMS[transfer.mechanism]),
        Line(transfer.network, label=LABELS["chain"], runs_on=True),
        Line(transfer.from_institution, label=LABELS["sender"], runs_on=True),
        Line(transfer.from_account, "code", LABELS["sender_account"]),
        Line(receiver, label=LABELS["to"]),
        Line(transfer.to_name, name_style, LABELS["recipient_name"], runs_on=bool(receiver)),
        Line(transfer.to_bank_code, "code", LABELS["bank_code"]),
        Line(transfer.to_account, "code", LABELS["to_account"]),
        Line(transfer.reference, "code", LABELS["reference"]),
        Line(transfer.tag, "code", LABELS["tag"]),
        Line(transfer.informed, label=LABELS["informed"]),
    )
    return tuple(line for line in lines if line.text)
