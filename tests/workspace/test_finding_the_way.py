"""A newcomer finds the way: from the plan to the act, from a problem to its field, from a refusal to what lacks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Organization, PlatformRole, User
from accounts.roles import PlatformDuty, Role
from cases.admin import trail as trails
from cases.admin.facts_form.places import place_of
from cases.case_file import read_case_file
from cases.models import FormerPart, Report
from letters.admin.trail import WORDS
from letters.admin.words import dispatch_words, next_step
from letters.enums import Carrier, DispatchState
from letters.models import Dispatch
from letters.reports import CaseReport, Step
from tests.letters.outbox.counter import EMBASSY, Counter, document
from tests.workspace.conftest import SignedIn
from tests.workspace.test_report_page import CONSENT, PARTICULARS, address, do

Member = Callable[..., User]


def test_every_panel_of_a_case_is_on_its_page(counter: Counter, signed_in: SignedIn) -> None:
    case = counter.case(document())
    text = signed_in(counter.director).get(reverse("workspace:cases_case_change", args=[case.pk])).content.decode()
    found = re.findall(r'<section class="panel" id="(\w+)"', text)
    assert found == ["plan", "screening", "facts", "reports", "evidence", "people", "ties", "audit"]


def test_the_next_step_leads_to_the_part_of_the_page_where_it_is_done(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document() | {"consents": []}), signed_in(counter.caseworker)
    plan = client.get(reverse("workspace:cases_case_change", args=[case.pk])).content.decode()
    assert f'href="{address(case)}#consent"' in plan
    assert 'id="consent"' in client.get(address(case)).content.decode()


@pytest.mark.parametrize("step", Step)
def test_every_step_has_words_and_those_that_wait_for_nobody_lead_nowhere(step: Step) -> None:
    class Report(CaseReport):
        @property
        def step(self) -> Step:
            return step

    words = next_step(Report(None))  # type: ignore[arg-type]  # only the step is asked
    assert words.words
    assert (words.part == "") == (step in (Step.KNOW, Step.MAKING, Step.WAIT, Step.DONE))


def test_a_problem_leads_to_the_field_that_mends_it(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document(fraud__impact__emotional="It was a scam.")), signed_in(counter.caseworker)
    form = reverse("workspace:cases_case_facts", args=[case.pk])
    link = f'{form}#id_fraud.impact.emotional-field">What it did to them</a>'
    assert link in client.get(address(case)).content.decode()
    assert 'id="id_fraud.impact.emotional-field"' in client.get(form).content.decode()


def test_a_place_in_a_list_names_its_row_also_where_the_file_had_one_twice(
    counter: Counter, signed_in: SignedIn
) -> None:
    many = [{"kind": "website", "value": f"https://{one}.example"} for one in "aab"]
    case = counter.case(document(identifiers=many))
    place = place_of("identifiers.2.value", read_case_file(case.pk))
    assert place
    assert (place.label, place.element) == (
        "Identifier 2, Link, address, number or name",
        "id_identifiers-1-value-field",
    )
    form = signed_in(counter.caseworker).get(reverse("workspace:cases_case_facts", args=[case.pk])).content.decode()
    assert f'id="{place.element}"' in form
    assert place_of("identifiers.1.value", read_case_file(case.pk)) is None


@pytest.mark.parametrize("path", ["(directory)", "triage", "consents.0.withhold", "identifiers", "transfers.x.amount"])
def test_what_the_form_does_not_have_leads_nowhere(counter: Counter, path: str) -> None:
    assert place_of(path, read_case_file(counter.case(document()).pk)) is None


def test_a_refusal_stands_on_top_with_the_way_to_its_field_and_in_the_title(
    counter: Counter, signed_in: SignedIn
) -> None:
    case = counter.case(document() | {"consents": []})
    text = do(signed_in(counter.caseworker), case, "consent", **(CONSENT | {"signed_as": ""}), **PARTICULARS)
    assert "<title>To mend: " in text
    assert re.search(r'<a href="#id_consent-signed_as-field">Signed as</a>:\s+This field is required.', text)
    assert 'id="id_consent-signed_as-field"' in text
    assert re.search(r'role="alert"\s+tabindex="-1"\s+autofocus', text)


def test_titles_of_a_cases_pages_differ(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document()), signed_in(counter.director)
    names = ("change", "facts", "evidence", "history")
    pages = [*(reverse(f"workspace:cases_case_{name}", args=[case.pk]) for name in names), address(case)]
    titles = [
        title for page in pages for title in re.findall("<title>(.*?)</title>", client.get(page).content.decode())
    ]
    assert len(titles) == len(pages)
    assert len(set(titles)) == len(titles)
    assert all(case.number in title for title in titles)


def test_reports_belong_to_cases_in_the_navigation(counter: Counter, signed_in: SignedIn) -> None:
    text = signed_in(counter.caseworker).get(address(counter.case(document()))).content.decode()
    assert re.search(r'aria-current="page"\s*>Cases</a>', text)


def test_a_curator_begins_with_a_way_into_the_directory(counter: Counter, signed_in: SignedIn) -> None:
    curator = User.objects.create_user("curator@example.org", name="Carla Curator")
    PlatformRole.objects.create(user=curator, duty=PlatformDuty.CURATOR.value)
    assert "Open the directory" in signed_in(curator).get("/workspace/").content.decode()


def test_the_trail_of_a_case_tells_of_its_letters_and_consents_too(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document() | {"consents": []}), signed_in(counter.caseworker)
    do(client, case, "consent", **CONSENT, **PARTICULARS)
    client = signed_in(counter.director)
    trail = client.get(reverse("workspace:cases_case_history", args=[case.pk])).content.decode()
    assert "Consent recorded" in trail
    assert EMBASSY in trail
    assert "Case opened" in trail
    panel = client.get(reverse("workspace:cases_case_change", args=[case.pk])).content.decode()
    assert "Consent recorded" in panel
    assert "Case opened" not in panel


def test_a_long_trail_says_so_and_goes_on_to_its_beginning(
    counter: Counter, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trails, "LONGEST", 3)
    case, client = counter.case(document()), signed_in(counter.director)
    page = reverse("workspace:cases_case_history", args=[case.pk])
    for _reading in range(3):
        client.get(page)
    text = client.get(page).content.decode()
    assert "Here are 3 of them" in text
    assert "Case taken in" not in text
    seen = len(re.findall('<td data-label="What">', text))
    while older := re.search(r'href="(\?before=\d+)"', text):
        text = client.get(f"{page}{older[1]}").content.decode()
        seen += len(re.findall('<td data-label="What">', text))
    assert "Case taken in" in text
    assert "The latest ones" in text
    assert seen == 5
    assert client.get(f"{page}?before=x").status_code == 200


def test_the_trail_speaks_of_what_was_replaced_or_taken_back(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document() | {"consents": []}), signed_in(counter.caseworker)
    do(client, case, "consent", **CONSENT, **PARTICULARS)
    do(client, case, "consent", **CONSENT, **PARTICULARS)
    do(client, case, "filed", "us-local-police", filed_on="2026-11-20", outcome="accepted")
    report = Report.objects.get(case=case)
    client.post(reverse("workspace:cases_case_report_back", args=[case.pk, report.pk]))
    text = signed_in(counter.director).get(reverse("workspace:cases_case_history", args=[case.pk])).content.decode()
    assert text.count("Consent recorded") == 2
    assert text.count("Report recorded") == text.count("Report taken back") == 1
    assert text.count(">us-local-police<") == 2


def test_the_trail_speaks_of_what_a_later_file_replaced(counter: Counter, signed_in: SignedIn) -> None:
    earlier = {"agency": "Office", "filed_on": "2026-01-03"}
    case, client = counter.case(document(reports=[earlier])), signed_in(counter.caseworker)
    page = reverse("workspace:cases_case_report", args=[case.pk, Report.objects.get(case=case).pk])
    client.post(page, {"agency_name": "Office", "filed_on": "2026-01-03", "outcome": "accepted", "station": "Main"})
    counter.case(document(reports=[earlier], fraud__impact__emotional="I can hardly sleep."))
    text = signed_in(counter.director).get(reverse("workspace:cases_case_history", args=[case.pk])).content.decode()
    assert "Report corrected" in text
    assert FormerPart.objects.count() == 1


def test_another_cases_acts_are_not_in_the_trail(counter: Counter, signed_in: SignedIn, member: Member) -> None:
    case, other = counter.case(document() | {"consents": []}), counter.case(document(7) | {"consents": []})
    do(signed_in(counter.caseworker), other, "consent", **CONSENT, **PARTICULARS)
    client = signed_in(member(Role.SUPERVISOR))
    trail = client.get(reverse("workspace:cases_case_history", args=[case.pk])).content.decode()
    assert "Consent recorded" not in trail


def test_the_tile_of_cases_that_nobody_works_on_leads_to_just_these(counter: Counter, signed_in: SignedIn) -> None:
    mine, nobodys = counter.case(document()), counter.case(document(7))
    nobodys.assignments.all().delete()
    client = signed_in(counter.director)
    link = re.search(r'href="([^"]*whose=nobody)"', client.get("/workspace/").content.decode())
    assert link
    text = client.get(link.group(1)).content.decode()
    assert nobodys.number in text
    assert mine.number not in text


def test_the_list_is_narrowed_by_kind_in_the_words_of_the_form(counter: Counter, signed_in: SignedIn) -> None:
    case = counter.case(document(fraud__kind="romance"))
    client, cases = signed_in(counter.caseworker), reverse("workspace:cases_case_changelist")
    assert "Held, and forced to defraud others" in client.get(cases).content.decode()
    assert case.number in client.get(cases, {"fraud_kind": "romance"}).content.decode()
    assert case.number not in client.get(cases, {"fraud_kind": "loan"}).content.decode()


def test_a_page_that_is_not_there_leads_members_to_the_workspace_and_others_to_the_start(
    client: Client, counter: Counter, signed_in: SignedIn
) -> None:
    assert "To the workspace" in signed_in(counter.caseworker).get("/nowhere/").content.decode()
    assert "To the start page" in client.get("/nowhere/").content.decode()


def test_a_country_of_a_tie_is_named(counter: Counter, signed_in: SignedIn) -> None:
    case = counter.case(document(safety__ties_to=["CN"]))
    text = signed_in(counter.caseworker).get(reverse("workspace:cases_case_change", args=[case.pk])).content.decode()
    assert "Ties to China" in text


@pytest.mark.usefixtures("counter")
def test_paper_waits_for_the_post_and_in_no_queue_of_ours() -> None:
    queued = {"state": DispatchState.QUEUED.value}
    assert dispatch_words(Dispatch(carrier=Carrier.POST.value, **queued)).text == "To be posted"
    assert dispatch_words(Dispatch(carrier=Carrier.EMAIL.value, **queued)).text == "Queued"


def test_the_reason_for_stopping_a_letter_is_read_again(counter: Counter, signed_in: SignedIn) -> None:
    Organization.objects.filter(pk=counter.organization.pk).update(holding_hours=24)
    dispatch = counter.released()
    assert dispatch.state == "held"
    client = signed_in(counter.caseworker)
    do(client, dispatch.case, "cancel", reason="The victim asked for a day to think.")
    assert "The victim asked for a day to think." in client.get(address(dispatch.case)).content.decode()


def test_whatever_becomes_of_a_letter_the_trail_has_words_for_it() -> None:
    outcomes = "accepted cancelled deferred failed posted queued uncertain victim_sent".split()
    assert {f"dispatch.{outcome}" for outcome in outcomes} <= set(WORDS)
