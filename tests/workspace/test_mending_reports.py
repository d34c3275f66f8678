"""What was recorded in error is mended on the pages: reports of the plan and others, and what evidence shows."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions.evidence import add_evidence
from cases.models import Case, Evidence, Report
from letters.models import Dispatch
from tests.cases.admin.forms import controls
from tests.letters.outbox.counter import EMBASSY, Counter, document
from tests.workspace.conftest import SignedIn
from tests.workspace.test_report_page import address, do

POLICE = "us-local-police"
SAID = {"filed_on": "2026-11-20", "outcome": "accepted"}


def case_page(client: Client, case: Case) -> str:
    return client.get(reverse("workspace:cases_case_change", args=[case.pk])).content.decode()


def report_page(report: Report, door: str = "cases_case_report") -> str:
    return reverse(f"workspace:{door}", args=[report.case_id, report.pk])


def saved(client: Client, door: str, **typed: str) -> Any:
    """Open the page and send its form, as a browser does, with what was typed."""
    return client.post(door, controls(client.get(door)) | typed)


def problems(client: Client, case: Case) -> list[str]:
    """The problems on the embassy's page that lead to a report or a piece of evidence."""
    text = client.get(address(case)).content.decode()
    return re.findall(
        r'<a href="(/workspace/cases/case/[^"]*/(?:reports|evidence)/[^"]*)"', text.split("<h2>Consent")[0]
    )


def test_a_refusal_in_words_that_no_chinese_letter_may_have_leads_to_the_field_that_mends_it(
    counter: Counter, signed_in: SignedIn
) -> None:
    case, client = counter.case(document()), signed_in(counter.caseworker)
    assert not problems(client, case)
    do(client, case, "filed", POLICE, **SAID | {"outcome": "refused"}, outcome_reason="Just another scam.")
    report = Report.objects.get(case=case)
    assert problems(client, case) == [f"{report_page(report)}#id_outcome_reason-field"]
    assert problems(client, case)[0] in case_page(client, case)
    page = client.get(report_page(report)).content.decode()
    assert 'id="id_outcome_reason-field"' in page
    assert "Just another scam." in page
    saved(client, report_page(report), outcome_reason="A civil matter.")
    assert not problems(client, case)


def test_a_description_that_stops_letters_leads_to_where_it_is_changed(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document()), signed_in(counter.caseworker)
    one = add_evidence(case=case, name="a.txt", data=b"a", description="The scam website", by=counter.caseworker)
    door = reverse("workspace:cases_case_about", args=[case.pk, one.pk])
    assert problems(client, case) == [f"{door}#id_description-field"]
    assert door in case_page(client, case)
    assert 'id="id_description-field"' in client.get(door).content.decode()
    answer = saved(client, door, description="two\nlines")
    assert (answer.status_code, "remove what cannot be printed" in answer.content.decode()) == (422, True)
    assert saved(client, door, description="The website").status_code == 302
    assert Evidence.objects.get(case=case).description == "The website"
    assert not problems(client, case)


def test_where_two_reports_have_one_place_the_problem_leads_to_all(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document()), signed_in(counter.caseworker)
    for name in ("One", "Two"):
        Report.objects.create(case=case, agency_name=name, filed_on="2026-11-20", outcome_reason="A scam, they said.")
    panel = f"{reverse('workspace:cases_case_change', args=[case.pk])}#reports"
    assert f'<a href="{panel}">Reports</a>' in client.get(address(case)).content.decode()


def test_a_report_on_the_wrong_row_is_taken_back_and_the_row_is_to_do_again(
    counter: Counter, signed_in: SignedIn
) -> None:
    case, client = counter.case(document()), signed_in(counter.caseworker)
    do(client, case, "filed", EMBASSY, **SAID)
    report = Report.objects.get(case=case)
    assert report_page(report) in client.get(address(case)).content.decode()
    assert 'class="state good">Filed</span>' in client.get(address(case)).content.decode()
    assert client.get(report_page(report, "cases_case_report_back")).status_code == 405
    answer = client.post(report_page(report, "cases_case_report_back"), follow=True)
    assert "The report is taken back" in answer.content.decode()
    assert 'class="state good">Filed</span>' not in client.get(address(case)).content.decode()


def test_a_mistyped_number_can_be_corrected_or_taken_out(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document()), signed_in(counter.caseworker)
    do(client, case, "filed", POLICE, **SAID, reference_number="W/71")
    report = Report.objects.get(case=case)
    assert report_page(report) in client.get(address(case, agency=POLICE)).content.decode()
    for number in ("W/17", ""):
        assert saved(client, report_page(report), reference_number=number).status_code == 302
        report.refresh_from_db()
        assert (report.reference_number, report.agency_key) == (number, POLICE)


def test_what_a_colleague_entered_since_the_form_was_opened_stays(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document()), signed_in(counter.caseworker)
    do(client, case, "filed", POLICE, **SAID)
    report = Report.objects.get(case=case)
    mine = controls(client.get(report_page(report)))
    saved(client, report_page(report), reference_number="W/17", outcome="refused")
    refused = client.post(report_page(report), mine | {"station": "Sample\nton"})
    client.post(report_page(report), controls(refused) | {"station": "Sampleton"})
    report.refresh_from_db()
    assert (report.reference_number, report.outcome, report.station) == ("W/17", "refused", "Sampleton")


def test_what_a_colleague_said_of_evidence_stays_where_a_form_that_is_older_says_nothing_new(
    counter: Counter, signed_in: SignedIn
) -> None:
    case, client = counter.case(document()), signed_in(counter.caseworker)
    one = add_evidence(case=case, name="a.txt", data=b"a", description="A page", by=counter.caseworker)
    door = reverse("workspace:cases_case_about", args=[case.pk, one.pk])
    mine = controls(client.get(door))
    saved(client, door, description="The website")
    assert client.post(door, mine).status_code == 302
    assert Evidence.objects.get(case=case).description == "The website"


def test_a_correction_that_is_refused_comes_back_with_what_was_typed(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document()), signed_in(counter.caseworker)
    do(client, case, "filed", POLICE, **SAID)
    report = Report.objects.get(case=case)
    answer = saved(client, report_page(report), station="Sample\nton", officer="Officer Sample")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "That was not done" in text
    assert "a line break" in text
    assert "Officer Sample" in text
    report.refresh_from_db()
    assert report.officer == ""


def test_of_our_own_letters_report_the_page_changes_the_number_alone(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document()), signed_in(counter.caseworker)
    letter = counter.letters(case)[EMBASSY]
    do(client, case, "hand_over", document_sha256=letter.document_sha256, read="on")
    do(client, case, "sent", sent_on=timezone.localdate().isoformat())
    report = Dispatch.objects.get().report
    assert report
    text = client.get(report_page(report)).content.decode()
    assert "Take it back" not in text
    assert 'name="filed_on"' not in text
    refused = client.post(report_page(report, "cases_case_report_back"))
    assert (refused.status_code, "it stays on record" in refused.content.decode()) == (422, True)
    saved(client, report_page(report), reference_number="E-17", agency_name="Somebody", filed_on="2026-11-01")
    now = Report.objects.get(case=case)
    assert (now.reference_number, now.agency_name, now.filed_on) == ("E-17", report.agency_name, report.filed_on)


def test_a_report_to_an_agency_outside_the_plan_is_recorded_seen_and_mended(
    counter: Counter, signed_in: SignedIn
) -> None:
    case, client = counter.case(document()), signed_in(counter.caseworker)
    door = reverse("workspace:cases_case_reports", args=[case.pk])
    assert door in case_page(client, case)
    assert client.get(door).status_code == 200
    said = SAID | {"agency_name": "Sampleton Consumer Office", "agency_kind": "government", "reference_number": "C-9"}
    assert client.post(door, said).status_code == 302
    report = Report.objects.get(case=case)
    assert (report.agency_key, report.kind, report.origin) == ("", "government", "member")
    panel = re.split('id="(?:reports|evidence)"', case_page(client, case))[1]
    for words in ("Sampleton Consumer Office", "20 Nov 2026", "Taken", "C-9", report_page(report)):
        assert words in panel
    saved(client, report_page(report), agency_name="Sampleton Office")
    report.refresh_from_db()
    assert (report.agency_name, report.kind, report.reference_number) == ("Sampleton Office", "government", "C-9")


def test_a_name_that_the_directory_knows_is_the_directorys_agency(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document()), signed_in(counter.caseworker)
    client.post(reverse("workspace:cases_case_reports", args=[case.pk]), SAID | {"agency_name": "ic3"})
    assert Report.objects.get(case=case).agency_key == "us-ic3"


def test_every_report_stands_in_the_panel_in_order(counter: Counter, signed_in: SignedIn) -> None:
    earlier = [{"agency": f"Office {n}", "filed_on": f"2026-01-0{n}"} for n in (3, 1, 2)]
    case = counter.case(document(reports=earlier))
    panel = re.split('id="(?:reports|evidence)"', case_page(signed_in(counter.caseworker), case))[1]
    assert re.findall(r"<bdi>(Office \d)</bdi>", panel) == ["Office 3", "Office 1", "Office 2"]


def test_a_page_says_where_a_file_would_bring_it_again(counter: Counter, signed_in: SignedIn) -> None:
    brought = document(reports=[{"agency": "Office", "filed_on": "2026-01-01"}])
    case, client = counter.case(brought), signed_in(counter.caseworker)
    do(client, case, "filed", POLICE, **SAID)
    ours = add_evidence(case=case, name="a.txt", data=b"a", description="A page", by=counter.caseworker)
    theirs = Evidence.objects.create(case=case, position=9, sha256="0" * 64, size=1, original_name="b", origin="intake")
    about = [reverse("workspace:cases_case_about", args=[case.pk, one.pk]) for one in (ours, theirs)]
    reports = [report_page(Report.objects.get(origin=origin)) for origin in ("member", "intake")]
    for by_a_member, by_a_file in (about, reports):
        assert "have the file corrected too" not in client.get(by_a_member).content.decode()
        assert "have the file corrected too" in client.get(by_a_file).content.decode()


def test_a_report_of_another_case_is_not_there(counter: Counter, signed_in: SignedIn) -> None:
    case, other = counter.case(document()), counter.case(document(2))
    report = Report.objects.create(case=other, agency_name="Police", filed_on="2026-11-20")
    client = signed_in(counter.caseworker)
    for door in ("cases_case_report", "cases_case_report_back"):
        assert client.post(reverse(f"workspace:{door}", args=[case.pk, report.pk]), SAID).status_code == 404
    other.assignments.all().delete()
    assert client.get(report_page(report)).status_code == 404
    assert Report.objects.filter(pk=report.pk).exists()
