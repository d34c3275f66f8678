"""Recording reports: those that a letter of ours made, and those of which a member learns."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import require
from cases.enums import Channel, Origin, Outcome, ReportKind
from cases.models import Case, Report


@transaction.atomic
def record_letter_report(
    *,
    case: Case,
    agency_key: str,
    agency_name: str,
    agency_kind: str,
    channel: Channel | None,
    on: date,
    by: User | None,
) -> Report:
    """Record that a letter of ours reached its agency's door on that day: the case's row of this filing.

    `agency_kind` is the directory's; what is none of a report's kinds is left empty, as is a channel
    that nobody knows. `by=None` means the outbox.
    """
    report = Report.objects.create(
        case=case,
        position=_next_position(case),
        agency_key=agency_key,
        agency_name=agency_name,
        kind=_kind(agency_kind),
        channel=channel.value if channel else "",
        filed_on=on,
        origin=Origin.LETTER.value,
    )
    record("report.file", by=by, target=report)
    return report


@transaction.atomic
def record_report(
    *,
    case: Case,
    agency_key: str,
    agency_name: str,
    filed_on: date,
    by: User,
    agency_kind: str = "",
    channel: Channel | None = None,
    reference_number: str = "",
    outcome: Outcome = Outcome.ACCEPTED,
    outcome_reason: str = "",
    station: str = "",
    officer: str = "",
) -> Report:
    """Record a report of which a member learned; the number is never refused because of its shape (PROCESS.md).

    `agency_key` is the plan's, or empty for a name that no directory has. A refusal is recorded and does not count as
    filed. Raises PermissionDenied, and ValidationError for a day to come or a missing name.
    """
    require(by, Verb.CASE_CHANGE, case)
    if filed_on > timezone.localdate():
        raise ValidationError({"filed_on": "This day is still to come."})
    if not agency_name.strip():
        raise ValidationError({"agency_name": "Say to whom it was reported."})
    report = Report.objects.create(
        case=case,
        position=_next_position(case),
        agency_key=agency_key,
        agency_name=agency_name.strip(),
        kind=_kind(agency_kind),
        channel=channel.value if channel else "",
        filed_on=filed_on,
        reference_number=reference_number.strip(),
        outcome=outcome.value,
        outcome_reason=outcome_reason.strip(),
        station=station.strip(),
        officer=officer.strip(),
        origin=Origin.MEMBER.value,
    )
    record("report.record", by=by, target=report)
    return report


@transaction.atomic
def note_reference(*, report: Report, reference_number: str, by: User) -> Report:
    """Keep the number that an agency gave to a report. Raises PermissionDenied, ValidationError without one."""
    require(by, Verb.CASE_CHANGE, report.case)
    if not reference_number.strip():
        raise ValidationError({"reference_number": "The number is missing."})
    report = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    report.reference_number = reference_number.strip()
    report.save(update_fields=["reference_number"])
    record("report.reference", by=by, target=report, fields=["reference_number"])
    return report


def _next_position(case: Case) -> int:
    last = Report.objects.filter(case=case).aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def _kind(agency_kind: str) -> str:
    return agency_kind if agency_kind in set(ReportKind) else ""
