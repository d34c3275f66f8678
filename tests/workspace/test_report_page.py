"""A report's page: what a person reads there and does there, from consent to release."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from cases.models import Case, Consent, Report
from letters import sealing
from letters.actions import ask_letters as asking
from letters.actions.releases import seal_for_release
from letters.models import Approval, Dispatch, Letter
from letters.sealing import make_letter
from tests.intakes import consent
from tests.letters.outbox.counter import EMBASSY, Counter, document, verify
from tests.workspace.conftest import SignedIn

Member = Callable[..., User]
CONSENT = {"given_on": "2026-11-20", "signed_as": "Margaret Ellen Testperson", "method": "in_writing"}
PARTICULARS = {"language": "en", "notice_version": "1"}


def address(case: Case, act: str = "", agency: str = EMBASSY) -> str:
    names = {"case_id": case.pk, "agency_key": agency}
    return (
        reverse("workspace:report_act", kwargs=names | {"act": act})
        if act
        else reverse("workspace:report", kwargs=names)
    )


def do(client: Client, case: Case, act: str, agency: str = EMBASSY, **fields: object) -> str:
    """Post an act; returns the text of the page that answers, after the redirect where it was done."""
    data = {f"{act}-{name}": value for name, value in fields.items()}
    response = client.post(address(case, act, agency), data, follow=True)
    assert response.status_code in (200, 422), response.status_code
    return response.content.decode()


def test_a_report_shows_why_to_whom_and_what_is_to_mend(counter: Counter, signed_in: SignedIn) -> None:
    case = counter.case(document(fraud__impact__emotional="It was a scam."))
    text = signed_in(counter.caseworker).get(address(case)).content.decode()
    assert "Something to mend" in text
    assert "fraud.impact.emotional" in text
    assert "the country of residence, is in Washington" in text


def test_a_consent_is_recorded_with_method_language_and_notice(counter: Counter, signed_in: SignedIn) -> None:
    case = counter.case(document() | {"consents": []})
    client = signed_in(counter.caseworker)
    words = " ".join(client.get(address(case)).content.decode().split())
    assert "Nothing goes to this agency before the victim agrees" in words
    assert "The consent is recorded" in do(client, case, "consent", **CONSENT, **PARTICULARS, disclose=["evidence"])
    consent = Consent.objects.get(case=case)
    assert (consent.agency_key, consent.method, consent.language, consent.notice_version, consent.origin) == (
        EMBASSY, "in_writing", "en", "1", "member",
    )  # fmt: skip
    assert consent.disclose == ["evidence"]
    assert AuditEntry.objects.filter(verb="consent.give", actor=counter.caseworker).exists()


def test_a_consent_signed_with_another_name_is_none(counter: Counter, signed_in: SignedIn) -> None:
    case = counter.case(document() | {"consents": []})
    text = do(signed_in(counter.caseworker), case, "consent", **(CONSENT | {"signed_as": "Somebody"}), **PARTICULARS)
    assert "Signed with another name, it is no consent" in text
    assert not Consent.objects.exists()


def test_a_withdrawn_consent_may_be_given_anew_on_the_same_day(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document()), signed_in(counter.caseworker)
    assert "The consent is taken back" in do(client, case, "withdraw")
    assert "it does not hold any more" in client.get(address(case)).content.decode()
    today = timezone.localdate().isoformat()
    do(client, case, "consent", **(CONSENT | {"given_on": today}), **PARTICULARS)
    assert "it does not hold any more" not in client.get(address(case)).content.decode()


@pytest.mark.parametrize("signed", ["Margaret Ellen Testperson", "Margaret Before Testperson"])
def test_a_consent_given_anew_begins_with_what_the_victim_asked_before(
    counter: Counter, signed_in: SignedIn, signed: str
) -> None:
    before = {
        **consent(EMBASSY),
        "signed_as": signed,
        "withhold": ["victim.street"],
        "disclose": ["victim.date_of_birth"],
    }
    case, client = counter.case(document() | {"consents": [before]}), signed_in(counter.caseworker)
    response = client.get(address(case))
    form = response.context["forms"]["consent"]
    assert (form["withhold"].value(), form["disclose"].value()) == (["victim.street"], ["victim.date_of_birth"])
    text = response.content.decode()
    assert "not told: the street" in text
    assert "told besides: the date of birth" in text


def test_a_consent_that_a_member_recorded_survives_an_intake_that_is_read_again(
    counter: Counter, signed_in: SignedIn
) -> None:
    case = counter.case(document() | {"consents": []})
    do(signed_in(counter.caseworker), case, "consent", **CONSENT, **PARTICULARS)
    counter.case(document(identifiers=[{"kind": "website", "value": "https://other.example"}]) | {"consents": []})
    assert Consent.objects.get(case=case).agency_key == EMBASSY


def test_a_letter_goes_from_approval_to_release(counter: Counter, signed_in: SignedIn) -> None:
    verify(EMBASSY)
    case, client = counter.case(document()), signed_in(counter.caseworker)
    letter = counter.letters(case, by=counter.caseworker)[EMBASSY]
    read = {"document_sha256": letter.document_sha256, "read": "on"}
    assert "has not approved this exact document" in do(client, case, "release", **read)
    do(client, case, "approve", document_sha256=letter.document_sha256, method="by_phone_read_back", **PARTICULARS)
    assert Approval.objects.get().member == counter.caseworker
    text = do(client, case, "release", **read)
    assert "An answer may never come" in text
    assert "Queued" in text
    assert Dispatch.objects.get().release.released_by == counter.caseworker


def test_nothing_is_released_unread_or_as_another_document(counter: Counter, signed_in: SignedIn) -> None:
    letter = counter.approved()
    client = signed_in(counter.caseworker)
    do(client, letter.case, "release", document_sha256=letter.document_sha256)
    assert "Another document was read" in do(client, letter.case, "release", document_sha256="0" * 64, read="on")
    assert not Dispatch.objects.exists()


def test_a_release_is_stopped_with_a_reason(counter: Counter, signed_in: SignedIn) -> None:
    dispatch = counter.released()
    client = signed_in(counter.caseworker)
    do(client, dispatch.case, "cancel", reason="")
    dispatch.refresh_from_db()
    assert dispatch.state == "queued"
    assert "It is stopped" in do(client, dispatch.case, "cancel", reason="Wrong day.")
    dispatch.refresh_from_db()
    assert dispatch.state == "cancelled"


def test_a_supervisor_reads_seals_and_releases_what_a_caseworker_prepared(
    counter: Counter, signed_in: SignedIn, member: Member
) -> None:
    verify(EMBASSY)
    case = counter.case(document(safety={"ties_to": ["CN"]}))
    draft = counter.letters(case, by=counter.caseworker)[EMBASSY]
    mine, theirs = signed_in(counter.caseworker), signed_in(member(Role.SUPERVISOR))
    read = {"document_sha256": draft.document_sha256, "read": "on"}
    assert mine.post(address(case, "seal"), {f"seal-{k}": v for k, v in read.items()}).status_code == 403
    text = do(theirs, case, "seal", **read)
    assert "The letter is being sealed" in text
    assert "Look again</a>" in text
    sealed = make_letter(Letter.objects.get(agency_key=EMBASSY, draft=False).pk)
    do(theirs, case, "approve", document_sha256=sealed.document_sha256, method="in_writing", **PARTICULARS)
    read = {"document_sha256": sealed.document_sha256, "read": "on"}
    assert "A supervisor releases this" in do(mine, case, "release", **read)
    assert "Released" in do(theirs, case, "release", **read)


def test_no_letter_is_made_while_a_page_is_waited_for(
    counter: Counter,
    signed_in: SignedIn,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[Callable[[], object]]]],
) -> None:
    def broker_is_down(_organization: UUID, letter: UUID) -> None:
        woken.append(letter)
        raise OSError

    woken: list[UUID] = []
    monkeypatch.setattr(asking, "wake_printer", broker_is_down)
    monkeypatch.setattr(sealing, "render_pdf", lambda *_arguments, **_options: pytest.fail("made in the web server"))
    case = counter.case(document(safety={"ties_to": ["CN"]}))
    draft = counter.letters(case, by=counter.caseworker)[EMBASSY]
    client = signed_in(counter.director)
    with django_capture_on_commit_callbacks(execute=True):
        do(client, case, "seal", document_sha256=draft.document_sha256, read="on")
        counter.case(document(safety={"ties_to": ["CN"]}, fraud__impact__emotional="I can hardly sleep."))
        client.post(reverse("workspace:make_letters", args=[case.pk]))
    assert set(woken) == set(Letter.objects.filter(state="asked").values_list("pk", flat=True))
    assert Letter.objects.filter(pk__in=woken, draft=False, agency_key=EMBASSY).exists()


def test_where_sealing_failed_the_page_says_why_and_the_draft_can_be_sealed_again(
    counter: Counter, signed_in: SignedIn
) -> None:
    case = counter.case(document(safety={"ties_to": ["CN"]}))
    draft = counter.letters(case, by=counter.caseworker)[EMBASSY]
    asked = seal_for_release(letter=draft, document_sha256=draft.document_sha256, by=counter.director)
    Letter.objects.filter(pk=asked.pk).update(state="failed", failure="the printer took too long")
    client = signed_in(counter.director)
    text = client.get(address(case)).content.decode()
    assert "the printer took too long" in text
    assert "Seal the letter</button>" in text
    assert "being sealed" in do(client, case, "seal", document_sha256=draft.document_sha256, read="on")


def test_a_report_number_is_kept_as_it_was_given_and_the_report_is_filed(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document()), signed_in(counter.caseworker)
    police = "us-local-police"
    do(client, case, "filed", police, filed_on="2026-11-20", outcome="refused", outcome_reason="A civil matter.")
    assert "refused on 2026-11-20" in client.get(address(case, agency=police)).content.decode()
    do(client, case, "filed", police, filed_on="2026-11-21", outcome="accepted", channel="in_person")
    report = Report.objects.get(outcome="accepted", agency_key=police)
    assert (report.kind, report.origin, report.reference_number) == ("police", "member", "")
    do(client, case, "number", police, report=report.pk, reference_number=" W/2026 #17 ")
    report.refresh_from_db()
    assert report.reference_number == "W/2026 #17"
    assert "Filed" in client.get(address(case, agency=police)).content.decode()


def test_a_number_of_another_cases_report_is_not_noted_here(counter: Counter, signed_in: SignedIn) -> None:
    case, other = counter.case(document()), counter.case(document(2))
    report = Report.objects.create(case=other, agency_name="Police", filed_on="2026-11-20")
    text = do(signed_in(counter.caseworker), case, "number", report=report.pk, reference_number="1")
    assert "not on record any more" in text
    report.refresh_from_db()
    assert report.reference_number == ""


def test_a_letter_for_the_victims_own_hands_is_recorded_when_they_say_it_is_sent(
    counter: Counter, signed_in: SignedIn
) -> None:
    case, client = counter.case(document()), signed_in(counter.caseworker)
    letter = counter.letters(case)[EMBASSY]
    do(client, case, "hand_over", document_sha256=letter.document_sha256, read="on")
    dispatch = Dispatch.objects.get()
    mail = client.get(reverse("workspace:own_mail", args=[dispatch.pk]))
    assert mail.headers["Content-Disposition"].startswith("attachment")
    assert b"From: " in mail.content
    assert b"margaret.testperson@example.org" in mail.content
    do(client, case, "sent", sent_on=dispatch.release.released_at.date().isoformat())
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.report.origin if dispatch.report else "") == ("victim_sent", "letter")


def test_reading_a_letter_is_on_record(counter: Counter, signed_in: SignedIn) -> None:
    letter = counter.letters(counter.case(document()))[EMBASSY]
    response = signed_in(counter.caseworker).get(reverse("workspace:letter_pdf", args=[letter.pk]))
    assert response.content == b"%PDF-1.7 " + str(letter.pk).encode()
    assert "no-store" in response.headers["Cache-Control"]
    assert AuditEntry.objects.filter(verb="letter.read", target_id=str(letter.pk), actor=counter.caseworker).exists()


def test_a_page_asks_as_often_for_many_reports_as_for_one(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document()), signed_in(counter.caseworker)
    client.get(page := reverse("workspace:cases_case_change", args=[case.pk]))
    counts = []
    for n in range(6):
        Report.objects.create(case=case, agency_name=f"Somebody {n}", filed_on=f"2026-11-2{n}", position=n)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_a_report_waits_for_its_own_letter_alone(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document()), signed_in(counter.caseworker)
    asking.ask_case_letters(case=case, by=counter.caseworker)
    text = client.get(address(case)).content.decode()
    left = reverse("workspace:letters_progress", args=[case.pk])
    assert f'data-progress="{left}?agency={EMBASSY}"' in text
    assert client.get(left, {"agency": EMBASSY}).json() == {"left": 1}
    assert client.get(left).json()["left"] > 1
