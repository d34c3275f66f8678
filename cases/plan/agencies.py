"""From a row of the directory to a row of the plan."""

from __future__ import annotations

from dataclasses import replace

from cases.enums import Channel
from cases.plan.rows import Desk, Group, LetterKind, PlanRow
from directory.models import Agency, ContactPoint

# Kinds that speak for a state; the others are organizations and companies, wherever they sit.
_STATE_KINDS = {"police", "national_desk", "regulator", "government", "financial_intelligence"}
_LETTER_KINDS = {
    "police": (LetterKind.POLICE, Desk.POLICE),
    "national_desk": (LetterKind.NATIONAL_DESK, Desk.NATIONAL_DESK),
    "government": (LetterKind.GOVERNMENT, Desk.GOVERNMENT),
}


def agency_row(
    agency: Agency, contact: ContactPoint | None, *, group: Group, why: str, optional: bool = False
) -> PlanRow:
    """The row of an agency that is no mission. Without a way to reach it, it is information only."""
    letter_kind, desk = _LETTER_KINDS.get(agency.kind, (LetterKind.GENERIC, Desk.OTHER))
    row = PlanRow(
        key=agency.key,
        name=agency.name_en,
        name_local=agency.name_local,
        letter_kind=letter_kind,
        group=group,
        desk=desk,
        channel=Channel(contact.channel) if contact else Channel.IN_PERSON,
        to=contact.value if contact else "",
        why=why,
        state=agency.country if agency.kind in _STATE_KINDS else "",
        optional=optional,
        information=not agency.takes_reports_from_public or contact is None,
        agency=agency,
        contact=contact,
    )
    return row if agency.takes_reports_from_public else replace(row, why=f"{why} It takes no reports from the public.")
