"""The lists of the form: one row for each identifier, payment, report and dated fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from cases.admin.facts_form import wording
from cases.admin.facts_form.fields import Country, Currency, Flag, choice, code, day, exact, text
from cases.admin.facts_form.sections import Fields
from cases.enums import Channel, Direction, IdentifierKind, Mechanism, Outcome, ReportKind

#: Rows of one list in a form; a longer list comes by file.
MAX_ROWS = 500


@dataclass(frozen=True, slots=True)
class RowKind:
    """A list of the document: what one row is called, the fields in sight, and the fewer used ones."""

    path: str
    one: str
    fields: Fields
    more: Fields


_IDENTIFIERS = RowKind(
    "identifiers",
    "identifier",
    {
        "kind": choice("Kind", IdentifierKind, wording.IDENTIFIER_KINDS),
        "value": exact("Link, address, number or name", "Exactly as it was given.", size="60"),
        "service": text("Service, chain or bank", "WeChat, Telegram, tron …", words="services"),
    },
    {"country": Country("Country"), "note": text("Note", "A fact, for example: the adviser's number.", size="60")},
)
_TRANSFERS = RowKind(
    "transfers",
    "payment",
    {
        "sent_on": day("Day"),
        "amount": code("Amount", inputmode="decimal"),
        "currency": Currency("Currency"),
        "mechanism": choice("How", Mechanism, wording.MECHANISMS),
        "from_institution": text("Sent by bank or exchange"),
        "to_institution": text("Received by bank or exchange"),
        "to_account": exact("To account, IBAN or wallet"),
        "to_country": Country("To country"),
    },
    {
        "to_name": text("To the name"),
        "to_bank_code": exact("Bank code", "BIC, routing number, sort code …"),
        "from_account": exact("From account", "The victim's own; told to their bank and police only."),
        "reference": exact("Reference", "Transaction hash, SWIFT reference, receipt number."),
        "network": exact("Network", "The chain, where the currency does not tell.", words="chains"),
        "tag": exact("Tag or memo"),
        "sent_at": code("Exact time with its zone", "2024-02-29T18:30:00+08:00. Recovery windows count from it."),
        "direction": choice("Direction", Direction, wording.DIRECTIONS, usual=Direction.SENT),
        "second_fraud": Flag("Paid to a second fraud"),
        "institution_informed.on": day("Institution told on"),
        "institution_informed.outcome": text("What it answered"),
        "institution_informed.reference": exact("Its reference"),
    },
)
_TIMELINE = RowKind(
    "fraud.timeline",
    "fact",
    {"on": day("Day"), "fact": text("Fact", "What happened, without what was said.", size="60")},
    {},
)
_REPORTS = RowKind(
    "reports",
    "report",
    {
        "agency": text("Agency", "Its name, or its key in the directory."),
        "filed_on": day("Reported on"),
        "reference_number": exact("Report number", "The proof that there was a crime."),
        "outcome": choice("What became of it", Outcome, wording.OUTCOMES, usual=Outcome.ACCEPTED),
    },
    {
        "kind": choice("Kind of agency", ReportKind, wording.REPORT_KINDS),
        "channel": choice("Way", Channel, wording.CHANNELS),
        "outcome_reason": text("Their reason"),
        "station": text("Station"),
        "officer": text("Officer"),
    },
)

FACTS: tuple[RowKind, ...] = (_IDENTIFIERS, _TRANSFERS, _TIMELINE)
NEW_CASE: tuple[RowKind, ...] = (*FACTS, _REPORTS)


def row_set(kind: RowKind, extra: int = 1) -> type[forms.BaseFormSet[Any]]:
    """The class of formset for a list. A row is taken out by a mark; an empty one counts for nothing."""
    fields = {**kind.fields, **kind.more}
    form: type[forms.Form] = type("Row", (forms.Form,), dict(fields))
    too_many = f"There are more than %(num)d rows ({kind.one}): take some out, or bring the case in by a file."
    rows = type("Rows", (forms.BaseFormSet,), {"default_error_messages": {"too_many_forms": too_many}})
    # What is refused as too long comes back whole: nothing that was typed is cut off.
    return forms.formset_factory(
        form, rows, extra=extra, can_delete=True, max_num=MAX_ROWS, absolute_max=2 * MAX_ROWS, validate_max=True
    )
