"""The reports of a case as the people who work on it see them: where each stands, its letter, its way out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from django.utils import timezone

from accounts.models import Organization
from accounts.tenancy import current_organization_id
from cases.case_file import CaseFile
from cases.enums import Channel
from cases.models import Case
from cases.plan import Plan
from directory.queries import agency_names
from letters.enums import NOT_SENT, DispatchState, LetterState, ReportStatus
from letters.gathering import facts_sha256
from letters.models import Approval, Dispatch, Letter
from letters.release_check import consent_terms
from letters.release_rules import ConsentTerms
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
    DispatchState.UNCERTAIN: Step.LOOK,
    DispatchState.HANDED_OVER: Step.HAND,
}
# On its way to the agency, or perhaps there: no other letter stands in its place before that is known.
_UNDER_WAY = frozenset(
    {
        DispatchState.HELD,
        DispatchState.QUEUED,
        DispatchState.SENDING,
        DispatchState.DEFERRED,
        DispatchState.UNCERTAIN,
        DispatchState.HANDED_OVER,
    }
)


@dataclass(frozen=True, slots=True)
class CaseReport:
    """One report of a case: its standing, the letter that says what the case says now or said last, and its dispatch.

    `current`: the letter says what the case says now, and release would not ask to make it again. `approval` is the
    victim's, of exactly this letter. `failure`: why the last try to make what the case says now came to nothing.
    """

    standing: Standing
    letter: Letter | None = None
    dispatch: Dispatch | None = None
    approval: Approval | None = None
    current: bool = False
    failure: str = ""

    @property
    def on_its_way(self) -> Dispatch | None:
        """The dispatch of a letter that was let go, unless it was stopped or refused and so never left."""
        return self.dispatch if self.dispatch and self.dispatch.state not in NOT_SENT else None

    @property
    def step(self) -> Step:
        """What it waits for next."""
        sent = self.on_its_way
        if sent and sent.state in _STEP_OF_DISPATCH:
            return _STEP_OF_DISPATCH[DispatchState(sent.state)]
        if self.standing.status in _STEP_OF_STATUS:
            return _STEP_OF_STATUS[self.standing.status]
        if sent:
            return Step.POST if self._waits_for_the_post() else Step.WAIT
        if self.current and self.dispatch and self.dispatch.state == DispatchState.FAILED:
            return Step.LOOK
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
    letters = _by_agency(Letter.objects.filter(case=file.case, withdrawn_at=None))
    sent = _by_agency(Dispatch.objects.filter(case=file.case).select_related("letter", "release__released_by"))
    given = Approval.objects.filter(letter__case=file.case, withdrawn_at=None).select_related("member")
    approvals = {approval.document_sha256: approval for approval in given}
    return [
        _report(_now(file, one), letters[one.row.key], sent[one.row.key], approvals)
        for one in case_standings(file, plan)
    ]


def letters_in_the_making(case: Case, agency_key: str = "") -> int:
    """How many letters of a case, or of one of its reports, still wait for a worker."""
    asked = Letter.objects.filter(case=case, state=LetterState.ASKED.value)
    return (asked.filter(agency_key=agency_key) if agency_key else asked).count()


_T = TypeVar("_T", Letter, Dispatch)


def _by_agency(found: Iterable[_T]) -> defaultdict[str, list[_T]]:
    """The letters or dispatches of each agency, oldest first."""
    sorted_out: defaultdict[str, list[_T]] = defaultdict(list)
    for one in found:
        sorted_out[one.agency_key].append(one)
    return sorted_out


@dataclass(frozen=True, slots=True)
class _Now:
    """What a letter to an agency would say if it were made now; `facts`: the digest, by whether it is a draft."""

    standing: Standing
    facts: dict[bool, str]
    consent: ConsentTerms

    def is_said_by(self, letter: Letter) -> bool:
        """Whether the letter says it. Of a draft, consent and address do not matter: sealing looks at them."""
        if self.facts.get(letter.draft) != letter.facts_sha256:
            return False
        consent = ConsentTerms(letter.consent_given_on, tuple(letter.consent_terms))
        return letter.draft or (consent == self.consent and letter.recipient_to == self.standing.row.to)


def _now(file: CaseFile, standing: Standing) -> _Now:
    """As it is; what a supervisor sealed says what its draft said, and what needs no draft is not said by one."""
    facts, consent = standing.facts, consent_terms(file, standing.row.key)
    drafts = {facts.draft, False} if facts else set()
    digests = {draft: facts_sha256(replace(facts, draft=draft)) for draft in drafts if facts}
    return _Now(standing, digests, consent or ConsentTerms(None, ()))


def _report(now: _Now, letters: list[Letter], sent: list[Dispatch], approvals: dict[str, Approval]) -> CaseReport:
    letter = _of_a_dispatch(now, letters, sent) or _best(now, letters)
    if letter is None:
        return CaseReport(now.standing)
    last = letters[-1] if letters else letter
    return CaseReport(
        now.standing,
        letter,
        dispatch=next((one for one in sent if one.letter_id == letter.pk), None),
        approval=None if letter.draft else approvals.get(letter.document_sha256),
        current=now.is_said_by(letter),
        failure=last.failure if last is letter or now.is_said_by(last) else "",
    )


def _of_a_dispatch(now: _Now, letters: list[Letter], sent: list[Dispatch]) -> Letter | None:
    """The letter that is on its way; where no letter is to be made, or each was withdrawn, the one that left last."""
    under_way = [one for one in sent if one.state in _UNDER_WAY]
    left = [one for one in sent if one.state not in NOT_SENT] if now.standing.facts is None or not letters else []
    found = under_way or left
    return found[-1].letter if found else None


def _best(now: _Now, letters: list[Letter]) -> Letter | None:
    """The newest that says what the case says now, else the newest of all; one that failed says nothing."""
    same = [one for one in letters if one.state != LetterState.FAILED and now.is_said_by(one)]
    found = same or letters
    return found[-1] if found else None
