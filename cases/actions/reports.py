"""Recording reports, those of our letters and those of which a member learns; correcting them, taking them back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import require
from cases.actions.former import take_out
from cases.actions.texts import kept_texts
from cases.enums import Channel, Origin, Outcome, ReportKind
from cases.models import Case, Report

_TEXTS = ("agency_name", "reference_number", "outcome_reason", "station", "officer")


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
    filed. The same words again, as by a second click, are the same report. Raises PermissionDenied, and
    ValidationError for a day to come, a missing name or what cannot be printed.
    """
    require(by, Verb.CASE_CHANGE, case)
    said = _said(
        agency_name=agency_name,
        agency_kind=agency_kind,
        channel=channel,
        filed_on=filed_on,
        reference_number=reference_number,
        outcome=outcome,
        outcome_reason=outcome_reason,
        station=station,
        officer=officer,
    )
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)  # the second of two clicks sees the first one's report
    words = {"agency_key": agency_key, "origin": Origin.MEMBER.value, **said}
    if known := Report.objects.filter(case=case, **words).first():
        return known
    report = Report.objects.create(case=case, position=_next_position(case), **words)
    record("report.record", by=by, target=report)
    return report


@transaction.atomic
def correct_report(*, report: Report, by: User, **said: Any) -> Report:
    """Put what is said now in the place of what was recorded; the trail keeps the names of what changed.

    `said` are the arguments of `record_report` that change; the rest stays as it is on record now, whoever recorded it
    meanwhile. The agency stays, unless a free name says it; of a report that our own letter made only the number can
    change. Raises PermissionDenied, and ValidationError as `record_report` does and where something stays.
    """
    require(by, Verb.CASE_CHANGE, report.case)
    report = _locked(report)
    now = _said(**_recorded(report) | said)
    touched = ["kind" if name == "agency_kind" else name for name in said]
    changed = [column for column in touched if getattr(report, column) != now[column]]
    _require_open(report, changed)
    if changed:
        for column in changed:
            setattr(report, column, now[column])
        report.save(update_fields=changed)
        record("report.correct", by=by, target=report, fields=changed)
    return report


@transaction.atomic
def take_back_report(*, report: Report, by: User) -> None:
    """Take out a report that was recorded by mistake; the trail keeps that it was there.

    Raises PermissionDenied, and ValidationError for a report that our own letter made.
    """
    require(by, Verb.CASE_CHANGE, report.case)
    Case.objects.select_for_update(no_key=True).get(pk=report.case_id)  # before the trail, as whoever changes the case
    report = _locked(report)
    if report.origin == Origin.LETTER:
        raise ValidationError("A letter that went out from here made this report: it stays on record.")
    record("report.take_back", by=by, target=report)
    take_out(Report.objects.filter(pk=report.pk))


@transaction.atomic
def note_reference(*, report: Report, reference_number: str, by: User) -> Report:
    """Keep the number that an agency gave to a report.

    Raises PermissionDenied, and ValidationError without one or where it cannot be printed.
    """
    require(by, Verb.CASE_CHANGE, report.case)
    number = kept_texts({"reference_number": reference_number})["reference_number"]
    if not number:
        raise ValidationError({"reference_number": "The number is missing."})
    report = _locked(report)
    report.reference_number = number
    report.save(update_fields=["reference_number"])
    record("report.reference", by=by, target=report, fields=["reference_number"])
    return report


def _said(
    *, filed_on: date, agency_kind: str, channel: Channel | None, outcome: Outcome, **texts: str
) -> dict[str, Any]:
    """What a report says, by the names of its columns. Raises ValidationError with a message for each field."""
    if filed_on > timezone.localdate():
        raise ValidationError({"filed_on": "This day is still to come."})
    if unknown := set(texts) - set(_TEXTS):
        raise TypeError(f"a report says no {min(unknown)}")
    kept = kept_texts(texts)
    if not kept["agency_name"]:
        raise ValidationError({"agency_name": "Say to whom it was reported."})
    return {
        "filed_on": filed_on,
        "kind": _kind(agency_kind),
        "channel": channel.value if channel else "",
        "outcome": outcome.value,
        **kept,
    }


def _recorded(report: Report) -> dict[str, Any]:
    """What is on record, by the arguments of `record_report`."""
    return {
        "filed_on": report.filed_on,
        "agency_kind": report.kind,
        "channel": Channel(report.channel) if report.channel else None,
        "outcome": Outcome(report.outcome),
        **{name: getattr(report, name) for name in _TEXTS},
    }


def _locked(report: Report) -> Report:
    """The report as it is now. Raises ValidationError where somebody took it back meanwhile."""
    found = Report.objects.select_for_update().filter(pk=report.pk).first()
    if found is None:
        raise ValidationError("This report is not on record any more. Look at the case again.")
    return found


def _require_open(report: Report, changed: Collection[str]) -> None:
    """Raise ValidationError where one of these stays as it is."""
    if report.origin == Origin.LETTER and set(changed) - {"reference_number"}:
        raise ValidationError("A letter that went out from here made this report: only its number can change.")
    if report.agency_key and {"agency_name", "kind"} & set(changed):
        raise ValidationError("The agency stays. Take this report back, and record it with the other agency.")


def _next_position(case: Case) -> int:
    last = Report.objects.filter(case=case).aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def _kind(agency_kind: str) -> str:
    return agency_kind if agency_kind in set(ReportKind) else ""
