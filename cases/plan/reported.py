"""Which reports of the file belong to which row of the plan, and the rows that only a report brings in."""

from __future__ import annotations

from datetime import date

from cases.case_file import CaseFile, counts_as_filed
from cases.models import Report
from cases.plan.agencies import agency_row
from cases.plan.china import opens_china
from cases.plan.contacts import Contacts
from cases.plan.foreign import state_of
from cases.plan.institutions import payments_through
from cases.plan.police import is_local_police, local_police_key
from cases.plan.rows import CHINESE_STATE, Group, PlanRow
from cases.triage import Nexus
from directory.enums import AgencyKind
from directory.queries.contacts import main_contact


def filed_report(row: PlanRow, file: CaseFile) -> Report | None:
    """The latest report to this row's agency that was not refused, one with a number first."""
    matching = [report for report in reports_to(row, file) if counts_as_filed(report)]
    return max(matching, key=lambda r: (bool(r.reference_number), r.filed_on), default=None)


def reports_to(row: PlanRow, file: CaseFile) -> list[Report]:
    """Every report to this row's agency, refusals included."""
    return [report for report in file.reports if _belongs(report, row, file)]


def institution_reference(row: PlanRow, file: CaseFile) -> str | None:
    """The institution's reference once it was told of every payment through it; None while one is open."""
    payments = payments_through(file, row.key)
    if not payments or not all(payment.informed_on for payment in payments):
        return None
    latest = max(payments, key=lambda p: (bool(p.informed_reference), p.informed_on or date.min))
    return latest.informed_reference


def reported_rows(file: CaseFile, nexus: Nexus, contacts: Contacts) -> list[PlanRow]:
    """Rows of the directory's agencies that the victim has reported to already, planned or not."""
    found = [(report, contacts.find(report.agency_key)) for report in file.reports if report.agency_key]
    rows = []
    for report, agency in found:
        if (
            agency is None
            or agency.kind == AgencyKind.MISSION
            or (agency.country in CHINESE_STATE and not opens_china(file, nexus))
        ):
            continue
        home = not agency.country or state_of(agency.country) == state_of(file.victim.country)
        group = Group.HOME if home else Group.ABROAD
        why = f"The victim reported there on {report.filed_on}."
        rows.append(agency_row(agency, main_contact(agency), group=group, why=why, optional=True))
    return rows


def _belongs(report: Report, row: PlanRow, file: CaseFile) -> bool:
    if row.key == local_police_key(file.victim.country):
        return is_local_police(report, file.victim.country)
    return report.agency_key == row.key
