"""Whose agency a row is, seen from where the victim lives."""

from __future__ import annotations

from cases.case_file import CaseFile
from cases.plan.rows import CHINESE_STATE, Desk, PlanRow
from directory.geography.countries import territories

_OWN_RESCUERS = {Desk.OWN_EMBASSY, Desk.ANTI_TRAFFICKING}


def is_foreign(file: CaseFile, row: PlanRow) -> bool:
    """Whether the row is an agency of a state other than the one the victim lives in.

    Banks, platforms, organizations and international bodies are no state's agencies. A person who is held has their
    own states, and the one that holds them is none of these but to the rescuers who are their own: its police may
    protect the offenders, whatever address or nationality the case has (PROCESS.md, duty of care).
    """
    if not row.state:
        return False
    if not file.held:
        return state_of(row.state) != state_of(file.victim.country)
    homes = {state_of(state) for state in own_states(file)}
    if row.desk not in _OWN_RESCUERS:
        homes = (homes | _residence(file)) - {state_of(file.case.held_in)}
    return state_of(row.state) not in homes


def own_states(file: CaseFile) -> tuple[str, ...]:
    """A held person's nationalities; where none is known, the home country of the victim or of who speaks for them."""
    if file.victim.nationalities:
        return tuple(file.victim.nationalities)
    guesses = (file.victim.country, file.reporter.country if file.reporter else "")
    return tuple(dict.fromkeys(code for code in guesses if code and code != file.case.held_in))[:1]


def _residence(file: CaseFile) -> set[str]:
    """Where the person lived before: an address may be the compound's as long as nobody knows where that is."""
    return {state_of(file.victim.country)} if file.case.held_in else set()


def state_of(country: str) -> str:
    """The state that speaks for a country or territory; China for Hong Kong and Macau."""
    if country in CHINESE_STATE:
        return "CN"
    territory = territories().get(country)
    return territory.state if territory else country
