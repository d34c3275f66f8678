"""What a person does with a released letter: stop it, post it, hand it over, say what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import vault
from accounts.actions.audit import record
from accounts.models import Organization, User
from accounts.roles import Verb
from accounts.rules import require
from accounts.tenancy import current_organization_id
from cases.actions.reports import record_letter_report
from cases.enums import Channel
from letters.actions.releases import ReleaseRefused
from letters.delivery.claiming import refused
from letters.delivery.relay import Outcome, Reply
from letters.delivery.results import accept
from letters.documents.mail import email_bytes
from letters.enums import Carrier, DispatchState, SendingStage
from letters.gathering import gather
from letters.models import Dispatch
from letters.queries.for_a_person import for_a_person
from letters.release_check import lock_dispatch, look, released
from letters.release_rules import refusals

_UNSENT = frozenset({DispatchState.HELD, DispatchState.QUEUED, DispatchState.DEFERRED, DispatchState.FAILED})
_BEYOND_RECALL = {
    DispatchState.SENDING: "It is being handed to the relay at this moment and cannot be stopped.",
    DispatchState.ACCEPTED: "The relay took it on its way to the agency: it cannot be called back.",
    DispatchState.UNCERTAIN: "It may have been sent: nobody can tell, and it cannot be called back.",
    DispatchState.POSTED: "It was posted and cannot be called back.",
    DispatchState.HANDED_OVER: "The victim has it in their own hands; whether it is sent is theirs to say.",
    DispatchState.VICTIM_SENT: "The victim sent it and it cannot be called back.",
}


class TooLate(RuntimeError):
    """It cannot be stopped any more; the message says why."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What the victim gets: the signed PDF, and for agencies with a mailbox a message from themselves, or None."""

    pdf: bytes
    mail: bytes | None


@transaction.atomic
def cancel_dispatch(*, dispatch: Dispatch, by: User, reason: str) -> Dispatch:
    """Stop a letter that has not left. Either it is cancelled and not sent, or this raises TooLate.

    So is one that failed: then nobody is asked about it any more.
    Also while it is being sent, up to the stage that is committed just before the final dot.
    Raises PermissionDenied, and ValidationError without a reason.
    """
    require(by, Verb.REPORT_RELEASE, dispatch)
    if not reason.strip():
        raise ValidationError("say why it is stopped: the reason is missing")
    locked = lock_dispatch(dispatch.pk)
    if not stop_if_not_sent(locked, problem="A member of the organization stopped it.", reason=reason.strip()):
        raise TooLate(beyond_recall(locked))
    record("dispatch.cancel", by=by, target=locked)
    return locked


def stop_if_not_sent(dispatch: Dispatch, *, problem: str, reason: str = "") -> bool:
    """Cancel a locked dispatch that has not left, and tell whether it is stopped now. The caller audits.

    `problem` is a sentence of ours; `reason` is what a person typed, and is encrypted.
    """
    if dispatch.state == DispatchState.CANCELLED:
        return True
    claimed = dispatch.state == DispatchState.SENDING and dispatch.stage == SendingStage.CLAIMED
    if dispatch.state not in _UNSENT and not claimed:
        return False
    dispatch.drop_lease(DispatchState.CANCELLED)
    dispatch.problem, dispatch.reason = problem, reason
    dispatch.save()
    return True


def beyond_recall(dispatch: Dispatch) -> str:
    """Why a dispatch cannot be stopped any more, in a sentence that can be shown to the victim."""
    return _BEYOND_RECALL[DispatchState(dispatch.state)]


@transaction.atomic
def mark_posted(*, dispatch: Dispatch, on: date, registered_number: str, by: User) -> Dispatch:
    """Record that a printed letter was posted on that day; the case has a report now.

    Raises ReleaseRefused where it no longer may be sent, ValidationError before the hold is over, for a day to come
    or before the release, and for a letter that does not go by post, PermissionDenied.
    """
    require(by, Verb.REPORT_RELEASE, dispatch)
    locked = lock_dispatch(dispatch.pk)
    if locked.carrier != Carrier.POST or locked.state not in (DispatchState.HELD, DispatchState.QUEUED):
        raise ValidationError(f"this letter does not wait to be posted: it goes by {locked.carrier}, {locked.state}")
    if locked.release.hold_until > timezone.now():
        raise ValidationError(f"it can still be stopped until {locked.release.hold_until:%Y-%m-%d %H:%M} UTC")
    if not locked.release.released_at.date() <= on <= timezone.localdate():
        raise ValidationError("it was posted on a day between its release and today")
    if found := refused(locked):
        raise ReleaseRefused(found)
    locked.drop_lease(DispatchState.POSTED)
    locked.posted_on, locked.registered_number = on, registered_number.strip()
    _file(locked, Channel.POST, on=on, by=by)
    record("dispatch.posted", by=by, target=locked)
    return locked


@transaction.atomic
def hand_over(*, dispatch: Dispatch, by: User | None) -> HandedOver:
    """Give the victim what they send themselves. `by=None` is the victim in the portal.

    The message comes from whoever signed the report; without a safe address of theirs there is none.
    Raises ReleaseRefused where it no longer may go, ValidationError for a letter that was not released to them.
    """
    if by:
        require(by, Verb.REPORT_RELEASE, dispatch)
    locked = lock_dispatch(dispatch.pk)
    if locked.state not in (DispatchState.HANDED_OVER, DispatchState.VICTIM_SENT):
        raise ValidationError("this letter was not released into the victim's own hands")
    found = look(locked.letter, released(locked.release, locked.letter))
    if refusal := refusals(found.situation, by_victim=True):
        raise ReleaseRefused(refusal)
    assert found.row is not None, "without a row the rules refuse"
    pdf = vault.read(locked.letter.document_sha256)
    mail = None
    speaker = found.file.reporter
    address = speaker.email if speaker else found.file.victim.email if found.file.victim.email_is_safe else ""
    if found.row.channel == Channel.EMAIL and address:
        organization = Organization.objects.get(pk=current_organization_id())
        facts = gather(found.file, found.row, organization, draft=False, on=locked.letter.letter_date)
        facts = facts.mailed_to(locked.letter.recipient_to)
        message_id = f"<own.{locked.letter.message_id.removeprefix('<')}"
        mail = email_bytes(facts, pdf=pdf, message_id=message_id, date=timezone.now(), own_address=address)
    record("dispatch.hand_over", by=by, target=locked)
    return HandedOver(pdf, mail)


@transaction.atomic
def victim_sent(*, dispatch: Dispatch, on: date, by: User | None) -> Dispatch:
    """Record that the victim says they have sent or filed it on that day; `by=None` is the victim in the portal."""
    if by:
        require(by, Verb.REPORT_RELEASE, dispatch)
    locked = lock_dispatch(dispatch.pk)
    if locked.state != DispatchState.HANDED_OVER:
        raise ValidationError("this letter is not in the victim's hands")
    if not locked.release.released_at.date() <= on <= timezone.localdate():
        raise ValidationError("it was sent on a day between the handing over and today")
    locked.drop_lease(DispatchState.VICTIM_SENT)
    locked.victim_sent_on = on
    mailed = bool(locked.letter.mail_sha256)
    _file(locked, Channel.EMAIL if mailed else None, on=on, by=by)
    record("dispatch.victim_sent", by=by, target=locked)
    return locked


@transaction.atomic
def victim_keeps(*, dispatch: Dispatch, reason: str, by: User) -> Dispatch:
    """Record that the victim will not send what was given into their hands; another letter may follow then.

    Raises PermissionDenied, and ValidationError without a reason or for a letter that is not in their hands.
    """
    require(by, Verb.REPORT_RELEASE, dispatch)
    locked = lock_dispatch(dispatch.pk)
    if locked.state != DispatchState.HANDED_OVER:
        raise ValidationError("this letter is not in the victim's hands")
    if not reason.strip():
        raise ValidationError("say why it is not sent: the reason is missing")
    locked.drop_lease(DispatchState.CANCELLED)
    locked.problem, locked.reason = "The victim did not send it.", reason.strip()
    locked.save()
    record("dispatch.victim_keeps", by=by, target=locked)
    return locked


@transaction.atomic
def resolve_uncertain(*, dispatch: Dispatch, was_sent: bool, finding: str, by: User) -> Dispatch:
    """Record what a person found out about a letter of which nobody knew whether the relay took it.

    `finding` says where they looked. Not sent: it stands as stopped, and may be released again.
    Raises PermissionDenied, and ValidationError without a finding or for another state.
    """
    require(by, Verb.REPORT_RELEASE, dispatch)
    locked = lock_dispatch(dispatch.pk)
    if locked.state != DispatchState.UNCERTAIN or not finding.strip():
        raise ValidationError("say what was found out about a letter that is held for a person")
    locked.reason = finding.strip()
    if was_sent:
        accept(locked, Reply(Outcome.ACCEPTED))
    else:
        locked.drop_lease(DispatchState.CANCELLED)
        locked.problem = "It was not sent, as a member of the organization found out."
        locked.save()
    record("dispatch.resolve", by=by, target=locked)
    return locked


def waiting_for_a_person() -> list[UUID]:
    """The dispatches that a person has to look at: refused for good, uncertain, stopped by the rules."""
    return list(for_a_person().values_list("pk", flat=True))


def _file(dispatch: Dispatch, channel: Channel | None, *, on: date, by: User | None) -> None:
    dispatch.report = record_letter_report(
        case=dispatch.case,
        agency_key=dispatch.agency_key,
        agency_name=dispatch.agency_name,
        agency_kind=dispatch.agency_kind,
        channel=channel,
        on=on,
        by=by,
    )
    dispatch.save()
