"""What release will need besides a ready report: told now, as warnings, so that it can be prepared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cases.case_file import CaseFile
from cases.enums import NexusAnswer
from cases.plan import PlanRow
from cases.triage import Nexus
from letters.checks.content import Found
from letters.facts import LetterFacts
from letters.release_rules import VERIFICATION_LASTS


def release_problems(file: CaseFile, row: PlanRow, nexus: Nexus, facts: LetterFacts, *, today: date) -> Iterator[Found]:
    """Ties asked, a likely nexus confirmed, a consent in the signer's own name, an address verified."""
    if facts.recipient.foreign and file.case.ties_to is None:
        yield (
            "ties-unasked",
            "safety.ties_to",
            "Ask about nationality, family and asylum there; [] says there are none.",
        )
    if row.chinese and nexus.answer == NexusAnswer.LIKELY and not nexus.confirmed:
        yield "nexus-unconfirmed", "triage", "The link to Chinese offenders is likely: a caseworker confirms it."
    yield from _consent(file, row)
    if row.no_mailbox:
        yield "no-mailbox", "(directory)", "It publishes no mailbox: print the letter and post it."
    if row.sent_by_us:
        yield from _address(row, today)


def _consent(file: CaseFile, row: PlanRow) -> Iterator[Found]:
    given = file.consent_given(row.key)
    if given and file.consent_for(row.key) is None and not any(w.ends(given) for w in file.withdrawals):
        yield (
            "consent-name",
            f"consents.{given.position}.signed_as",
            "Signed with another name than the full name of the victim or the reporter, it is no consent: ask again.",
        )


def _address(row: PlanRow, today: date) -> Iterator[Found]:
    verified_on = row.contact.verified_on if row.contact else None
    if verified_on is None:
        yield "unverified-address", "(directory)", f"Nobody has verified {row.to} yet: a curator does before release."
    elif today - verified_on > VERIFICATION_LASTS:
        yield "stale-address", "(directory)", f"{row.to} was verified on {verified_on}: a curator looks again."
