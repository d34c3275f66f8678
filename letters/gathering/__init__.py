"""From a case and a row of its plan to the facts that one letter may say.

Everything that this recipient is not to be told is left out here, so that no template can print it.
The defaults are PROCESS.md, "Duty of care"; a consent withholds more or discloses.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from accounts.models import Organization
from cases.case_file import CaseFile
from cases.plan import LetterKind, PlanRow
from cases.plan.institutions import recovery_notice
from letters.facts import Impact, LetterFacts, TimelineFact
from letters.gathering import facts, money, people, recipients
from letters.gathering.telling import Telling, is_home, telling

__all__ = ["Telling", "facts_sha256", "gather", "is_home", "telling"]


def gather(file: CaseFile, row: PlanRow, organization: Organization, *, draft: bool, on: date) -> LetterFacts:
    """All that the letter to this row's agency may say, on the given day."""
    may = telling(file, row)
    sender = people.sender(organization)
    return LetterFacts(
        case_number=file.case.number,
        letter_date=on,
        draft=draft,
        sender=sender,
        recipient=recipients.recipient(file, row),
        victim=people.victim(file, may),
        signature=people.signature(file, may, sender),
        reporter=people.reporter(file, may),
        held=file.held,
        fraud_kind=file.case.fraud_kind,
        started_on=file.case.started_on,
        discovered_on=file.case.discovered_on,
        first_contact_on=file.case.first_contact_on,
        first_contact_service=file.case.first_contact_service,
        stated_loss=money.stated_loss(file),
        timeline=tuple(TimelineFact(event.on, event.fact) for event in file.timeline),
        identifiers=facts.identifiers(file),
        transfers=money.transfers(file, may),
        totals=money.totals(file),
        impact=facts.impact(file) if may.impact else Impact(),
        earlier_reports=facts.earlier_reports(file, may),
        exhibits=facts.exhibits(file),
        recovery_note=_recovery(file, row),
    )


def facts_sha256(letter: LetterFacts) -> str:
    """The digest of what a letter says: equal for equal facts, whatever the day and the verification code."""
    timeless = replace(letter, letter_date=date.min, verify_url="")
    return hashlib.sha256(repr(timeless).encode()).hexdigest()


def _recovery(file: CaseFile, row: PlanRow) -> str:
    return recovery_notice(file, row.key) if row.letter_kind == LetterKind.INSTITUTION else ""
