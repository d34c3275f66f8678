"""The agency as the letter addresses it."""

from __future__ import annotations

from dataclasses import replace

from cases.case_file import CaseFile
from cases.plan import LetterKind, PlanRow
from cases.plan.foreign import is_foreign
from directory.geography.countries import country_name
from letters.facts import Recipient


def recipient(file: CaseFile, row: PlanRow) -> Recipient:
    """The addressee of the row; for a held person without anything that names a place."""
    recipient = Recipient(
        key=row.key,
        kind=row.letter_kind.value,
        name=row.name,
        name_local=row.name_local,
        address=row.address,
        channel=row.channel.value,
        to=row.to,
        attention=row.attention,
        attention_local=row.attention_local,
        ask_to_forward=row.ask_to_forward,
        chinese=row.chinese,
        foreign=is_foreign(file, row),
    )
    return _placeless(recipient, row) if file.held else recipient


def _placeless(recipient: Recipient, row: PlanRow) -> Recipient:
    """An addressee named after the place would tell where the person is held."""
    names = {
        LetterKind.OWN_EMBASSY: f"Embassy of {country_name(row.state)}",
        LetterKind.INSTITUTION: row.name,
    }
    name = names.get(row.letter_kind, "The competent police authority")
    if row.letter_kind == LetterKind.ANTI_TRAFFICKING and not row.agency:
        name = row.name
    return replace(recipient, key="", name=name, name_local="", address=(), to="")
