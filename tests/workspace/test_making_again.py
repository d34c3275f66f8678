"""Whatever stopped a letter, its page leads on: to making it again where release asks for that, else to the release."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from cases.case_file import read_case_file
from cases.models import Case
from cases.plan import build_plan
from letters.actions.dispatches import cancel_dispatch
from letters.actions.releases import release_to_victim, seal_for_release
from letters.actions.withdrawals import withdraw_approval, withdraw_consent
from letters.models import Dispatch, Letter
from letters.reports import CaseReport, Step, case_reports
from tests.desk import change_contacts
from tests.intakes import consent, held
from tests.letters.outbox.counter import EMBASSY, Counter, document, verify
from tests.workspace.conftest import SignedIn
from tests.workspace.test_report_page import CONSENT, PARTICULARS, address, do

OTHER_FACTS = document(identifiers=[{"kind": "website", "value": "https://other.example"}])
BUTTON = "Make the letter</button>"


def report(case: Case, agency: str = EMBASSY) -> CaseReport:
    file = read_case_file(case.pk)
    return next(one for one in case_reports(file, build_plan(file)) if one.standing.row.key == agency)


def failed(dispatch: Dispatch) -> None:
    """As a relay leaves it that refuses the letter for good."""
    dispatch.state = "failed"
    dispatch.save()


def cancelled(dispatch: Dispatch, counter: Counter) -> None:
    cancel_dispatch(dispatch=dispatch, by=counter.caseworker, reason="Wrong day.")


def other_facts(counter: Counter) -> None:
    counter.case(OTHER_FACTS)


def other_sender(counter: Counter) -> None:
    counter.organization.phone = "+1 508-555-0100"
    counter.organization.save()


def other_address(_counter: Counter) -> None:
    change_contacts(EMBASSY, value="new@mfa.example")


def make(client: Client, case: Case) -> Letter:
    """Press the button, and let a worker answer; returns the letter that is being made."""
    before = set(Letter.objects.values_list("pk", flat=True))
    assert BUTTON in client.get(address(case)).content.decode()
    client.post(reverse("workspace:make_letters", args=[case.pk]))
    made = Letter.objects.exclude(pk__in=before).get(agency_key=EMBASSY)
    assert report(case).step == Step.MAKING
    return made


@pytest.mark.parametrize("change", [other_facts, other_sender, other_address])
@pytest.mark.parametrize("stopped", ["cancelled", "failed"])
def test_a_letter_that_did_not_leave_is_made_again_once_something_changed(
    counter: Counter, signed_in: SignedIn, stopped: str, change: Callable[[Counter], None]
) -> None:
    dispatch, client = counter.released(), signed_in(counter.caseworker)
    failed(dispatch) if stopped == "failed" else cancelled(dispatch, counter)
    case = dispatch.case
    assert report(case).step == (Step.LOOK if stopped == "failed" else Step.RELEASE)
    page = client.get(address(case)).content.decode()
    assert "Release it again</button>" in page
    assert BUTTON not in page
    change(counter)
    assert report(case).step == Step.MAKE
    assert make(client, case).pk != dispatch.letter_id


def test_a_stopped_letter_is_released_again_on_its_page(counter: Counter, signed_in: SignedIn) -> None:
    dispatch = counter.released()
    cancelled(dispatch, counter)
    read = {"document_sha256": dispatch.document_sha256, "read": "on"}
    assert "An answer may never come" in do(signed_in(counter.caseworker), dispatch.case, "release", **read)
    dispatch.refresh_from_db()
    assert dispatch.state == "queued"


def test_a_stopped_letter_whose_approval_was_taken_back_is_approved_again_on_its_page(
    counter: Counter, signed_in: SignedIn
) -> None:
    dispatch = counter.released()
    withdraw_approval(letter=dispatch.letter, by=None)
    assert report(dispatch.case).step == Step.APPROVE
    approval = {"document_sha256": dispatch.document_sha256, "method": "in_writing", **PARTICULARS}
    do(signed_in(counter.caseworker), dispatch.case, "approve", **approval)
    assert report(dispatch.case).step == Step.RELEASE


def test_after_a_withdrawn_consent_comes_a_new_one_and_then_a_new_letter(counter: Counter, signed_in: SignedIn) -> None:
    dispatch, client = counter.released(), signed_in(counter.caseworker)
    withdraw_consent(case=dispatch.case, agency_key=EMBASSY, by=None)
    assert report(dispatch.case).step == Step.CONSENT
    assert "Release it" not in client.get(address(dispatch.case)).content.decode()
    do(client, dispatch.case, "consent", **(CONSENT | {"given_on": timezone.localdate().isoformat()}), **PARTICULARS)
    assert report(dispatch.case).step == Step.MAKE
    assert make(client, dispatch.case).pk != dispatch.letter_id


def test_another_consent_with_equal_facts_makes_another_letter(counter: Counter, signed_in: SignedIn) -> None:
    letter, client = counter.approved(), signed_in(counter.caseworker)
    yesterday = timezone.localdate() - timedelta(days=1)
    do(client, letter.case, "consent", **(CONSENT | {"given_on": yesterday.isoformat()}), **PARTICULARS)
    again = make(client, letter.case)
    assert again.facts_sha256 == letter.facts_sha256
    assert again.consent_given_on == yesterday


def test_a_draft_that_waited_for_consent_is_made_again_with_it(counter: Counter, signed_in: SignedIn) -> None:
    case, client = counter.case(document() | {"consents": []}), signed_in(counter.caseworker)
    assert counter.letters(case)[EMBASSY].draft
    do(client, case, "consent", **CONSENT, **PARTICULARS)
    assert not make(client, case).draft


def test_facts_that_are_again_what_they_were_bring_their_letter_back(counter: Counter) -> None:
    first = counter.approved()
    second = counter.letters(counter.case(OTHER_FACTS))[EMBASSY]
    assert report(first.case).letter == second
    counter.case(document())
    back = report(first.case)
    assert (back.letter, back.current, back.step) == (first, True, Step.RELEASE)


def test_what_may_be_on_its_way_keeps_its_place_before_a_newer_letter(counter: Counter) -> None:
    dispatch = counter.released()
    counter.letters(counter.case(OTHER_FACTS))
    for state, step in (("queued", Step.WAIT), ("uncertain", Step.LOOK)):
        Dispatch.objects.filter(pk=dispatch.pk).update(state=state)
        assert (report(dispatch.case).dispatch, report(dispatch.case).step) == (dispatch, step)


def test_a_letter_in_the_victims_hands_stays_on_its_page_after_the_consent_is_taken_back(
    counter: Counter, signed_in: SignedIn
) -> None:
    letter = counter.approved()
    release_to_victim(letter=letter, document_sha256=letter.document_sha256, by=counter.caseworker)
    withdraw_consent(case=letter.case, agency_key=EMBASSY, by=None)
    assert report(letter.case).step == Step.HAND
    assert "They have sent it" in signed_in(counter.caseworker).get(address(letter.case)).content.decode()


def test_a_supervisors_draft_outlasts_the_consent_and_is_sealed_again(
    counter: Counter, member: Callable[[Role], User]
) -> None:
    verify(EMBASSY)
    tied = document(safety={"ties_to": ["CN"]})
    case = counter.case(tied | {"consents": []})
    draft = counter.letters(case, by=counter.caseworker)[EMBASSY]
    assert report(case).step == Step.SUPERVISE
    counter.case(tied)
    assert (report(case).letter, report(case).step) == (draft, Step.SUPERVISE)


def test_a_held_persons_letter_is_sealed_again_for_another_mailbox_although_its_text_is_the_same(
    counter: Counter,
) -> None:
    embassy = "cn-embassy-th"
    person = held(victim__nationalities=["CN"], triage__held_in="TH")
    case = counter.case(person | {"consents": [consent(embassy, signed_as="Joseph Mwangi Sample")]})
    draft = counter.letters(case, by=counter.caseworker)[embassy]
    sealed = seal_for_release(letter=draft, document_sha256=draft.document_sha256, by=counter.director)
    sealed.state, sealed.document_sha256, sealed.sealed_at = "sealed", "0" * 64, timezone.now()
    sealed.save()
    assert (report(case, embassy).letter, report(case, embassy).step) == (sealed, Step.APPROVE)
    change_contacts(embassy, value="new@mfa.example")
    assert (report(case, embassy).letter, report(case, embassy).step) == (draft, Step.SUPERVISE)
