"""The police or anti-fraud desk of every country that money went to, where it takes reports from abroad."""

from __future__ import annotations

from cases.case_file import CaseFile
from cases.enums import Channel
from cases.plan.agencies import agency_row
from cases.plan.china import opens_china
from cases.plan.contacts import Contacts
from cases.plan.police import local_police_key
from cases.plan.rows import CHINESE_STATE, Desk, Group, LetterKind, PlanRow
from cases.triage import Nexus
from directory.geography.countries import country_name
from directory.playbooks import home_playbook, international_playbook, no_channel_from_abroad
from directory.queries.contacts import main_contact


def money_rows(file: CaseFile, nexus: Nexus, contacts: Contacts) -> list[PlanRow]:
    """Rows for each country or territory abroad that money went to, in the order in which they are named."""
    countries = [code for code in file.money_countries if code != file.victim.country]
    allowed = [code for code in countries if code not in CHINESE_STATE or opens_china(file, nexus)]
    return [row for code in allowed for row in _country_rows(code, contacts)]


def _country_rows(country: str, contacts: Contacts) -> list[PlanRow]:
    playbook = home_playbook(country)
    short = international_playbook().short_number
    why = f"Money went to {country_name(country)}."
    rows = []
    for key in playbook.from_abroad:
        agency = contacts.agency(key)
        rows.append(
            agency_row(
                agency,
                main_contact(agency),
                group=Group.ABROAD,
                why=f"{why} {short}" if key in playbook.short_numbers else why,
            )
        )
    return rows or [_no_channel_row(country, why)]


def _no_channel_row(country: str, why: str) -> PlanRow:
    """Nothing is known: say so neutrally, and leave a person the task to look."""
    return PlanRow(
        key=local_police_key(country),
        name=f"Police, {country_name(country).removeprefix('the ')}",
        letter_kind=LetterKind.POLICE,
        group=Group.ABROAD,
        desk=Desk.POLICE,
        channel=Channel.IN_PERSON,
        to="",
        why=f"{why} {no_channel_from_abroad(country)} Report at home; a person keeps looking for one.",
        state=country,
        information=True,
    )
