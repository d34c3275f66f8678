"""How states are named on the screen: a word, and the class of its shape."""

from __future__ import annotations

from typing import NamedTuple

from letters.enums import Carrier, DispatchState, ReportStatus
from letters.models import Dispatch
from letters.reports import CaseReport, Step


class Next(NamedTuple):
    """What a report waits for: the words, and the part of its page where that is done; "" where nothing is to do."""

    words: str
    part: str = ""


class Words(NamedTuple):
    """What stands on the screen, and the style class that gives it its shape and colour."""

    text: str
    look: str


_STATUS = {
    ReportStatus.INFORMATION: Words("Good to know", ""),
    ReportStatus.FILED: Words("Filed", "good"),
    ReportStatus.BLOCKED: Words("Something to mend", "bad"),
    ReportStatus.NEEDS_SUPERVISOR: Words("Needs a supervisor", "wait"),
    ReportStatus.AWAITING_CONSENT: Words("Needs consent", "wait"),
    ReportStatus.READY: Words("Ready", "ready"),
}
_DISPATCH = {
    DispatchState.HELD: Words("Held", "wait"),
    DispatchState.QUEUED: Words("Queued", "wait"),
    DispatchState.SENDING: Words("Sending", "wait"),
    DispatchState.ACCEPTED: Words("Accepted", "good"),
    DispatchState.DEFERRED: Words("Deferred, tried again", "wait"),
    DispatchState.FAILED: Words("Failed", "bad"),
    DispatchState.UNCERTAIN: Words("Uncertain", "bad"),
    DispatchState.CANCELLED: Words("Cancelled", ""),
    DispatchState.POSTED: Words("Posted", "good"),
    DispatchState.HANDED_OVER: Words("With the victim", "wait"),
    DispatchState.VICTIM_SENT: Words("Sent by the victim", "good"),
}
_STEPS = {
    Step.KNOW: Next("Nothing to file"),
    Step.MEND: Next("Mend the facts", "recipient"),
    Step.MAKE: Next("Make the letter", "letter"),
    Step.MAKING: Next("Being made"),
    Step.SUPERVISE: Next("A supervisor reads and seals it", "letter"),
    Step.CONSENT: Next("Record the consent", "consent"),
    Step.APPROVE: Next("Record the victim's approval", "approval"),
    Step.RELEASE: Next("Release it", "release"),
    Step.POST: Next("Print and post it", "dispatch"),
    Step.HAND: Next("They send it, then record the day", "dispatch"),
    Step.FILE: Next("File it, then enter the number", "reports"),
    Step.LOOK: Next("Look at what went wrong", "dispatch"),
    Step.WAIT: Next("On its way"),
    Step.DONE: Next("Done"),
}


def status_words(report: CaseReport) -> Words:
    """Where a report stands: the dispatch of its letter, unless it is filed or its letter has to be made again."""
    tells = report.on_its_way or report.current
    if report.dispatch and tells and report.standing.status != ReportStatus.FILED:
        return dispatch_words(report.dispatch)
    return _STATUS[report.standing.status]


def next_step(report: CaseReport) -> Next:
    """What it waits for, and where on its page."""
    return _STEPS[report.step]


def dispatch_words(dispatch: Dispatch) -> Words:
    """The state of a dispatch on the screen; a letter on paper waits in no queue of ours."""
    if dispatch.carrier == Carrier.POST and dispatch.state == DispatchState.QUEUED:
        return Words("To be posted", "wait")
    return _DISPATCH[DispatchState(dispatch.state)]
