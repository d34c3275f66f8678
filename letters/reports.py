"""The reports of a case as the people who work on it see them: where each stands, its letter, its way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils import timezone

from accounts.models import Organization
from accounts.tenancy import current_organization_id
from cases.case_file import CaseFile
from cases.enums import Channel
from cases.models import Case
from cases.plan import Plan
from directory.queries import agency_names
from letters.enums import DispatchState, LetterState, ReportStatus
from letters.gathering import facts_sha256
from letters.models import Approval, Dispatch, Letter
from letters.standing import Standing, standings


class Step(StrEnum):
    """What a report waits for next."""

    KNOW = "know"
    MEND = "mend"
    MAKE = "make"
    MAKING = "making"
    SUPERVISE = "supervise"
    CONSENT = "consent"
    APPROVE = "approve"
    RELEASE = "release"
    POST = "post"
    HAND = "hand"
    FILE = "file"
    LOOK = "look"
    WAIT = "wait"
    DONE = "done"


_STEP_OF_STATUS = {
    ReportStatus.INFORMATION: Step.KNOW,
    ReportStatus.FILED: Step.DONE,
    ReportStatus.BLOCKED: Step.MEND,
    ReportStatus.AWAITING_CONSENT: Step.CONSENT,
}
_STEP_OF_DISPATCH = {
    DispatchState.FAILED: Step.LOOK,
    DispatchState.UNCERTAIN: Step.LOOK,
    DispatchState.CANCELLED: Step.RELEASE,
    DispatchState.HANDED_OVER: Step.HAND,
}


@dataclass(frozen=True, slots=True)
class CaseReport:
    """One report of a case: its standing, the letter that says what the case says now or said last, and its dispatch.

    `current`: the letter says what the case says now. `approval` is the victim's, of exactly this letter.
    """

    standing: Standing
    letter: Letter | None = None
    dispatch: Dispatch | None = None
    approval: Approval | None = None
    current: bool = False

    @property
    def step(self) -> Step:
        """What it waits for next."""
        if self.dispatch and self.dispatch.state in _STEP_OF_DISPATCH:
            return _STEP_OF_DISPATCH[DispatchState(self.dispatch.state)]
        if self.standing.status in _STEP_OF_STATUS:
            return _STEP_OF_STATUS[self.standing.status]
        if self.dispatch:
            return Step.POST if self._waits_for_the_post() else Step.WAIT
        return self._step_of_letter()

    def _waits_for_the_post(self) -> bool:
        return self.standing.row.channel == Channel.POST

    def _step_of_letter(self) -> Step:
        if self.letter is None or not self.current:
            return Step.MAKE
        if self.letter.state == LetterState.ASKED:
            return Step.MAKING
        if self.letter.state == LetterState.FAILED:
            return Step.MAKE
        if self.letter.draft:
            return Step.SUPERVISE
        if not self.standing.row.sent_by_us:
            return Step.FILE
        return Step.RELEASE if self.approval else Step.APPROVE


def case_standings(file: CaseFile, plan: Plan) -> tuple[Standing, ...]:
    """Where every report of the plan stands today, in the active organization's words."""
    organization = Organization.objects.get(pk=current_organization_id())
    return standings(file, plan, organization, proper_names=agency_names(), today=timezone.localdate())


def case_reports(file: CaseFile, plan: Plan) -> list[CaseReport]:
    """Every report of the plan with its letter and its way out; three queries more than the plan itself."""
    letters = _latest(Letter.objects.filter(case=file.case, withdrawn_at=None))
    sent = Dispatch.objects.filter(case=file.case).select_related("letter", "release__released_by")
    dispatches = {dispatch.agency_key: dispatch for dispatch in sent}
    given = Approval.objects.filter(letter__case=file.case, withdrawn_at=None).select_related("member")
    approvals = {approval.document_sha256: approval for approval in given}
    return [_report(one, letters, dispatches, approvals) for one in case_standings(file, plan)]


def letters_in_the_making(case: Case) -> int:
    """How many letters of a case still wait for a worker."""
    return Letter.objects.filter(case=case, state=LetterState.ASKED.value).count()


def _latest(letters: Iterable[Letter]) -> dict[str, Letter]:
    return {letter.agency_key: letter for letter in letters}


def _report(
    standing: Standing, letters: dict[str, Letter], dispatches: dict[str, Dispatch], approvals: dict[str, Approval]
) -> CaseReport:
    key = standing.row.key
    letter, dispatch = letters.get(key), dispatches.get(key)
    if standing.facts is None and dispatch:
        letter = dispatch.letter
    current = bool(letter and _says_the_same(letter, standing))
    if dispatch and letter and dispatch.letter_id != letter.pk:
        dispatch = None  # of an earlier letter; the case's history has it
    approval = approvals.get(letter.document_sha256) if letter and not letter.draft else None
    return CaseReport(standing, letter, dispatch, approval, current)


def _says_the_same(letter: Letter, standing: Standing) -> bool:
    """Whether the letter says what the case says now; a supervisor's sealed letter says what its draft said."""
    if standing.facts is None:
        return False
    return letter.facts_sha256 in (
        facts_sha256(standing.facts),
        facts_sha256(replace(standing.facts, draft=letter.draft)),
    )
