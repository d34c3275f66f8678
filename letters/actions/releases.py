"""Letting a letter go: after reading it, under the rules, into the outbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import Organization, User
from accounts.roles import VERBS_OF_ROLE, Verb
from accounts.rules import require
from accounts.tenancy import current_organization_id
from cases.case_file import CaseFile, read_case_file
from cases.enums import Channel
from cases.plan import PlanRow, build_plan
from directory.queries import agency_names
from letters.actions.ask_letters import ask_letter, wake_printer_on_commit
from letters.enums import NOT_SENT, Carrier, DispatchState, LetterState, ReportStatus
from letters.gathering import facts_sha256
from letters.models import Dispatch, Letter, Release
from letters.release_check import Look, lock_case, look, releaser_of
from letters.release_rules import Refusal, holding_hours, refusals
from letters.standing import Standing, standings
from letters.tasks import wake


class ReleaseRefused(RuntimeError):
    """The rules do not let this letter go; `refusals` says why, a sentence each."""

    def __init__(self, found: tuple[Refusal, ...]) -> None:
        super().__init__(" ".join(refusal.sentence for refusal in found))
        self.refusals = found


@transaction.atomic
def release_letter(*, letter: Letter, document_sha256: str, by: User, override_reason: str = "") -> Dispatch:
    """Let one letter go by e-mail or post, after the organization's hold, and return its dispatch.

    `document_sha256` is of the document that the person read. `override_reason` says why an address is used that
    nobody verified within 180 days. Raises ReleaseRefused with every reason, ValidationError for a second release.
    """
    found = _allowed(letter, document_sha256, by=by, override_reason=override_reason)
    row = _row(found)
    now = timezone.now()
    hold_until = now + timedelta(hours=_hours(found, row))
    carrier = Carrier.EMAIL if row.channel == Channel.EMAIL else Carrier.POST
    release = _release(letter, by=by, override_reason=override_reason, hold_until=hold_until)
    dispatch = _dispatch(release, row, carrier)
    dispatch.state = (DispatchState.HELD if hold_until > now else DispatchState.QUEUED).value
    dispatch.save()
    record("letter.release", by=by, target=letter, fields=["override_reason"] if override_reason else [])
    if hold_until <= now and carrier == Carrier.EMAIL:
        _wake_on_commit(dispatch)
    return dispatch


@transaction.atomic
def release_to_victim(*, letter: Letter, document_sha256: str, by: User) -> Dispatch:
    """Let one letter go into the victim's own hands, and return its dispatch. Raises as `release_letter` does."""
    row = _row(_allowed(letter, document_sha256, by=by, override_reason="", by_victim=True))
    release = _release(letter, by=by, override_reason="", hold_until=timezone.now())
    dispatch = _dispatch(release, row, Carrier.VICTIM)
    dispatch.state = DispatchState.HANDED_OVER.value
    dispatch.save()
    record("letter.hand_over", by=by, target=letter)
    return dispatch


@transaction.atomic
def seal_for_release(*, letter: Letter, document_sha256: str, by: User) -> Letter:
    """Ask for the sealed letter of a report that waits for a supervisor, after they read its draft; return it.

    A worker makes it, as any other. It says exactly what the draft says, and still needs approval and release. Raises
    PermissionDenied for who is no supervisor or asked for the draft themselves, ValidationError where draft, case or
    consent are not as they were.
    """
    require(by, Verb.REPORT_SUPERVISE, letter)
    if letter.asked_by_id == by.pk:
        raise PermissionDenied("a second person reads the draft, not the one who asked for it")
    if letter.state != LetterState.DRAFT or document_sha256 != letter.document_sha256:
        raise ValidationError("another document was read than this draft: open it again")
    lock_case(letter.case_id)
    file = read_case_file(letter.case_id)
    sealed = ask_letter(file, _sealable(letter, file), by=letter.asked_by, today=timezone.localdate())
    assert sealed is not None, "its standing has facts"
    if sealed.state == LetterState.ASKED:
        sealed.read_by = sealed.read_by or by  # two supervisors may ask at once: it is one letter
        sealed.save(update_fields=["read_by"])
        wake_printer_on_commit(sealed)
    record("letter.read_draft", by=by, target=letter)
    return sealed


def _wake_on_commit(dispatch: Dispatch) -> None:
    """Ask a worker to send it; where the broker is down the release stands, and the sweeper asks later."""
    organization_id = current_organization_id()

    def wake_worker() -> None:  # a function with a name: of a partial that fails, Django cannot say which it was
        wake(organization_id, dispatch.pk)

    transaction.on_commit(wake_worker, robust=True)


def _sealable(draft: Letter, file: CaseFile) -> Standing:
    """The report of a draft as it stands now, no draft any more. Raises ValidationError where that may not be."""
    organization = Organization.objects.get(pk=current_organization_id())
    found = standings(file, build_plan(file), organization, proper_names=agency_names(), today=timezone.localdate())
    standing = next((one for one in found if one.row.key == draft.agency_key), None)
    if standing is None or standing.facts is None or standing.status != ReportStatus.NEEDS_SUPERVISOR:
        raise ValidationError("this report does not wait for a supervisor: produce the reports again")
    if facts_sha256(standing.facts) != draft.facts_sha256:
        raise ValidationError("the case says something else than this draft: produce the reports again")
    if standing.row.sent_by_us and file.consent_for(standing.row.key) is None:
        raise ValidationError("there is no consent for this agency")
    return replace(standing, facts=replace(standing.facts, draft=False))


def _allowed(letter: Letter, document_sha256: str, *, by: User, override_reason: str, by_victim: bool = False) -> Look:
    lock_case(letter.case_id)
    letter.refresh_from_db()
    who = releaser_of(by, letter, read_sha256=document_sha256, override_reason=override_reason)
    found = look(letter, who)
    refused = refusals(found.situation, by_victim=by_victim)
    if refused:
        raise ReleaseRefused(refused)
    return found


def _row(found: Look) -> PlanRow:
    assert found.row is not None, "without a row the rules refuse"
    return found.row


def _hours(found: Look, row: PlanRow) -> int:
    hours = Organization.objects.values_list("holding_hours", flat=True).get(pk=current_organization_id())
    return holding_hours(hours, letter_kind=row.letter_kind.value, foreign=found.situation.foreign, chinese=row.chinese)


def _release(letter: Letter, *, by: User, override_reason: str, hold_until: datetime) -> Release:
    role = next(role for role in by.roles() if Verb.REPORT_RELEASE in VERBS_OF_ROLE[role])
    return Release.objects.create(
        letter=letter,
        document_sha256=letter.document_sha256,
        released_by=by,
        role=role.value,
        released_at=timezone.now(),
        override_reason=override_reason.strip(),
        hold_until=hold_until,
    )


def _dispatch(release: Release, row: PlanRow, carrier: Carrier) -> Dispatch:
    """The one dispatch of the letter, new or taken up again. Raises ValidationError where it is on its way."""
    letter = release.letter
    dispatch = Dispatch.objects.select_for_update(no_key=True).filter(letter=letter).first()
    if dispatch is None:
        dispatch = Dispatch(letter=letter, case_id=letter.case_id, document_sha256=letter.document_sha256)
    elif dispatch.state not in NOT_SENT:
        raise ValidationError(f"this letter was released before and is {dispatch.state}")
    dispatch.release, dispatch.carrier = release, carrier.value
    dispatch.agency_key, dispatch.agency_name = row.key, row.name
    dispatch.agency_kind = row.agency.kind if row.agency else ""
    dispatch.recipient_domain = letter.recipient_to.rpartition("@")[2].lower() if carrier == Carrier.EMAIL else ""
    dispatch.next_attempt_at, dispatch.attempts = release.hold_until, 0
    dispatch.reply_code, dispatch.reply_text, dispatch.problem, dispatch.reason = None, "", "", ""
    return dispatch
