"""What the audit trail of a case says of its letters."""

from __future__ import annotations

from cases.admin.trail import Belongings, agencies_of
from cases.models import Case
from letters.models import Approval, Dispatch, Letter

WORDS = {
    "letter.ask": "Letter asked for",
    "letter.draft": "Letter drafted",
    "letter.sealed": "Letter sealed",
    "letter.failed": "Letter could not be made",
    "letter.read": "Letter read",
    "letter.read_draft": "Draft read to its end",
    "letter.approve": "Victim's approval recorded",
    "letter.disapprove": "Victim's approval taken back",
    "letter.release": "Letter released",
    "letter.hand_over": "Letter released into the victim's hands",
    "letter.withdraw": "Letter withdrawn",
    "dispatch.send": "Sending began",
    "dispatch.accepted": "Accepted by the relay",
    "dispatch.deferred": "Deferred, tried again",
    "dispatch.queued": "Not in the relay's log: sent again",
    "dispatch.failed": "Not sent: refused, or stopped by the rules",
    "dispatch.cancelled": "Not sent: taken back, or no longer in the plan",
    "dispatch.uncertain": "Nobody knows whether it was sent",
    "dispatch.cancel": "Stopped before it left",
    "dispatch.posted": "Posted",
    "dispatch.hand_over": "Files given to the victim",
    "dispatch.victim_sent": "Sent by the victim",
    "dispatch.victim_keeps": "Not sent by the victim",
    "dispatch.resolve": "What became of it recorded",
}


def of_letters(case: Case) -> list[Belongings]:
    """Letters, their approvals and their ways out."""
    return [
        agencies_of(Letter.objects.filter(case=case)),
        agencies_of(Dispatch.objects.filter(case=case)),
        agencies_of(Approval.objects.filter(letter__case=case), "letter__agency_key"),
    ]
