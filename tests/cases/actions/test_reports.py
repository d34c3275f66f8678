"""What a member recorded of a report or of evidence: recorded once, in words that can be printed, and mended later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import AuditEntry, User
from cases.actions.evidence import add_evidence, describe_evidence
from cases.actions.reports import (
    correct_report,
    note_reference,
    record_letter_report,
    record_report,
    take_back_report,
)
from cases.actions.take_intake import take_intake
from cases.enums import Channel, Outcome
from cases.models import Case, Evidence, Report
from tests.desk import TODAY, Desk
from tests.intakes import minimal
from tests.people import AMARA, BJORN, CHIARA

DAY = date(2026, 11, 20)
FREE: dict[str, Any] = {"agency_name": "Sample Bank", "filed_on": DAY}
POLICE: dict[str, Any] = {"agency_key": "us-local-police", "agency_name": "Police of Sampleton", "filed_on": DAY}


@pytest.fixture
def bjorn(desk: Desk) -> User:
    return BJORN.sign_up()


@pytest.fixture
def case(desk: Desk, bjorn: User) -> Case:
    return take_intake(desk.read(minimal()), by=bjorn, today=TODAY)


def recorded(case: Case, by: User, **said: Any) -> Report:
    return record_report(case=case, by=by, **{"agency_key": "", **FREE, **said})


def of_our_letter(case: Case) -> Report:
    return record_letter_report(
        case=case,
        agency_key="us-ic3",
        agency_name="IC3",
        agency_kind="national_desk",
        channel=Channel.POST,
        on=DAY,
        by=None,
    )


def evidence(case: Case, by: User, description: str = "") -> Evidence:
    return add_evidence(case=case, name="chat.txt", data=b"what was agreed", description=description, by=by)


def last_entry() -> tuple[str, list[str]]:
    entry = AuditEntry.objects.order_by("number").last()
    assert entry
    return entry.verb, entry.fields


def test_the_same_words_twice_are_one_report_and_other_words_another(case: Case, bjorn: User) -> None:
    first = recorded(case, bjorn, station="Sampleton")
    assert recorded(case, bjorn, station=" Sampleton ") == first
    assert AuditEntry.objects.filter(verb="report.record").count() == 1
    assert recorded(case, bjorn, station="Elsewhere") != first
    assert recorded(case, bjorn, station="Elsewhere", agency_key="us-ic3").position == 2


def test_a_correction_takes_the_place_of_what_was_recorded_and_the_trail_names_what_changed(
    case: Case, bjorn: User
) -> None:
    report = recorded(case, bjorn, reference_number="W/16", station="Sampleton 🚓", officer="Officer Sample")
    said = FREE | {"agency_name": "Other Bank", "reference_number": "W/17", "outcome": Outcome.REFUSED, "station": ""}
    correct_report(report=report, by=bjorn, agency_kind="institution", **said)
    now = Report.objects.get()
    assert (now.agency_name, now.kind, now.reference_number, now.outcome, now.station) == (
        "Other Bank", "institution", "W/17", "refused", "",
    )  # fmt: skip
    assert last_entry() == ("report.correct", ["agency_name", "kind", "outcome", "reference_number", "station"])


def test_what_a_correction_does_not_say_stays_as_it_is_now(case: Case, bjorn: User) -> None:
    opened = recorded(case, bjorn, **POLICE)
    correct_report(report=opened, by=bjorn, reference_number="W/17", channel=Channel.PHONE, outcome=Outcome.REFUSED)
    correct_report(report=opened, by=bjorn, station="Sampleton")
    now = Report.objects.get()
    assert (now.reference_number, now.channel, now.outcome, now.station) == ("W/17", "phone", "refused", "Sampleton")
    assert last_entry() == ("report.correct", ["station"])


def test_nothing_else_of_a_report_can_be_corrected(case: Case, bjorn: User) -> None:
    with pytest.raises(TypeError):
        correct_report(report=recorded(case, bjorn), by=bjorn, agency_key="us-ic3")


def test_a_correction_that_says_the_same_is_none(case: Case, bjorn: User) -> None:
    correct_report(report=recorded(case, bjorn), by=bjorn, **FREE)
    assert last_entry() == ("report.record", [])


def test_the_agency_of_a_plans_row_stays_and_all_else_can_be_corrected(case: Case, bjorn: User) -> None:
    report = recorded(case, bjorn, **POLICE)
    with pytest.raises(ValidationError, match="The agency stays"):
        correct_report(report=report, by=bjorn, agency_name="Police of Elsewhere", filed_on=DAY)
    correct_report(report=report, by=bjorn, agency_name="Police of Sampleton", filed_on=DAY - timedelta(days=1))
    assert Report.objects.get().filed_on == DAY - timedelta(days=1)


def test_a_day_to_come_is_no_correction(case: Case, bjorn: User) -> None:
    with pytest.raises(ValidationError, match="still to come"):
        correct_report(
            report=recorded(case, bjorn), by=bjorn, **FREE | {"filed_on": timezone.localdate() + timedelta(days=1)}
        )


def test_a_report_that_is_taken_back_is_gone_and_the_trail_keeps_it(case: Case, bjorn: User) -> None:
    report = recorded(case, bjorn)
    take_back_report(report=report, by=bjorn)
    assert not Report.objects.exists()
    assert AuditEntry.objects.filter(verb="report.take_back", target_id=str(report.pk), actor=bjorn).exists()
    for act in (take_back_report, lambda **who: correct_report(**who, **FREE)):
        with pytest.raises(ValidationError, match="not on record any more"):
            act(report=Report(pk=report.pk, case=case), by=bjorn)


def test_of_a_report_that_our_letter_made_only_the_number_changes(case: Case, bjorn: User) -> None:
    report = of_our_letter(case)
    as_it_is: dict[str, Any] = {
        "agency_name": "IC3", "agency_kind": "national_desk", "channel": Channel.POST, "filed_on": DAY,
    }  # fmt: skip
    with pytest.raises(ValidationError, match="it stays on record"):
        take_back_report(report=report, by=bjorn)
    for change in ({"agency_name": "FTC"}, {"filed_on": date(2026, 11, 1)}, {"outcome": Outcome.REFUSED}):
        with pytest.raises(ValidationError, match="only its number can change"):
            correct_report(report=report, by=bjorn, **as_it_is | change)
    correct_report(report=report, by=bjorn, **as_it_is, reference_number="I-17")
    assert (Report.objects.get().reference_number, Report.objects.get().filed_on) == ("I-17", DAY)


def test_what_evidence_shows_is_said_anew_or_no_more(case: Case, bjorn: User) -> None:
    row = evidence(case, bjorn, "Screenshots of the scam website")
    describe_evidence(evidence=row, description=" Screenshots of the website ", by=bjorn)
    assert Evidence.objects.get().description == "Screenshots of the website"
    assert last_entry() == ("evidence.describe", ["description"])
    assert describe_evidence(evidence=row, description="\u200b", by=bjorn).description == ""


@pytest.mark.parametrize("text", ["two\nlines", "two\u2028lines", "a\u202eb", "a\u2066b", "\x07 a", "a \ufffe"])
def test_what_an_intake_refuses_in_a_text_is_refused_here(case: Case, bjorn: User, text: str) -> None:
    report, row = recorded(case, bjorn), evidence(case, bjorn)
    for field in ("agency_name", "reference_number", "outcome_reason", "station", "officer"):
        with pytest.raises(ValidationError, match="remove what cannot be printed"):
            recorded(case, bjorn, **{field: text})
        with pytest.raises(ValidationError, match="remove what cannot be printed"):
            correct_report(report=report, by=bjorn, **FREE | {field: text})
    with pytest.raises(ValidationError, match="remove what cannot be printed"):
        note_reference(report=report, reference_number=text, by=bjorn)
    with pytest.raises(ValidationError, match="remove what cannot be printed"):
        describe_evidence(evidence=row, description=text, by=bjorn)
    with pytest.raises(ValidationError, match="remove what cannot be printed"):
        evidence(case, bjorn, text)
    assert (Report.objects.get(), Evidence.objects.get().description) == (report, "")


def test_a_text_is_kept_as_an_intake_keeps_it(case: Case, bjorn: User) -> None:
    assert recorded(case, bjorn, station="Ko\u0308ln").station == "Köln"


def test_who_may_not_change_a_case_mends_nothing_in_it(desk: Desk, case: Case, bjorn: User) -> None:
    report, row = recorded(case, bjorn), evidence(case, bjorn)
    others = take_intake(desk.read(minimal(external_id="other")), by=AMARA.sign_up(), today=TODAY)
    theirs = recorded(others, User.objects.get(email=AMARA.email))
    for user, of in ((CHIARA.sign_up(), report), (bjorn, theirs)):
        with pytest.raises(PermissionDenied):
            correct_report(report=of, by=user, **FREE)
        with pytest.raises(PermissionDenied):
            take_back_report(report=of, by=user)
    with pytest.raises(PermissionDenied):
        describe_evidence(evidence=row, description="A picture.", by=User.objects.get(email=CHIARA.email))
    assert Report.objects.count() == 2
