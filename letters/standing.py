"""Where each report of a plan stands: its status, the first that applies, and its problems."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from accounts.models import Organization
from cases.case_file import CaseFile
from cases.plan import Plan, PlanRow
from cases.plan.foreign import state_of
from cases.plan.reported import filed_report, institution_reference
from letters.checks import Problem, check_report
from letters.enums import ReportStatus, Severity
from letters.facts import LetterFacts
from letters.gathering import gather
from letters.models import Letter


@dataclass(frozen=True, slots=True)
class Standing:
    """One row of the plan with its status. `facts` is None where no letter is to be made."""

    row: PlanRow
    status: ReportStatus
    problems: tuple[Problem, ...] = ()
    reference_number: str | None = None
    facts: LetterFacts | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A report of the plan and its letter; None where the status has no document."""

    standing: Standing
    letter: Letter | None


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every report of one case is judged with."""

    file: CaseFile
    plan: Plan
    organization: Organization
    proper_names: Collection[str]
    today: date


def standings(
    file: CaseFile, plan: Plan, organization: Organization, *, proper_names: Collection[str], today: date
) -> tuple[Standing, ...]:
    """Every row of the plan with its status, in the order of the plan."""
    desk = _Desk(file, plan, organization, proper_names, today)
    return tuple(_standing(desk, row) for row in plan.rows)


def _standing(desk: _Desk, row: PlanRow) -> Standing:
    if row.information:
        return Standing(row, ReportStatus.INFORMATION)
    filed, reference = _filed(desk.file, row)
    if filed:
        return Standing(row, ReportStatus.FILED, reference_number=reference)
    status = status_without_rules(desk.file, row)
    facts = gather(desk.file, row, desk.organization, draft=status != ReportStatus.READY, on=desk.today)
    problems = check_report(desk.file, row, desk.plan.nexus, facts, proper_names=desk.proper_names, today=desk.today)
    if any(problem.severity == Severity.ERROR for problem in problems):
        return Standing(row, ReportStatus.BLOCKED, problems)
    return Standing(row, status, problems, facts=facts)


def status_without_rules(file: CaseFile, row: PlanRow) -> ReportStatus:
    """The status of a report that is to do and breaks no rule."""
    if supervisor_reasons(file, row):
        return ReportStatus.NEEDS_SUPERVISOR
    if row.sent_by_us and file.consent_for(row.key) is None:
        return ReportStatus.AWAITING_CONSENT
    return ReportStatus.READY


def supervisor_reasons(file: CaseFile, row: PlanRow) -> tuple[str, ...]:
    """Why a supervisor has to release this report; empty where a caseworker may."""
    case = file.case
    reasons = (
        (bool(row.supervised), row.supervised),
        (case.life_at_risk, "A life is at risk."),
        (case.no_dispatch_without_supervisor, "The case says that a supervisor releases every report."),
        (case.legal_advice_first, "The victim may incriminate themselves: legal advice comes first."),
        (file.held, "The person is held and forced to defraud others."),
        (_is_tied(file, row), "The victim has ties to the recipient's state."),
    )
    return tuple(reason for applies, reason in reasons if applies)


def _is_tied(file: CaseFile, row: PlanRow) -> bool:
    """A tie that was named, or another state's nationality, which is one whether it was named or not."""
    home = state_of(file.victim.country)
    nationalities = {state_of(code) for code in file.victim.nationalities} - {home}
    return bool(row.state) and state_of(row.state) in nationalities | {state_of(tie) for tie in file.case.ties_to or ()}


def _filed(file: CaseFile, row: PlanRow) -> tuple[bool, str | None]:
    report = filed_report(row, file)
    if report:
        return True, report.reference_number or None
    reference = institution_reference(row, file)
    return reference is not None, reference or None
