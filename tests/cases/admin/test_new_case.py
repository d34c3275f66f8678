"""A new case by the form: the same checks as a file, nothing lost, one case however often it is sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts import vault
from accounts.models import AuditEntry
from cases.case_file import CaseFile, read_case_file
from cases.models import Case, CaseAssignment, Evidence
from tests.cases.admin.conftest import signed_in
from tests.cases.admin.forms import controls
from tests.desk import Desk
from tests.intakes import minimal
from tests.people import AMARA, BJORN, CHIARA

ADD = "/workspace/cases/case/add/"
PERSON = {
    "victim.full_name": "Margaret Ellen Testperson",
    "victim.address.country": "United States",
    "victim.email": "margaret.testperson@example.org",
    "fraud.kind": "romance",
}
ROW = {"transfers-0-amount": "100", "transfers-0-currency": "usd", "transfers-0-mechanism": "cash"}


def sent(client: Client, **changes: Any) -> Any:
    """The answer to the form with what a person typed into it."""
    return client.post(ADD, typed(client, **changes))


def typed(client: Client, **changes: Any) -> dict[str, Any]:
    return {**controls(client.get(ADD)), **PERSON, **changes}


def only_case() -> CaseFile:
    return read_case_file(Case.objects.get().pk)


def test_a_caseworker_lands_on_the_page_of_the_new_case_which_is_theirs(bjorn: Client) -> None:
    answer = sent(bjorn)
    case = Case.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("workspace:cases_case_change", args=[case.pk])
    assert CaseAssignment.objects.get(case=case).user.email == BJORN.email
    assert bjorn.get(answer["Location"]).status_code == 200


def test_an_intake_volunteer_is_told_the_number_and_nothing_else_of_the_case(emeka: Client) -> None:
    answer = emeka.post(ADD, typed(emeka), follow=True)
    case, page = Case.objects.get(), answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/workspace/cases/case/taken/"
    assert case.number in page
    assert "A caseworker goes on" in page
    assert "Margaret" not in page
    assert str(case.pk) not in page
    assert emeka.get(f"/workspace/cases/case/{case.pk}/").status_code == 404
    assert emeka.get(f"/workspace/cases/case/{case.pk}/facts/").status_code == 404


def test_the_page_after_taking_in_shows_nothing_to_whoever_took_in_nothing(emeka: Client) -> None:
    assert emeka.get("/workspace/cases/case/taken/")["Location"] == ADD


def test_an_analyst_makes_no_case(chiara: Client) -> None:
    assert chiara.get(ADD).status_code == 403
    assert chiara.post(ADD, PERSON).status_code == 403
    assert not Case.objects.exists()


def test_every_field_says_what_the_key_of_its_name_says_in_a_file(desk: Desk, bjorn: Client) -> None:
    sent(
        bjorn,
        **{
            "external_id": "N-7",
            "victim.phone": "+1 508-555-0142",
            "victim.address.city": "Worcester",
            "victim.nationalities": "United States, ng",
            "victim.safe_contact.note": "after six",
            "safety.ties_to_asked": "none",
            "safety.life_at_risk": "on",
            "reporter.full_name": "Paul Sample",
            "reporter.relation": "brother",
            "fraud.stated_loss.amount": "12000.50",
            "fraud.stated_loss.currency": "eur",
            "fraud.first_contact.service": "a dating site",
            "fraud.impact.emotional": "I cannot sleep.\r\nI am ashamed.",
            "triage.money_sent_to": "Hong Kong; KH",
            "triage.offender_spoke": "Mandarin, English",
            "triage.chinese_named_recipient_in_asked": "none",
            "triage.offender_had_chinese_name": "no",
            "identifiers-0-kind": "website",
            "identifiers-0-value": "https://trade.example",
            **ROW,
            "transfers-0-sent_on": "2026-01-02",
            "transfers-0-institution_informed.on": "2026-01-03",
            "fraud.timeline-0-on": "2026-01-01",
            "fraud.timeline-0-fact": "It began.",
            "reports-0-agency": "us-ic3",
            "reports-0-filed_on": "2026-01-04",
            "reports-0-outcome": "refused",
        },
    )
    file = only_case()
    case, victim, payment = file.case, file.victim, file.transfers[0]
    assert (case.external_id, case.fraud_kind, case.life_at_risk, case.ties_to) == ("N-7", "romance", True, [])
    assert (victim.nationalities, victim.safe_contact_note, victim.email_is_safe) == (["US", "NG"], "after six", True)
    assert (case.money_sent_to, case.offender_spoke) == (["HK", "KH"], ["cmn", "en"])
    assert (case.chinese_named_recipient_in, case.offender_had_chinese_name) == ([], False)
    assert (str(case.stated_loss_amount).rstrip("0"), case.stated_loss_currency) == ("12000.5", "EUR")
    assert case.impact_emotional == "I cannot sleep.\nI am ashamed."
    assert file.reporter is not None
    assert (file.reporter.relation, case.first_contact_service) == ("brother", "a dating site")
    assert (payment.currency, str(payment.sent_on), str(payment.informed_on)) == ("USD", "2026-01-02", "2026-01-03")
    assert (file.timeline[0].fact, file.reports[0].agency_key, file.reports[0].outcome) == (
        "It began.",
        "us-ic3",
        "refused",
    )
    assert file.identifiers[0].canonical == "https://trade.example/" or file.identifiers[0].host == "trade.example"


def test_what_was_not_asked_stays_open(bjorn: Client) -> None:
    sent(bjorn)
    case = Case.objects.get()
    answers = (case.ties_to, case.money_sent_to, case.offender_spoke, case.offender_had_chinese_name)
    assert answers == (None,) * 4


def test_an_unchecked_mark_says_that_a_way_is_not_safe(bjorn: Client) -> None:
    data = typed(bjorn)
    del data["victim.safe_contact.phone_is_safe"]
    bjorn.post(ADD, data)
    victim = only_case().victim
    assert (victim.email_is_safe, victim.phone_is_safe) == (True, False)


@pytest.mark.parametrize(
    ("changes", "label", "message"),
    [
        ({"victim.full_name": ""}, "Full name", "This is missing; add it."),
        ({"victim.address.country": "Atlantis"}, "Country of residence", "is no country"),
        ({"victim.email": "nobody"}, "E-mail", "is no e-mail address"),
        ({"fraud.kind": ""}, "Kind of fraud", "This is missing; add it."),
        ({"safety.ties_to": "China, Narnia"}, "States with which", "Narnia"),
        ({"safety.ties_to": "China", "safety.ties_to_asked": "none"}, "States with which", "yet some are named"),
        ({"triage.money_sent_to_asked": "these"}, "Countries that money went to", "none are named"),
        ({"fraud.stated_loss.amount": "12"}, "Currency", "This is missing; add it."),
        ({"reporter.email": "paul@example.org"}, "Relation to the victim", "This is missing; add it."),
        ({**ROW, "transfers-0-amount": "1,000"}, "Payment 1, Amount", "is no amount"),
        (
            {"transfers-0-institution_informed.outcome": "no"},
            "Payment 1, Institution told on",
            "This is missing; add it.",
        ),
        ({"fraud.timeline-0-fact": "It began."}, "Fact 1, Day", "This is missing; add it."),
        ({"reports-0-agency": "us-ic3"}, "Report 1, Reported on", "This is missing; add it."),
        ({"identifiers-0-value": "x"}, "Identifier 1, Kind", "This is missing; add it."),
        ({"victim.address.city": "a\u202eb"}, "City", "changes the direction of print"),
        ({"victim.address.city": "a\0b"}, "City", "Null characters are not allowed."),
    ],
)
def test_a_problem_stands_at_its_field_and_on_top_and_nothing_that_was_typed_is_lost(
    bjorn: Client, changes: dict[str, str], label: str, message: str
) -> None:
    data = typed(bjorn, **changes)
    answer = bjorn.post(ADD, data)
    assert answer.status_code == 422
    assert not Case.objects.exists()
    (first, *_), entry = answer.context["to_mend"], answer.context["sections"]
    assert entry
    assert any(one.label.startswith(label) and message in one.message for one in answer.context["to_mend"]), first
    assert all(f'id="{one.element}-field"' in answer.content.decode() for one in answer.context["to_mend"])
    kept = controls(answer)
    shown = {
        name: value for name, value in data.items() if name not in ("victim.address.country", "csrfmiddlewaretoken")
    }
    assert {name: kept.get(name) for name in shown} == shown


def test_a_problem_of_a_later_row_stands_at_that_row_although_a_row_before_it_is_empty(bjorn: Client) -> None:
    rows = {**ROW, "transfers-TOTAL_FORMS": "3", "transfers-2-amount": "0", "transfers-2-currency": "USD"}
    answer = sent(bjorn, **rows, **{"transfers-2-mechanism": "cash"})
    (problem,) = answer.context["to_mend"]
    assert problem.element == "id_transfers-2-amount"


def test_a_row_that_is_taken_out_counts_for_nothing(bjorn: Client) -> None:
    sent(bjorn, **{**ROW, "transfers-0-amount": "not yet known", "transfers-0-DELETE": "on"})
    assert only_case().transfers == ()


def test_another_row_keeps_what_was_typed_and_stores_nothing(bjorn: Client) -> None:
    answer = sent(bjorn, **ROW, add="transfers")
    page = controls(answer)
    assert answer.status_code == 200
    assert (page["transfers-TOTAL_FORMS"], page["transfers-0-amount"], page["transfers-1-amount"]) == ("2", "100", "")
    assert page["victim.full_name"] == PERSON["victim.full_name"]
    assert not answer.context["to_mend"]
    assert not Case.objects.exists()


def test_the_same_form_sent_twice_makes_one_case(bjorn: Client) -> None:
    data = typed(bjorn)
    assert bjorn.post(ADD, data)["Location"] == bjorn.post(ADD, data)["Location"]
    assert Case.objects.count() == 1


def test_another_person_entered_after_going_back_is_another_case(bjorn: Client) -> None:
    data = typed(bjorn)
    bjorn.post(ADD, data)
    bjorn.post(ADD, {**data, "victim.full_name": "Somebody Else"})
    assert Case.objects.count() == 2


def test_a_token_of_somebody_elses_form_chooses_no_case(bjorn: Client, amara: Client) -> None:
    data = typed(bjorn)
    bjorn.post(ADD, data)
    amara.post(ADD, data)
    assert Case.objects.count() == 2


def test_a_form_without_its_token_is_a_form_of_its_own(bjorn: Client) -> None:
    for token in ("", "x", "x:y:z"):
        sent(bjorn, token=token)
    assert Case.objects.count() == 3


def test_files_are_asked_for_again_where_the_page_comes_back_with_another_row(bjorn: Client) -> None:
    answer = sent(bjorn, add="transfers", evidence=[SimpleUploadedFile("chat.txt", b"text")])
    assert "Choose the files again before you save" in answer.content.decode()


def test_a_number_that_a_case_has_is_refused_and_that_case_stays_as_it_is(desk: Desk, bjorn: Client) -> None:
    known = desk.take(minimal(external_id="T-1"))
    for client in (bjorn, signed_in(AMARA)[0]):
        answer = sent(client, external_id="T-1", **{"fraud.kind": "loan"})
        assert answer.context["to_mend"][0].message.startswith("Another case has this number.")
    assert read_case_file(known).case.fraud_kind == "romance"
    assert Case.objects.count() == 1


def test_evidence_comes_with_the_case_even_two_files_of_one_name(emeka: Client) -> None:
    files = [SimpleUploadedFile("chat.txt", text) for text in (b"the first", b"the second")]
    sent(emeka, evidence=files, **{"evidence.description": "what was agreed"})
    rows = list(Evidence.objects.order_by("position"))
    assert [(row.original_name, row.media_type, row.description) for row in rows] == [
        ("chat.txt", "text/plain", "what was agreed"),
        ("2 chat.txt", "text/plain", "what was agreed"),
    ]
    assert [vault.read(row.sha256) for row in rows] == [b"the first", b"the second"]


def test_a_file_that_is_no_evidence_is_refused_by_name_with_what_to_do(bjorn: Client) -> None:
    answer = sent(bjorn, evidence=[SimpleUploadedFile("tool.exe", b"MZ\x90\0" + bytes(60))])
    (problem,) = answer.context["to_mend"]
    assert problem.message.startswith("tool.exe: This kind of file is not taken.")
    assert "Only files have to be chosen again" in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize("field", ["evidence.description", "victim.full_name", "transfers-0-amount", "external_id"])
def test_a_sign_that_no_text_can_have_is_to_mend_at_its_field(bjorn: Client, field: str) -> None:
    files = [SimpleUploadedFile("chat.txt", b"text")]
    answer = sent(bjorn, evidence=files, **(ROW | {field: "a\0b"}))
    assert answer.status_code == 422
    assert "Null characters are not allowed." in {one.message for one in answer.context["to_mend"]}
    assert not Case.objects.exists()


def test_half_a_form_is_refused(bjorn: Client) -> None:
    data = typed(bjorn)
    del data["transfers-TOTAL_FORMS"]
    assert bjorn.post(ADD, data).status_code == 400
    assert not Case.objects.exists()


def test_a_list_longer_than_a_form_takes_is_refused_once_and_not_cut(bjorn: Client) -> None:
    last = {name.replace("0", "500"): value for name, value in ROW.items()}
    answer = sent(bjorn, **{**ROW, **last, "transfers-TOTAL_FORMS": "501"})
    assert answer.status_code == 422
    told = [one.message for one in answer.context["to_mend"]]
    words = "There are more than 500 rows (payment): take some out, or bring the case in by a file."
    assert told.count(words) == 1
    assert controls(answer)["transfers-500-amount"] == "100"
    assert not Case.objects.exists()


def test_no_row_is_added_past_what_a_form_takes(bjorn: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.admin.facts_form.entry.MAX_ROWS", 2)
    counts = []
    for total in ("1", "2"):
        answer = sent(bjorn, add="transfers", **{"transfers-TOTAL_FORMS": total})
        counts.append(controls(answer)["transfers-TOTAL_FORMS"])
    assert counts == ["2", "2"]


def test_making_a_case_is_on_record_with_who_did_it(emeka: Client) -> None:
    sent(emeka)
    entry = AuditEntry.objects.filter(verb="case.create").get()
    assert entry.actor is not None
    assert entry.actor.email == "emeka@north.example.org"


def test_an_analyst_and_nobody_else_lacks_the_way_to_the_form(bjorn: Client, emeka: Client, chiara: Client) -> None:
    assert ADD in bjorn.get("/workspace/").content.decode()
    assert ADD in emeka.get("/workspace/").content.decode()
    assert ADD not in signed_in(CHIARA)[0].get("/workspace/").content.decode()
