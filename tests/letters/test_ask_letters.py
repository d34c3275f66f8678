"""Asking for letters and making them: equal facts are one letter, and a case that changed makes none."""

import hashlib
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts import vault
from accounts.models import AuditEntry, SigningKey
from accounts.tenancy import current_organization_id, organization
from cases.case_file import read_case_file
from cases.plan import build_plan
from directory.queries import agency_names
from letters import sealing
from letters.actions import ask_letters as asking
from letters.actions.ask_letters import ask_letters
from letters.actions.produce import LetterNotMade, in_process, produce_reports
from letters.documents.render import RenderFailed
from letters.enums import LetterState, ReportStatus
from letters.models import Letter, VerifyCode
from letters.sealing import make_letter, verify_url
from letters.standing import Asked, standings
from letters.tasks import make_letter_task
from tests.desk import TODAY, Desk, a_desk
from tests.intakes import Document, changed, chinese, consent
from tests.people import BJORN

EMBASSY, MAILBOX, POLICE = "cn-embassy-us", "cn-government-mailbox", "us-local-police"
DOCUMENT = chinese(consents=[consent(EMBASSY, withhold=["victim.phone"], disclose=["victim.date_of_birth"])])


def ask(desk: Desk, document: Document = DOCUMENT, *, today: date = TODAY) -> dict[str, Asked]:
    """Ask for the letters of a document."""
    file = desk.file(document)
    rows = standings(file, build_plan(file), desk.organization, proper_names=agency_names(), today=today)
    return {one.standing.row.key: one for one in ask_letters(file, rows, by=None, today=today)}


def letter(desk: Desk, key: str = EMBASSY, document: Document = DOCUMENT, *, today: date = TODAY) -> Letter:
    found = ask(desk, document, today=today)[key].letter
    assert found is not None
    return found


def call_it_made(made: Letter, **fields: object) -> None:
    """As if a worker had made it: drafts and sealed letters count the same here."""
    values = {"state": "draft" if made.draft else "sealed", "document_sha256": "0" * 64, "sealed_at": timezone.now()}
    Letter.objects.filter(pk=made.pk).update(**values | fields)


# --- asking ---------------------------------------------------------------------------------------------------


def test_every_report_with_a_document_has_a_letter_and_no_other(desk: Desk) -> None:
    document = changed(DOCUMENT, reports=[{"agency": "us-ic3", "filed_on": "2026-01-02"}])
    for key, one in ask(desk, document).items():
        without = {ReportStatus.INFORMATION, ReportStatus.FILED, ReportStatus.BLOCKED}
        assert (one.letter is None) is (one.standing.status in without), key
        if one.letter:
            assert one.letter.draft is (one.standing.status != ReportStatus.READY)
            assert one.letter.state == LetterState.ASKED


def test_a_letter_keeps_to_whom_it_goes_and_under_which_consent_and_rules(desk: Desk) -> None:
    made = Letter.objects.get(pk=letter(desk).pk)
    assert (made.agency_key, made.recipient_to, made.letter_date) == (EMBASSY, "chinaembpress_us@mfa.gov.cn", TODAY)
    assert (made.consent_given_on, made.consent_terms) == (
        date(2026, 1, 5),
        ["withhold victim.phone", "disclose victim.date_of_birth"],
    )
    assert made.rule_version == asking.RULE_VERSION
    mailbox = letter(desk, MAILBOX)
    assert (mailbox.consent_given_on, mailbox.consent_terms) == (None, [])


@pytest.mark.parametrize("key", [EMBASSY, MAILBOX])
def test_the_same_facts_on_another_day_are_the_same_letter(desk: Desk, key: str) -> None:
    first = letter(desk, key)
    call_it_made(first)
    assert letter(desk, key, today=TODAY + timedelta(days=30)).pk == first.pk


@pytest.mark.parametrize(
    "change",
    [
        {"fraud__impact__emotional": "I can hardly sleep."},
        {"victim__email": "new@example.org"},
        {"identifiers": [{"kind": "website", "value": "https://other.example"}]},
        {"consents": [consent(EMBASSY, disclose=["victim.date_of_birth"])]},
    ],
)
def test_a_fact_that_changes_what_the_letter_says_makes_a_new_one(desk: Desk, change: dict[str, object]) -> None:
    first = letter(desk)
    call_it_made(first)
    second = letter(desk, document=changed(DOCUMENT, **change))
    assert second.pk != first.pk
    assert second.state == LetterState.ASKED


def test_a_fact_that_this_recipient_is_not_told_makes_no_new_letter(desk: Desk) -> None:
    first = letter(desk)
    call_it_made(first)
    assert letter(desk, document=changed(DOCUMENT, victim__phone="+1 508-555-0199")).pk == first.pk


def test_a_new_version_of_the_rules_makes_a_new_letter(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = letter(desk)
    call_it_made(first)
    monkeypatch.setattr(asking, "RULE_VERSION", "another")
    assert letter(desk).pk != first.pk


def test_a_withdrawn_letter_is_not_taken_again(desk: Desk) -> None:
    first = letter(desk)
    call_it_made(first)
    Letter.objects.filter(pk=first.pk).update(withdrawn_at=timezone.now())
    assert letter(desk).pk != first.pk


def test_a_letter_that_failed_is_asked_for_anew(desk: Desk) -> None:
    first = letter(desk)
    Letter.objects.filter(pk=first.pk).update(state="failed", failure="the printer took too long")
    assert letter(desk).pk != first.pk


def test_another_agency_and_another_case_never_share_a_letter(desk: Desk) -> None:
    made = ask(desk)
    for one in made.values():
        if one.letter:
            call_it_made(one.letter)
    other = ask(desk, changed(DOCUMENT, external_id="T-2"))
    first = {one.letter.pk for one in made.values() if one.letter}
    second = {one.letter.pk for one in other.values() if one.letter}
    assert len(first) == len([one for one in made.values() if one.letter])
    assert not first & second


def test_a_draft_becomes_another_letter_once_the_consent_is_there(desk: Desk) -> None:
    draft = letter(desk, MAILBOX)
    call_it_made(draft)
    sealed = letter(desk, MAILBOX, changed(DOCUMENT, consents=[consent(EMBASSY), consent(MAILBOX)]))
    assert (draft.draft, sealed.draft, draft.pk == sealed.pk) == (True, False, False)


def test_asking_is_in_the_audit_trail_with_who_asked_and_finding_the_same_is_not(desk: Desk) -> None:
    bjorn = BJORN.sign_up()
    file = desk.file(DOCUMENT)
    rows = standings(file, build_plan(file), desk.organization, proper_names=agency_names(), today=TODAY)
    asked = [one.letter for one in ask_letters(file, rows, by=bjorn, today=TODAY) if one.letter]
    entries = AuditEntry.objects.filter(verb="letter.ask")
    assert {(e.target_type, e.target_id, e.actor_id) for e in entries} == {
        ("letters.letter", str(one.pk), bjorn.pk) for one in asked
    }
    for one in asked:
        call_it_made(one)
    ask(desk)
    assert AuditEntry.objects.filter(verb="letter.ask").count() == len(asked)


# --- codes and numbers ----------------------------------------------------------------------------------------


def test_the_shared_table_has_the_hash_of_a_sealed_letters_code_and_never_the_code(desk: Desk) -> None:
    made = Letter.objects.get(pk=letter(desk).pk)
    assert len(made.verify_code) >= 20
    published = VerifyCode.objects.get(letter_id=made.pk)
    assert published.code_sha256 == hashlib.sha256(made.verify_code.encode()).hexdigest()
    assert published.organization_id == desk.organization.pk
    assert not [row for row in VerifyCode.objects.values_list() if made.verify_code in map(str, row)]


def test_a_draft_has_no_code(desk: Desk) -> None:
    draft = letter(desk, MAILBOX)
    assert draft.verify_code == ""
    assert not VerifyCode.objects.filter(letter_id=draft.pk).exists()


def test_codes_and_message_ids_are_never_given_twice(desk: Desk) -> None:
    made = [letter(desk, document=changed(DOCUMENT, external_id=str(number))) for number in range(3)]
    assert len({one.verify_code for one in made}) == 3
    assert len({one.message_id for one in made}) == 3
    assert all(one.message_id.startswith("<") and one.message_id.endswith("@north.example.org>") for one in made)


# --- making ---------------------------------------------------------------------------------------------------


def test_a_case_that_changed_between_asking_and_making_makes_no_letter(desk: Desk) -> None:
    asked = letter(desk)
    desk.take(changed(DOCUMENT, fraud__impact__emotional="I can hardly sleep."))
    made = make_letter(asked.pk)
    assert made.state == LetterState.FAILED
    assert "the case changed" in made.failure
    assert (made.document_sha256, made.mail_sha256) == ("", "")
    assert Letter.objects.get(pk=asked.pk).state == LetterState.FAILED


def test_a_consent_that_was_withdrawn_in_between_makes_no_letter_either(desk: Desk) -> None:
    asked = letter(desk)
    desk.take(changed(DOCUMENT, consents=[]))
    assert make_letter(asked.pk).state == LetterState.FAILED


def test_a_report_that_the_plan_has_no_more_makes_no_letter(desk: Desk) -> None:
    asked = letter(desk)
    desk.take(changed(DOCUMENT, triage={"offender_spoke": ["en"]}))
    made = make_letter(asked.pk)
    assert made.state == LetterState.FAILED
    assert "no such report" in made.failure


def test_a_failure_says_nothing_about_the_victim(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = letter(desk)
    desk.take(changed(DOCUMENT, victim__full_name="Another Name"))
    failure = make_letter(asked.pk).failure
    assert not [word for word in ("Margaret", "Another", "example.org") if word in failure]


def test_a_letter_that_cannot_be_printed_is_failed_and_not_lost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_arguments: object, **_options: object) -> bytes:
        raise RenderFailed("the printer took too long")

    monkeypatch.setattr(sealing, "render_pdf", fails)
    made = make_letter(letter(desk).pk)
    assert (made.state, made.failure) == (LetterState.FAILED, "the printer took too long")
    assert AuditEntry.objects.latest("number").verb == "letter.failed"


def test_without_a_signing_key_that_is_valid_today_nothing_is_sealed(desk: Desk) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    for number, change in enumerate(({"valid_to": yesterday}, {"valid_from": timezone.now() + timedelta(days=1)})):
        before = SigningKey.objects.values("valid_from", "valid_to").get()
        SigningKey.objects.update(**{"valid_from": yesterday - timedelta(days=1)} | change)
        made = make_letter(letter(desk, document=changed(DOCUMENT, external_id=str(number))).pk)
        assert made.state == LetterState.FAILED
        assert "no signing key" in made.failure
        SigningKey.objects.update(**before)


def test_a_sealed_letter_has_its_document_its_email_and_its_pages_and_is_made_once(desk: Desk) -> None:
    asked = letter(desk)
    made = make_letter(asked.pk)
    assert made.state == LetterState.SEALED
    assert vault.read(made.document_sha256).startswith(b"%PDF")
    assert b"Message-ID: " + made.message_id.encode() in vault.read(made.mail_sha256)
    assert made.pages
    assert made.sealed_at
    assert AuditEntry.objects.latest("number").verb == "letter.sealed"
    again = make_letter(asked.pk)
    assert (again.document_sha256, again.sealed_at) == (made.document_sha256, made.sealed_at)
    assert AuditEntry.objects.latest("number").verb == "letter.sealed"
    assert AuditEntry.objects.filter(verb="letter.sealed").count() == 1
    assert letter(desk).pk == asked.pk


def test_a_draft_is_neither_sealed_nor_mailed(desk: Desk) -> None:
    made = make_letter(letter(desk, MAILBOX).pk)
    assert (made.state, made.sealed_at, made.mail_sha256) == (LetterState.DRAFT, None, "")
    assert b"/ByteRange" not in vault.read(made.document_sha256)


def test_a_letter_that_is_not_mailed_has_no_email(desk: Desk) -> None:
    made = make_letter(letter(desk, POLICE).pk)
    assert (made.state, made.mail_sha256) == (LetterState.SEALED, "")


def test_the_address_in_a_letters_code_is_this_installations(settings: object) -> None:
    settings.SITE_URL = "https://redress.example"  # type: ignore[attr-defined]
    assert verify_url("abc") == "https://redress.example/verify/abc/"


def test_another_organizations_letter_does_not_exist(desk: Desk) -> None:
    asked = letter(desk)
    with a_desk("south") as south:
        with pytest.raises(Letter.DoesNotExist):
            make_letter(asked.pk)
        with pytest.raises(Letter.DoesNotExist):
            make_letter_task(str(south.organization.pk), str(asked.pk))
    assert current_organization_id() == desk.organization.pk
    with pytest.raises(Letter.DoesNotExist):
        make_letter_task(str(desk.organization.pk), str(uuid4()))
    assert Letter.objects.get(pk=asked.pk).state == LetterState.ASKED


# --- producing ------------------------------------------------------------------------------------------------


def test_a_letter_that_failed_is_told_by_its_agency(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_arguments: object, **_options: object) -> bytes:
        raise RenderFailed("the printer took too long")

    monkeypatch.setattr(sealing, "render_pdf", fails)
    with pytest.raises(LetterNotMade, match="us-local-police: the printer took too long"):
        produce_reports(desk.read(DOCUMENT), desk.organization, by=None, today=TODAY, make=in_process)


def test_only_what_is_not_made_yet_is_made(desk: Desk, private_folders: Path) -> None:
    calls: list[int] = []

    def make(organization_id: object, letters: object) -> None:
        with organization(desk.organization.pk):
            ids = list(letters)  # type: ignore[call-overload]
            calls.append(len(ids))
            for one in Letter.objects.filter(pk__in=ids):
                call_it_made(one)

    produce_reports(desk.read(DOCUMENT), desk.organization, by=None, today=TODAY, make=make)
    produced = produce_reports(desk.read(DOCUMENT), desk.organization, by=None, today=TODAY, make=make)
    assert calls == [len([one for one in produced.asked if one.letter]), 0]
    assert not produced.blocked
    assert produced.document["case"] == read_case_file(desk.take(DOCUMENT)).case.number


def test_one_blocked_report_is_told(desk: Desk) -> None:
    document = changed(DOCUMENT, fraud__impact__emotional="I was scammed.")
    produced = produce_reports(
        desk.read(document), desk.organization, by=None, today=TODAY, make=lambda *_arguments: None
    )
    assert produced.blocked
