"""How states are named on the screen: a word, and the class of its shape."""

from __future__ import annotations

from typing import NamedTuple

from letters.enums import DispatchState, ReportStatus
from letters.reports import CaseReport, Step


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
STEPS = {
    Step.KNOW: "Nothing to file",
    Step.MEND: "Mend the facts",
    Step.MAKE: "Make the letter",
    Step.MAKING: "Being made",
    Step.SUPERVISE: "A supervisor reads and seals it",
    Step.CONSENT: "Record the consent",
    Step.APPROVE: "Record the victim's approval",
    Step.RELEASE: "Release it",
    Step.POST: "Print and post it",
    Step.FILE: "File it, then enter the number",
    Step.LOOK: "Look at what went wrong",
    Step.WAIT: "On its way",
    Step.DONE: "Done",
}


def status_words(report: CaseReport) -> Words:
    """Where a report stands: its dispatch if it has one, else its place in the plan."""
    if report.dispatch and report.standing.status != ReportStatus.FILED:
        return dispatch_words(report.dispatch.state)
    return _STATUS[report.standing.status]


def dispatch_words(state: str) -> Words:
    """The state of a dispatch on the screen."""
    return _DISPATCH[DispatchState(state)]
