"""Step 2, report at home, always: police, the national desk, then those who count every victim."""

from __future__ import annotations

from cases.case_file import CaseFile
from cases.enums import FraudKind
from cases.plan.agencies import agency_row
from cases.plan.contacts import Contacts
from cases.plan.foreign import state_of
from cases.plan.police import POLICE_WHY, local_police_row
from cases.plan.rows import Group, PlanRow
from directory.playbooks import HomePlaybook, home_playbook, international_playbook
from directory.queries.contacts import main_contact

_COUNTS_EVERY_VICTIM = "It counts every victim and passes reports on to investigators."


def home_rows(file: CaseFile, contacts: Contacts) -> list[PlanRow]:
    """Everyone at home who should hear of the case, required and optional."""
    playbook = home_playbook(file.victim.country, file.victim.city, file.victim.region)
    required = [
        *((key, POLICE_WHY) for key in playbook.police),
        *((key, "The national desk for fraud where the victim lives.") for key in playbook.national_desks),
        *((key, _COUNTS_EVERY_VICTIM) for key in _for_every_victim(file)),
    ]
    optional = [
        *((key, "Another way to reach the same desk, or an emergency line.") for key in playbook.optional),
        *((key, "The regulator for investment fraud where the victim lives.") for key in _regulators(file, playbook)),
        *((key, "To know of, in the country where the victim lives.") for key in playbook.information),
    ]
    return [
        local_police_row(file),
        *(_row(contacts, key, why, optional=False) for key, why in required),
        *(_row(contacts, key, why, optional=True) for key, why in optional),
    ]


def _for_every_victim(file: CaseFile) -> tuple[str, ...]:
    playbook = international_playbook()
    at_home = state_of(file.victim.country) == "US"
    return playbook.for_every_victim if at_home else (*playbook.outside_us, *playbook.for_every_victim)


def _regulators(file: CaseFile, playbook: HomePlaybook) -> tuple[str, ...]:
    return playbook.investment_regulators if file.case.fraud_kind == FraudKind.INVESTMENT else ()


def _row(contacts: Contacts, key: str, why: str, *, optional: bool) -> PlanRow:
    agency = contacts.agency(key)
    return agency_row(agency, main_contact(agency), group=Group.HOME, why=why, optional=optional)
