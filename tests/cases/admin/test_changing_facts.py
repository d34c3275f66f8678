"""The facts of a case in the form: what is opened and saved untouched changes nothing, whoever works beside one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from accounts.models import AuditEntry
from cases.actions.facts import change_facts
from cases.actions.take_intake import take_intake
from cases.case_file import read_case_file
from cases.intake_document import facts_document
from cases.models import Case
from tests.cases.admin.conftest import signed_in
from tests.cases.admin.forms import controls
from tests.cases.intake.samples import FULL
from tests.desk import TODAY, Desk
from tests.intakes import CASES, Document, minimal
from tests.people import AMARA, BJORN

PAYMENT = {"amount": "100", "currency": "USD", "mechanism": "cash", "sent_on": "2026-01-02"}


def case_of_bjorn(desk: Desk, document: Document) -> UUID:
    return take_intake(desk.read(document), by=BJORN.sign_up(), today=TODAY).pk


def facts(case_id: UUID) -> Document:
    return facts_document(read_case_file(case_id))


def url(case_id: UUID) -> str:
    return f"/workspace/cases/case/{case_id}/facts/"


def saved(client: Client, case_id: UUID, **changes: str) -> Any:
    return client.post(url(case_id), {**controls(client.get(url(case_id))), **changes}, follow=True)


@pytest.mark.parametrize("path", [*sorted(CASES.glob("*.json")), FULL], ids=lambda path: path.stem)
def test_opening_and_saving_changes_nothing(desk: Desk, bjorn: Client, path: Path) -> None:
    document = json.loads(path.read_text())
    for part in ("reports", "evidence", "consents", "purposes"):
        document.pop(part, None)
    case_id = case_of_bjorn(desk, document)
    before = Case.objects.get(pk=case_id)
    answer = saved(bjorn, case_id)
    assert "Nothing was different" in answer.content.decode()
    assert Case.objects.get(pk=case_id).updated_at == before.updated_at
    assert not AuditEntry.objects.filter(verb="case.change").exists()


def test_what_is_changed_is_changed_and_nothing_else(desk: Desk, bjorn: Client) -> None:
    document = minimal(transfers=[PAYMENT, {**PAYMENT, "amount": "7"}], safety={"ties_to": ["CN"]})
    case_id = case_of_bjorn(desk, document)
    before = facts(case_id)
    answer = saved(bjorn, case_id, **{"transfers-1-amount": "8", "victim.address.city": "Boston"})
    assert "The facts are changed." in answer.content.decode()
    before["transfers"][1]["amount"] = "8"
    before["victim"]["address"]["city"] = "Boston"
    assert facts(case_id) == before
    assert AuditEntry.objects.get(verb="case.change").fields == ["transfers", "victim.address.city"]


def test_a_row_that_is_marked_is_taken_out(desk: Desk, bjorn: Client) -> None:
    case_id = case_of_bjorn(desk, minimal(transfers=[PAYMENT, {**PAYMENT, "amount": "7"}]))
    saved(bjorn, case_id, **{"transfers-0-DELETE": "on"})
    assert [row["amount"] for row in facts(case_id)["transfers"]] == ["7"]


def test_a_problem_comes_back_with_what_was_typed_and_the_moment_of_opening(desk: Desk, bjorn: Client) -> None:
    case_id = case_of_bjorn(desk, minimal())
    data = {**controls(bjorn.get(url(case_id))), "victim.email": "nobody"}
    answer = bjorn.post(url(case_id), data)
    assert answer.status_code == 422
    again = controls(answer)
    assert (again["victim.email"], again["seen"]) == ("nobody", data["seen"])
    assert facts(case_id)["victim"]["email"] == "margaret.testperson@example.org"


def test_what_a_colleague_saved_meanwhile_is_not_overwritten_and_what_was_typed_is_kept(
    desk: Desk, bjorn: Client
) -> None:
    case_id = case_of_bjorn(desk, minimal())
    data = {**controls(bjorn.get(url(case_id))), "victim.address.city": "Boston"}
    case = Case.objects.get(pk=case_id)
    change_facts(case=case, intake=desk.read(minimal(fraud__kind="loan")), seen=case.updated_at, by=AMARA.sign_up())
    answer = bjorn.post(url(case_id), data)
    assert answer.status_code == 422
    assert "Somebody changed this case while your form was open." in answer.content.decode()
    assert controls(answer)["victim.address.city"] == "Boston"
    assert (facts(case_id)["fraud"]["kind"], facts(case_id)["victim"]["address"]["city"]) == ("loan", "Worcester")


def test_a_form_without_its_moment_is_refused(desk: Desk, bjorn: Client) -> None:
    case_id = case_of_bjorn(desk, minimal())
    data = controls(bjorn.get(url(case_id)))
    for seen in ("", "yesterday", "2026-13-41T99:00:00Z"):
        assert bjorn.post(url(case_id), {**data, "seen": seen}).status_code == 400


def test_another_row_stores_nothing(desk: Desk, bjorn: Client) -> None:
    case_id = case_of_bjorn(desk, minimal())
    answer = saved(bjorn, case_id, add="fraud.timeline", **{"victim.address.city": "Boston"})
    assert controls(answer)["fraud.timeline-TOTAL_FORMS"] == "2"
    assert facts(case_id)["victim"]["address"]["city"] == "Worcester"


def test_a_case_that_is_not_open_is_not_there_for_anybody_by_reading_or_writing(
    desk: Desk, bjorn: Client, chiara: Client, emeka: Client
) -> None:
    theirs = take_intake(desk.read(minimal()), by=AMARA.sign_up(), today=TODAY).pk
    for client in (bjorn, chiara, emeka):
        for case_id in (theirs, uuid4()):
            assert client.get(url(case_id)).status_code == 404
            assert client.post(url(case_id), {}).status_code == 404
    assert signed_in(AMARA)[0].get(url(theirs)).status_code == 200


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("T-7", "take it in again with the same number (T-7)"),
        (None, "taken in again, it would make a second case"),
    ],
)
def test_a_list_too_long_for_a_form_sends_to_the_file_where_that_makes_no_second_case(
    desk: Desk, bjorn: Client, monkeypatch: pytest.MonkeyPatch, number: str | None, words: str
) -> None:
    case_id = case_of_bjorn(desk, minimal(external_id=number, transfers=[PAYMENT] * 3))
    monkeypatch.setattr("cases.admin.changing_facts.MAX_ROWS", 2)
    answer = bjorn.get(url(case_id), follow=True)
    assert answer.redirect_chain
    page = answer.content.decode()
    assert "too many for a form" in page
    assert words in page
    assert ("take it in again with" in page) is (number is not None)


def test_what_was_given_is_kept_with_its_spaces_and_its_codes_of_languages(desk: Desk, bjorn: Client) -> None:
    document = minimal(
        victim__full_name="Margaret  Testperson ",
        fraud__impact={"emotional": "\n  I cannot sleep.\n", "financial": " all of it "},
        triage={"offender_spoke": ["EN", "tha", "lao", "Lao", "zh-Hans"]},
        identifiers=[{"kind": "other", "value": " leading", "note": "trailing "}],
        transfers=[{**PAYMENT, "reference": " 77 ", "to_name": " Ann "}],
    )
    case_id = case_of_bjorn(desk, document)
    before = facts(case_id)
    assert "Nothing was different" in saved(bjorn, case_id).content.decode()
    saved(bjorn, case_id, **{"victim.address.city": "Boston"})
    before["victim"]["address"]["city"] = "Boston"
    assert facts(case_id) == before


def test_spaces_alone_say_nothing_and_around_an_amount_they_are_a_slip(desk: Desk, bjorn: Client) -> None:
    case_id = case_of_bjorn(desk, minimal(transfers=[PAYMENT]))
    changes = {"transfers-0-amount": " 8 ", "transfers-0-to_name": "  ", "victim.email": " m@example.org "}
    assert "The facts are changed." in saved(bjorn, case_id, **changes).content.decode()
    now = facts(case_id)
    assert (now["transfers"][0]["amount"], now["victim"]["email"]) == ("8", "m@example.org")
    assert "to_name" not in now["transfers"][0]
