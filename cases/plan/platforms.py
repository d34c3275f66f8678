"""Optional rows: the platform or exchange that an identifier or a transfer names."""

from __future__ import annotations

from cases.case_file import CaseFile
from cases.enums import IdentifierKind
from cases.plan.agencies import agency_row
from cases.plan.contacts import Contacts
from cases.plan.rows import Group, PlanRow
from directory.playbooks import platform_agency
from directory.queries.contacts import main_contact

# Of these the value itself is a name: the app Tinder, the company Binance.
_NAMED_BY_VALUE = (IdentifierKind.APP, IdentifierKind.COMPANY_NAME)


def platform_rows(file: CaseFile, contacts: Contacts) -> list[PlanRow]:
    """One optional row for each platform of the directory that the facts name."""
    keys = dict.fromkeys(key for name in _names(file) if (key := platform_agency(name)))
    return [_row(contacts, key) for key in keys]


def _names(file: CaseFile) -> list[str]:
    names = [file.case.first_contact_service]
    for identifier in file.identifiers:
        names += [identifier.service, identifier.canonical_service, identifier.registrable_domain]
        names += [identifier.value] * (identifier.kind in _NAMED_BY_VALUE)
    for transfer in file.transfers:
        names += [transfer.from_institution, transfer.to_institution]
    return [name for name in names if name]


def _row(contacts: Contacts, key: str) -> PlanRow:
    agency = contacts.agency(key)
    why = "The facts name it: it can close the account and keep the records."
    return agency_row(agency, main_contact(agency), group=Group.HOME, why=why, optional=True)
