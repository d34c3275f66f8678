"""A person who is held and forced to defraud others is a victim: their own country comes first.

No Chinese agency, FTC or Anyscam row, and not the home list of a paying victim (PROCESS.md, duty of care).
Every row of such a case waits for a supervisor, whatever it is.
"""

from __future__ import annotations

from dataclasses import replace

from cases.case_file import CaseFile
from cases.enums import Channel
from cases.plan.agencies import agency_row
from cases.plan.contacts import Contacts
from cases.plan.foreign import own_states
from cases.plan.police import local_police_row
from cases.plan.rows import Desk, Group, LetterKind, PlanRow
from directory.geography.countries import country_name
from directory.models import Agency
from directory.queries.contacts import main_contact

LEAK_RISK = "Risk of a leak: local protection of the compounds is well documented. Only a supervisor releases this."
_HELD = "The person is held and forced to defraud others."


def held_rows(file: CaseFile, contacts: Contacts) -> list[PlanRow]:
    """Own embassy and anti-trafficking police first, then the police of the country where the person is held."""
    states = own_states(file)
    return [
        *(row for state in states for row in _own_state_rows(state, file.case.held_in, contacts)),
        *_police_rows(file, contacts),
    ]


def own_embassy_key(state: str, held_in: str) -> str:
    """The key of a state's embassy in the country where the person is held."""
    return f"{state.lower()}-embassy-{held_in.lower()}"


def _own_state_rows(state: str, held_in: str, contacts: Contacts) -> list[PlanRow]:
    rows = [_anti_trafficking_row(state)]
    if not held_in or held_in == state:
        return rows
    known = contacts.find(own_embassy_key(state, held_in))
    return [_known_embassy_row(known, state) if known else _embassy_row(state, held_in), *rows]


def _known_embassy_row(agency: Agency, state: str) -> PlanRow:
    """The embassy as the directory has it."""
    why = f"{_HELD} Their own embassy can ask for them and give papers."
    row = agency_row(agency, main_contact(agency), group=Group.HOME, why=why)
    return replace(row, letter_kind=LetterKind.OWN_EMBASSY, desk=Desk.OWN_EMBASSY, state=state, supervised=_HELD)


def _embassy_row(state: str, held_in: str) -> PlanRow:
    return PlanRow(
        key=own_embassy_key(state, held_in),
        name=f"Embassy of {country_name(state)} in {country_name(held_in)}",
        letter_kind=LetterKind.OWN_EMBASSY,
        group=Group.HOME,
        desk=Desk.OWN_EMBASSY,
        channel=Channel.PHONE,
        to="",
        why=f"{_HELD} Their own embassy can ask for them and give papers. A person looks up how to reach it.",
        state=state,
        supervised=_HELD,
    )


def _anti_trafficking_row(state: str) -> PlanRow:
    return PlanRow(
        key=f"{state.lower()}-anti-trafficking",
        name=f"Anti-trafficking police and organizations, {country_name(state).removeprefix('the ')}",
        letter_kind=LetterKind.ANTI_TRAFFICKING,
        group=Group.HOME,
        desk=Desk.ANTI_TRAFFICKING,
        channel=Channel.PHONE,
        to="",
        why=f"{_HELD} The anti-trafficking police of their own country, and an anti-trafficking organization, "
        "know the way out and treat them as a victim. A person looks up how to reach them.",
        state=state,
        supervised=_HELD,
    )


def _police_rows(file: CaseFile, contacts: Contacts) -> list[PlanRow]:
    held_in = file.case.held_in
    if not held_in:
        return [replace(local_police_row(file), supervised=_HELD)]
    agencies = contacts.of_country(held_in, kind="police")
    rows = [agency_row(a, main_contact(a), group=Group.ABROAD, why=f"{_HELD} {LEAK_RISK}") for a in agencies]
    return [replace(row, supervised=LEAK_RISK, letter_kind=LetterKind.ANTI_TRAFFICKING) for row in rows]
