"""Whose agency a row is, seen from where the victim lives."""

from __future__ import annotations

from cases.case_file import CaseFile
from cases.plan.rows import CHINESE_STATE, PlanRow
from directory.geography.countries import territories


def is_foreign(file: CaseFile, row: PlanRow) -> bool:
    """Whether the row is an agency of a state other than the one the victim lives in.

    Banks, platforms, organizations and international bodies are no state's agencies. A person who is held
    has their own states: those of their nationality are not foreign to them.
    """
    if not row.state:
        return False
    if file.held and row.state in file.victim.nationalities:
        return False
    return state_of(row.state) != state_of(file.victim.country)


def state_of(country: str) -> str:
    """The state that speaks for a country or territory; China for Hong Kong and Macau."""
    if country in CHINESE_STATE:
        return "CN"
    territory = territories().get(country)
    return territory.state if territory else country
