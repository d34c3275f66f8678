"""Release: who may, in what state, and what is said where it may not be."""

import datetime as dt
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.actions.screening import confirm_nexus
from cases.case_file import read_case_file
from cases.models import Case
from directory.actions.contacts import close_contact
from directory.models import ContactPoint
from letters.actions.approvals import approve_letter
from letters.actions.dispatches import cancel_dispatch
from letters.actions.releases import ReleaseRefused, release_letter, seal_for_release
from letters.actions.withdrawals import withdraw_approval, withdraw_consent
from letters.enums import ApprovalMethod
from letters.models import Dispatch, Letter
from letters.sealing import make_letter
from tests.intakes import consent
from tests.letters.outbox.counter import EMBASSY, MAILBOX, Counter, contact, document, verify
from tests.people import AMARA, CHIARA


def refused(counter: Counter, letter: Letter, **more: object) -> set[str]:
    with pytest.raises(ReleaseRefused) as refusal:
        counter.release(letter, **more)  # type: ignore[arg-type]
    assert all(one.sentence.endswith(".") for one in refusal.value.refusals)
    return {one.rule for one in refusal.value.refusals}


def test_an_approved_letter_to_a_verified_address_is_released(counter: Counter) -> None:
    dispatch = counter.released()
    assert (dispatch.state, dispatch.carrier, dispatch.attempts) == ("queued", "email", 0)
    assert dispatch.release.role == "caseworker"


def test_who_may_not_release_is_refused(counter: Counter) -> None:
    assert refused(counter, counter.approved(), by=CHIARA.sign_up()) == {"who"}


def test_what_was_read_is_what_is_released(counter: Counter) -> None:
    letter = counter.approved()
    with pytest.raises(ReleaseRefused) as refusal:
        release_letter(letter=letter, document_sha256="0" * 64, by=counter.caseworker)
    assert [one.rule for one in refusal.value.refusals] == ["unread"]


def test_without_approval_nothing_is_released(counter: Counter) -> None:
    verify(EMBASSY)
    assert refused(counter, counter.letters(counter.case(document()))[EMBASSY]) == {"not-approved"}


def test_an_approval_is_of_one_document(counter: Counter) -> None:
    letter = counter.approved()
    with pytest.raises(ValidationError, match="another document"):
        approve_letter(
            letter=letter,
            document_sha256="0" * 64,
            method=ApprovalMethod.IN_WRITING,
            language="en",
            notice_version="1",
            by=counter.caseworker,
        )


def test_an_approval_says_language_and_notice_and_who_recorded_it(counter: Counter) -> None:
    letter = counter.approved()
    for language, notice, method, by in (
        ("", "1", ApprovalMethod.IN_WRITING, counter.caseworker),
        ("en", "", ApprovalMethod.IN_WRITING, counter.caseworker),
        ("en", "1", ApprovalMethod.IN_WRITING, None),
        ("en", "1", ApprovalMethod.PORTAL, counter.caseworker),
    ):
        with pytest.raises(ValidationError):
            approve_letter(
                letter=letter,
                document_sha256=letter.document_sha256,
                method=method,
                language=language,
                notice_version=notice,
                by=by,
            )


def test_an_approval_taken_back_is_none(counter: Counter) -> None:
    letter = counter.approved()
    withdraw_approval(letter=letter, by=None)
    assert refused(counter, letter) == {"not-approved"}


def test_a_fact_that_changes_the_letter_voids_the_approval(counter: Counter) -> None:
    letter = counter.approved()
    counter.case(document(identifiers=[{"kind": "website", "value": "https://other.example"}]))
    assert refused(counter, letter) == {"facts-changed"}


def test_a_withdrawn_consent_withdraws_the_letter(counter: Counter) -> None:
    letter = counter.approved()
    withdraw_consent(case=letter.case, agency_key=EMBASSY, by=None)
    assert refused(counter, letter) == {"withdrawn", "no-consent"}


@pytest.mark.parametrize(("ahead", "stands"), [(1, False), (2, True)])
def test_a_consent_of_tomorrow_which_is_today_where_the_victim_is_is_withdrawn_too(
    counter: Counter, ahead: int, stands: bool
) -> None:
    letter = counter.approved()
    case = letter.case
    case.consents.filter(agency_key=EMBASSY).update(given_on=timezone.localdate() + timedelta(days=ahead))
    withdraw_consent(case=case, agency_key=EMBASSY, by=None)
    assert (read_case_file(case.pk).consent_for(EMBASSY) is not None) is stands


def test_an_intake_that_is_read_again_does_not_undo_a_withdrawal(counter: Counter) -> None:
    letter = counter.approved()
    withdraw_consent(case=letter.case, agency_key=EMBASSY, by=None)
    counter.case(document(identifiers=[{"kind": "website", "value": "https://other.example"}]))
    counter.case(document())
    assert "no-consent" in refused(counter, letter)


def test_a_later_consent_counts_again_for_a_new_letter(counter: Counter) -> None:
    letter = counter.approved()
    withdraw_consent(case=letter.case, agency_key=EMBASSY, by=None)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        again = consent(EMBASSY, given_on=timezone.localdate().isoformat())
        # The desk accepts today's date only, so the consent is put in as a member's page will.
        kept = letter.case.consents.get(agency_key=EMBASSY)
        kept.given_on = dt.date.fromisoformat(again["given_on"])
        kept.save()
        new = counter.letters(Case.objects.get(pk=letter.case_id))[EMBASSY]
        assert new.pk != letter.pk
        counter.approve(new)
        assert counter.release(new).state == "queued"


def test_another_consent_needs_another_letter(counter: Counter) -> None:
    letter = counter.approved()
    kept = letter.case.consents.get(agency_key=EMBASSY)
    kept.disclose = ["evidence"]
    kept.save()
    assert "consent-changed" in refused(counter, letter)


def test_ties_have_to_be_asked(counter: Counter) -> None:
    assert refused(counter, counter.approved(safety={})) == {"ties-unasked"}


def test_a_likely_nexus_is_confirmed_by_a_caseworker_with_a_reason(counter: Counter) -> None:
    letter = counter.approved(triage={"money_sent_to": []}, fraud__kind="investment")
    assert refused(counter, letter) == {"nexus-unconfirmed"}
    with pytest.raises(ValidationError, match="reason"):
        confirm_nexus(case=letter.case, reason=" ", seen=letter.case.updated_at, by=counter.caseworker)
    with pytest.raises(PermissionDenied):
        confirm_nexus(
            case=letter.case, reason="The platform is known.", seen=letter.case.updated_at, by=CHIARA.sign_up()
        )
    confirm_nexus(case=letter.case, reason="The platform is known.", seen=letter.case.updated_at, by=counter.caseworker)
    assert counter.release(letter).state == "queued"


def test_an_address_nobody_verified_needs_a_reason(counter: Counter) -> None:
    letter = counter.letters(counter.case(document()))[EMBASSY]
    counter.approve(letter)
    assert refused(counter, letter) == {"unverified-address"}
    dispatch = counter.release(letter, override_reason="Called the embassy, they spelled it.")
    assert dispatch.release.override_reason == "Called the embassy, they spelled it."


def test_a_verification_lasts_180_days(counter: Counter) -> None:
    letter = counter.approved()
    long_ago = timezone.localdate() - timedelta(days=181)
    ContactPoint.objects.filter(agency__key=EMBASSY, channel="email").update(verified_on=long_ago)
    assert refused(counter, letter) == {"stale-address"}
    verify(EMBASSY, on=timezone.localdate() - timedelta(days=180))
    assert counter.release(letter).state == "queued"


def test_a_closed_address_is_another_address(counter: Counter) -> None:
    letter = counter.approved()
    close_contact(contact=contact(EMBASSY), by=counter.director)
    assert "facts-changed" in refused(counter, letter, override_reason="I insist.")


def test_a_letter_is_released_once(counter: Counter) -> None:
    dispatch = counter.released()
    with pytest.raises(ValidationError, match="released before"):
        counter.release(dispatch.letter)
    cancel_dispatch(dispatch=dispatch, by=counter.caseworker, reason="Wrong day.")
    assert counter.release(dispatch.letter).pk == dispatch.pk
    assert Dispatch.objects.count() == 1


def test_the_database_keeps_one_dispatch_a_document(counter: Counter) -> None:
    first = counter.released()
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.create(
            letter=first.letter,
            release=first.release,
            case=first.case,
            agency_key=first.agency_key,
            agency_name="again",
            document_sha256=first.document_sha256,
            carrier="email",
            state="queued",
            next_attempt_at=timezone.now(),
        )


# --- what waits for a supervisor ------------------------------------------------------------------------------


@pytest.mark.parametrize("safety", [{"ties_to": ["CN"]}, {"ties_to": ["HK"]}, {"ties_to": [], "life_at_risk": True}])
def test_a_draft_that_waits_for_a_supervisor_is_never_released(counter: Counter, safety: dict[str, object]) -> None:
    letter = counter.approved(safety=safety)
    assert letter.draft
    assert {"not-sealed", "needs-supervisor", "not-approved"} <= refused(counter, letter)
    assert "not-sealed" in refused(counter, letter, by=counter.director)


def test_a_supervisor_reads_the_draft_seals_it_and_releases_it(counter: Counter, private_folders: Path) -> None:
    verify(EMBASSY)
    draft = counter.letters(counter.case(document(safety={"ties_to": ["CN"]})), by=counter.caseworker)[EMBASSY]
    asked = seal_for_release(letter=draft, document_sha256=draft.document_sha256, by=counter.director)
    assert (asked.state, asked.document_sha256) == ("asked", ""), "a worker makes it"
    sealed = make_letter(asked.pk)
    assert (sealed.state, sealed.draft, sealed.read_by) == ("sealed", False, counter.director)
    assert "not-approved" in refused(counter, sealed, by=counter.director)
    counter.approve(sealed)
    assert refused(counter, sealed) == {"needs-supervisor", "own-draft"}
    assert counter.release(sealed, by=counter.director).release.role == "director"


def test_a_consent_taken_back_while_a_letter_is_being_sealed_leaves_nothing_to_approve(counter: Counter) -> None:
    draft = counter.letters(counter.case(document(safety={"ties_to": ["CN"]})), by=counter.caseworker)[EMBASSY]
    asked = seal_for_release(letter=draft, document_sha256=draft.document_sha256, by=counter.director)
    withdraw_consent(case=draft.case, agency_key=EMBASSY, by=None)
    made = make_letter(asked.pk)
    assert (made.state, made.document_sha256) == ("failed", "")
    assert "consent was taken back" in made.failure


def test_a_supervisor_never_releases_their_own_ask(counter: Counter) -> None:
    verify(EMBASSY)
    draft = counter.letters(counter.case(document(safety={"ties_to": ["CN"]})), by=counter.director)[EMBASSY]
    with pytest.raises(PermissionDenied, match="second person"):
        seal_for_release(letter=draft, document_sha256=draft.document_sha256, by=counter.director)


def test_only_a_supervisor_seals_and_only_what_they_read(counter: Counter) -> None:
    draft = counter.letters(counter.case(document(safety={"ties_to": ["CN"]})))[EMBASSY]
    with pytest.raises(PermissionDenied):
        seal_for_release(letter=draft, document_sha256=draft.document_sha256, by=counter.caseworker)
    with pytest.raises(ValidationError, match="another document"):
        seal_for_release(letter=draft, document_sha256="0" * 64, by=counter.director)
    counter.case(document(safety={"ties_to": ["CN"]}, identifiers=[{"kind": "website", "value": "https://o.example"}]))
    with pytest.raises(ValidationError, match="something else"):
        seal_for_release(letter=draft, document_sha256=draft.document_sha256, by=counter.director)


def test_a_draft_that_waits_for_consent_is_not_sealed_by_this_door(counter: Counter) -> None:
    case = counter.case(document() | {"consents": []})
    draft = counter.letters(case)[EMBASSY]
    with pytest.raises(ValidationError, match="does not wait for a supervisor"):
        seal_for_release(letter=draft, document_sha256=draft.document_sha256, by=counter.director)


def test_a_flag_raised_after_sealing_makes_the_sealed_letter_wait(counter: Counter) -> None:
    letter = counter.approved()
    Case.objects.filter(pk=letter.case_id).update(life_at_risk=True)
    assert refused(counter, letter) == {"needs-supervisor"}
    assert counter.release(letter, by=AMARA.sign_up()).state == "queued"


# --- the hold -------------------------------------------------------------------------------------------------


def test_the_hold_is_the_organizations_for_a_foreign_state(counter: Counter) -> None:
    counter.organization.holding_hours = 24
    counter.organization.save()
    before = timezone.now()
    dispatch = counter.released(agency=MAILBOX)
    assert dispatch.state == "held"
    assert dispatch.release.hold_until - before >= timedelta(hours=24)


def test_what_makes_the_letter_is_the_same_code_as_ever(counter: Counter) -> None:
    """One letter by the real path, rendered and signed: approved, released."""
    verify(EMBASSY)
    case = counter.case(document())
    letters = {key: letter for key, letter in _asked(counter, case).items() if key == EMBASSY}
    letter = make_letter(letters[EMBASSY].pk)
    counter.approve(letter)
    assert counter.release(letter).document_sha256 == letter.document_sha256


def _asked(counter: Counter, case: Case) -> dict[str, Letter]:
    from cases.case_file import read_case_file
    from cases.plan import build_plan
    from directory.queries import agency_names
    from letters.actions.ask_letters import ask_letters
    from letters.standing import standings

    file, today = read_case_file(case.pk), timezone.localdate()
    rows = standings(file, build_plan(file), counter.organization, proper_names=agency_names(), today=today)
    return {a.letter.agency_key: a.letter for a in ask_letters(file, rows, by=None, today=today) if a.letter}
