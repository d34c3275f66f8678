"""Recording reports that this software made."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max

from accounts.actions.audit import record
from accounts.models import User
from cases.enums import Channel, Origin, ReportKind
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
    last = Report.objects.filter(case=case).aggregate(last=Max("position"))["last"]
    report = Report.objects.create(
        case=case,
        position=0 if last is None else last + 1,
        agency_key=agency_key,
        agency_name=agency_name,
        kind=agency_kind if agency_kind in set(ReportKind) else "",
        channel=channel.value if channel else "",
        filed_on=on,
        origin=Origin.LETTER.value,
    )
    record("report.file", by=by, target=report)
    return report
