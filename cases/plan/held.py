"""A person who is held and forced to defraud others is a victim: their own country comes first.

No Chinese agency, FTC or Anyscam row, and not the home list of a paying victim (PROCESS.md, duty of care).
Every row of such a case waits for a supervisor, whatever it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from cases.case_file import CaseFile
from cases.enums import Channel
from cases.plan.agencies import agency_row
from cases.plan.contacts import Contacts
from cases.plan.foreign import own_states, state_of
from cases.plan.police import local_police_key, local_police_row
from cases.plan.rows import Desk, Group, LetterKind, PlanRow
from directory.geography.countries import country_name, desks_of
from directory.models import Agency
from directory.queries.contacts import main_contact

LEAK_RISK = "Risk of a leak: local protection of the compounds is well documented. Only a supervisor releases this."
_HELD = "The person is held and forced to defraud others."
# Taiwan has representative offices in most countries, one of them often for several. Another government's mission is
# never named for its people.
_BY_OFFICES = {"TW"}


def held_rows(file: CaseFile, contacts: Contacts) -> list[PlanRow]:
    """Own embassy and anti-trafficking police first, then the police of the country where the person is held."""
    rescuers = _by(desks_of, own_states(file))
    return [
        *_embassy_rows(file, contacts),
        *(_anti_trafficking_row(nationality, state) for state, nationality in rescuers.items()),
        *_police_rows(file, contacts),
    ]


def own_embassy_keys(file: CaseFile) -> list[str]:
    """The keys under which the directory may have the person's own embassies."""
    return [_embassy_key(state, state_of(file.case.held_in)) for state in _represented(file)]


def _represented(file: CaseFile) -> dict[str, str]:
    """The states with an embassy to the one that holds the person, each with the nationality that it speaks for."""
    held_in = file.case.held_in
    states = _by(state_of, own_states(file)) if held_in else {}
    return {state: nationality for state, nationality in states.items() if state != state_of(held_in)}


def _by(state_for: Callable[[str], str], nationalities: Iterable[str]) -> dict[str, str]:
    """By state, the first nationality that it is the state for: a territory's and its state's have one row."""
    first: dict[str, str] = {}
    for nationality in nationalities:
        first.setdefault(state_for(nationality), nationality)
    return first


def _embassy_key(nationality: str, country: str) -> str:
    return f"{nationality.lower()}-embassy-{country.lower()}"


def _embassy_rows(file: CaseFile, contacts: Contacts) -> list[PlanRow]:
    held_in = file.case.held_in
    found = [
        (state, nationality, contacts.find(_embassy_key(state, state_of(held_in))))
        for state, nationality in _represented(file).items()
    ]
    return [
        _known_embassy_row(agency, state) if agency else _embassy_row(state, nationality, held_in)
        for state, nationality, agency in found
    ]


def _known_embassy_row(agency: Agency, state: str) -> PlanRow:
    """The embassy as the directory has it."""
    why = f"{_HELD} Their own embassy can ask for them and give papers."
    row = agency_row(agency, main_contact(agency), group=Group.HOME, why=why)
    return replace(row, letter_kind=LetterKind.OWN_EMBASSY, desk=Desk.OWN_EMBASSY, state=state, supervised=_HELD)


def _embassy_row(state: str, nationality: str, held_in: str) -> PlanRow:
    embassy, name = _called(state, country_name(state_of(held_in)))
    return PlanRow(
        key=_embassy_key(nationality, held_in),
        name=name,
        letter_kind=LetterKind.OWN_EMBASSY,
        group=Group.HOME,
        desk=Desk.OWN_EMBASSY,
        channel=Channel.PHONE,
        to="",
        why=f"{_HELD} Their own {embassy} can ask for them and give papers. A person looks up how to reach it.",
        state=state,
        supervised=_HELD,
    )


def _called(state: str, place: str) -> tuple[str, str]:
    """What a state's mission is, and its name."""
    if state in _BY_OFFICES:
        return "representative office", f"Representative office of {country_name(state)} for {place}"
    return "embassy", f"Embassy of {country_name(state)} in {place}"


def _anti_trafficking_row(nationality: str, state: str) -> PlanRow:
    return PlanRow(
        key=f"{nationality.lower()}-anti-trafficking",
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
    rows = rows or [_unknown_police_row(held_in)]
    return [replace(row, supervised=LEAK_RISK, letter_kind=LetterKind.ANTI_TRAFFICKING) for row in rows]


def _unknown_police_row(held_in: str) -> PlanRow:
    """The directory has no police there: the risk is told all the same, and a person has the task to look."""
    country = country_name(held_in)
    return PlanRow(
        key=local_police_key(held_in),
        name=f"Police, {country.removeprefix('the ')}",
        letter_kind=LetterKind.ANTI_TRAFFICKING,
        group=Group.ABROAD,
        desk=Desk.POLICE,
        channel=Channel.IN_PERSON,
        to="",
        why=f"{_HELD} {LEAK_RISK} No channel of the police in {country} is known: a person looks for one.",
        state=held_in,
        information=True,
    )
