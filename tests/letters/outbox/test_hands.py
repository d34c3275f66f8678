"""Paper, the victim's own hands, and what does not wait: posted and sent are said by people, once, under the rules."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts import vault
from cases.models import Report
from letters.actions.dispatches import TooLate, cancel_dispatch, hand_over, mark_posted, victim_keeps, victim_sent
from letters.actions.releases import ReleaseRefused, release_to_victim
from letters.actions.withdrawals import withdraw_consent
from letters.delivery import deliver, due_dispatches
from letters.models import Dispatch
from tests.intakes import chinese, consent
from tests.letters.outbox.counter import EMBASSY, Counter, verify
from tests.letters.outbox.relay import Relay
from tests.people import CHIARA

BY_POST, PORTAL, NATIONAL_DESK = "cn-embassy-gb", "us-ic3", "ng-efcc"


def by_post(counter: Counter, *, holding_hours: int = 0) -> Dispatch:
    """A released letter to the embassy in London, which has no mailbox."""
    counter.organization.holding_hours = holding_hours
    counter.organization.save()
    verify(BY_POST)
    address = {"city": "London", "country": "GB"}
    case = counter.case(chinese(victim__address=address, consents=[consent(BY_POST)]))
    letter = counter.letters(case)[BY_POST]
    counter.approve(letter)
    return counter.release(letter)


def in_hands(counter: Counter, agency: str = EMBASSY, **changes: Any) -> Dispatch:
    """A letter that was released to the victim themselves."""
    letter = counter.approved(agency=agency, **changes) if agency == EMBASSY else _unapproved(counter, agency)
    return release_to_victim(letter=letter, document_sha256=letter.document_sha256, by=counter.caseworker)


def _unapproved(counter: Counter, agency: str) -> Any:
    return counter.letters(counter.case(chinese()))[agency]


def posted(counter: Counter, dispatch: Dispatch, **more: Any) -> Dispatch:
    said: dict[str, Any] = {
        "on": timezone.localdate(),
        "registered_number": "RR123456785GB",
        "by": counter.caseworker,
    } | more
    return mark_posted(dispatch=dispatch, **said)


# --- by post --------------------------------------------------------------------------------------------------


def test_a_posted_letter_is_a_report_with_its_day_and_registered_number(counter: Counter) -> None:
    dispatch = posted(counter, by_post(counter), registered_number=" RR123456785GB ")
    today = timezone.localdate()
    assert (dispatch.state, dispatch.posted_on, dispatch.registered_number) == ("posted", today, "RR123456785GB")
    report = Report.objects.get(case=dispatch.case)
    assert dispatch.report == report
    assert (report.agency_key, report.channel, report.filed_on) == (BY_POST, "post", today)


def test_a_letter_by_post_is_never_mailed(counter: Counter, relay: Relay) -> None:
    dispatch = by_post(counter)
    assert not list(due_dispatches())
    deliver(counter.organization.pk, dispatch.pk)
    dispatch.refresh_from_db()
    assert dispatch.state == "queued"
    assert not relay.taken


def test_paper_waits_for_the_hold_like_all(counter: Counter) -> None:
    dispatch = by_post(counter, holding_hours=24)
    with pytest.raises(ValidationError, match="can still be stopped"):
        posted(counter, dispatch)
    Dispatch.objects.filter(pk=dispatch.pk).update(next_attempt_at=timezone.now())
    release = dispatch.release
    release.hold_until = timezone.now()
    release.save()
    assert not list(due_dispatches())
    dispatch.refresh_from_db()
    assert dispatch.state == "queued", "to be printed and posted now"
    assert posted(counter, dispatch).state == "posted"


@pytest.mark.parametrize("days", [-1, 1])
def test_it_was_posted_between_its_release_and_today(counter: Counter, days: int) -> None:
    with pytest.raises(ValidationError, match="between its release and today"):
        posted(counter, by_post(counter), on=timezone.localdate() + timedelta(days=days))


def test_the_rules_are_asked_again_before_paper_is_posted(counter: Counter) -> None:
    dispatch = by_post(counter)
    type(dispatch.case).objects.filter(pk=dispatch.case_id).update(ties_to=None)
    with pytest.raises(ReleaseRefused, match="Ask about nationality"):
        posted(counter, dispatch)


def test_paper_is_stopped_until_it_is_posted_and_posted_once(counter: Counter) -> None:
    dispatch = posted(counter, by_post(counter))
    with pytest.raises(TooLate, match="posted"):
        cancel_dispatch(dispatch=dispatch, by=counter.caseworker, reason="The victim called.")
    with pytest.raises(ValidationError, match="does not wait"):
        posted(counter, dispatch)
    assert Report.objects.filter(case=dispatch.case).count() == 1


def test_stopped_paper_is_not_posted(counter: Counter) -> None:
    dispatch = by_post(counter)
    cancel_dispatch(dispatch=dispatch, by=counter.caseworker, reason="The victim called.")
    with pytest.raises(ValidationError, match="does not wait"):
        posted(counter, dispatch)


def test_an_email_is_not_marked_as_posted(counter: Counter) -> None:
    with pytest.raises(ValidationError, match="goes by email"):
        posted(counter, counter.released())


def test_who_may_not_release_marks_nothing_as_posted(counter: Counter) -> None:
    with pytest.raises(PermissionDenied):
        posted(counter, by_post(counter), by=CHIARA.sign_up())


# --- the victim's own hands -----------------------------------------------------------------------------------


def test_the_victim_gets_the_sealed_document_and_a_message_from_themselves(counter: Counter) -> None:
    dispatch = in_hands(counter)
    handed = hand_over(dispatch=dispatch, by=counter.caseworker)
    assert handed.pdf == vault.read(dispatch.letter.document_sha256)
    assert handed.mail is not None
    message = message_from_bytes(handed.mail, policy=default)
    assert isinstance(message, EmailMessage)
    assert message["From"].addresses[0].addr_spec == "margaret.testperson@example.org"
    assert message["Reply-To"].addresses[0].addr_spec == "margaret.testperson@example.org"
    assert [to.addr_spec for to in message["To"].addresses] == [dispatch.letter.recipient_to]
    assert message["Message-ID"] != dispatch.letter.message_id
    (pdf,) = message.iter_attachments()
    assert pdf.get_content() == handed.pdf


def test_a_victim_whose_address_is_not_safe_gets_the_document_alone(counter: Counter) -> None:
    dispatch = in_hands(counter, victim__safe_contact={"email_is_safe": False})
    assert hand_over(dispatch=dispatch, by=None).mail is None


def test_for_a_portal_there_is_no_message(counter: Counter) -> None:
    assert hand_over(dispatch=in_hands(counter, PORTAL), by=None).mail is None


def test_what_is_in_the_victims_hands_is_never_mailed_by_us(counter: Counter, relay: Relay) -> None:
    dispatch = in_hands(counter)
    assert not list(due_dispatches())
    deliver(counter.organization.pk, dispatch.pk)
    assert not relay.taken


def test_a_letter_for_us_to_send_is_not_handed_over(counter: Counter) -> None:
    with pytest.raises(ValidationError, match="not released into"):
        hand_over(dispatch=counter.released(), by=None)


def test_the_rules_are_asked_again_when_it_is_handed_over(counter: Counter) -> None:
    dispatch = in_hands(counter)
    type(dispatch.case).objects.filter(pk=dispatch.case_id).update(ties_to=None)
    with pytest.raises(ReleaseRefused, match="Ask about nationality"):
        hand_over(dispatch=dispatch, by=None)


def test_what_the_victim_says_they_sent_is_a_report(counter: Counter) -> None:
    today = timezone.localdate()
    dispatch = victim_sent(dispatch=in_hands(counter), on=today, by=None)
    assert (dispatch.state, dispatch.victim_sent_on) == ("victim_sent", today)
    report = Report.objects.get(case=dispatch.case)
    assert (report.agency_key, report.channel, report.filed_on) == (EMBASSY, "email", today)
    with pytest.raises(ValidationError, match="not in the victim's hands"):
        victim_sent(dispatch=dispatch, on=today, by=None)


def test_what_the_victim_will_not_send_makes_way_for_another_letter(counter: Counter) -> None:
    dispatch = in_hands(counter)
    with pytest.raises(ValidationError, match="reason is missing"):
        victim_keeps(dispatch=dispatch, reason=" ", by=counter.caseworker)
    with pytest.raises(PermissionDenied):
        victim_keeps(dispatch=dispatch, reason="They moved.", by=CHIARA.sign_up())
    kept = victim_keeps(dispatch=dispatch, reason="They moved.", by=counter.caseworker)
    assert (kept.state, kept.report, kept.reason) == ("cancelled", None, "They moved.")
    with pytest.raises(ValidationError, match="not in the victim's hands"):
        victim_sent(dispatch=dispatch, on=timezone.localdate(), by=counter.caseworker)
    assert counter.release(dispatch.letter).carrier == "email"


def test_what_is_only_in_their_hands_is_no_report_yet(counter: Counter) -> None:
    dispatch = in_hands(counter)
    hand_over(dispatch=dispatch, by=None)
    assert not Report.objects.filter(case=dispatch.case).exists()


@pytest.mark.parametrize("days", [-1, 1])
def test_it_was_sent_between_the_handing_over_and_today(counter: Counter, days: int) -> None:
    with pytest.raises(ValidationError, match="between the handing over and today"):
        victim_sent(dispatch=in_hands(counter), on=timezone.localdate() + timedelta(days=days), by=None)


def test_who_may_not_release_says_nothing_for_the_victim(counter: Counter) -> None:
    dispatch = in_hands(counter)
    analyst = CHIARA.sign_up()
    with pytest.raises(PermissionDenied):
        hand_over(dispatch=dispatch, by=analyst)
    with pytest.raises(PermissionDenied):
        victim_sent(dispatch=dispatch, on=timezone.localdate(), by=analyst)


def test_a_withdrawal_says_that_the_victim_has_it_in_their_own_hands(counter: Counter) -> None:
    dispatch = in_hands(counter)
    (sentence,) = withdraw_consent(case=dispatch.case, agency_key=EMBASSY, by=None).beyond_recall
    assert "own hands" in sentence


# --- what does not wait ---------------------------------------------------------------------------------------


def test_where_the_organization_holds_nothing_a_letter_waits_for_nothing(counter: Counter, relay: Relay) -> None:
    dispatch = counter.released()
    assert (dispatch.state, dispatch.next_attempt_at) == ("queued", dispatch.release.hold_until)
    assert (counter.organization.pk, dispatch.pk) in list(due_dispatches())


def test_a_letter_to_ones_own_national_desk_waits_for_no_hold(counter: Counter, relay: Relay) -> None:
    counter.organization.holding_hours = 24
    counter.organization.save()
    verify(NATIONAL_DESK)
    address = {"city": "Lagos", "country": "NG"}
    letter = counter.letters(counter.case(chinese(victim__address=address, consents=[consent(NATIONAL_DESK)])))
    counter.approve(letter[NATIONAL_DESK])
    dispatch = counter.release(letter[NATIONAL_DESK])
    assert dispatch.state == "queued"
    deliver(counter.organization.pk, dispatch.pk)
    assert relay.message_ids == [dispatch.letter.message_id]
