"""Who may let a letter go, and in what state: a sentence with a reason for each refusal. Plain Python.

Asked when a letter is released, again when a worker claims it, and once more just before the final dot.
The rules are PROCESS.md, "Duty of care" and steps 1 and 8.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

VERIFICATION_LASTS = timedelta(days=180)
# Those who may still stop the loss, and the victim's own desks: nothing there waits.
_NO_HOLD = frozenset({"institution", "police", "national_desk"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason not to send, as a rule id and as a sentence that says how to mend it."""

    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Releaser:
    """The person who releases, or released: what their role allowed, what they had read, whose ask it was."""

    may_release: bool
    may_supervise: bool
    asked_for_it: bool
    read_sha256: str
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class ConsentTerms:
    """A consent for one agency as far as a letter depends on it."""

    given_on: date | None
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the decision looks at: the frozen letter, and the case, plan and directory as they are now."""

    today: date
    releaser: Releaser
    sealed: bool
    withdrawn: bool
    document_sha256: str
    facts_sha256: str
    facts_sha256_now: str  # "" where the plan has no such report any more
    to: str
    to_now: str
    by_us: bool  # e-mail and post; the rest the victim files or says
    broken_rules: tuple[str, ...]
    foreign: bool
    ties_asked: bool
    nexus_unconfirmed: bool
    supervisor_reasons: tuple[str, ...]
    consent: ConsentTerms
    consent_now: ConsentTerms | None
    approved: frozenset[str]  # SHA-256 of each document whose approval stands
    verified_on: date | None


def refusals(situation: Situation, *, by_victim: bool = False) -> tuple[Refusal, ...]:
    """Every reason not to let the letter go; empty means that it may.

    `by_victim`: the victim sends it with their own hands, which is their consent to exactly what they send;
    everything else holds by this door too.
    """
    found = [*_who(situation), *_document(situation), *_screening(situation)]
    if not by_victim:
        found += [*_channel(situation), *_consent(situation), *_approval(situation), *_address(situation)]
    return tuple(Refusal(rule, sentence) for rule, sentence in found)


def holding_hours(organization_hours: int, *, letter_kind: str, foreign: bool, chinese: bool) -> int:
    """How long a released letter can still be stopped: the organization's hours, none where time is money."""
    return organization_hours if foreign or chinese or letter_kind not in _NO_HOLD else 0


def _who(now: Situation) -> Iterator[tuple[str, str]]:
    who = now.releaser
    if not who.may_release:
        yield "who", "Only a caseworker, a supervisor or the director releases a letter."
    if who.read_sha256 != now.document_sha256:
        yield "unread", "Another document was read than the one to be released: open it again."
    if not now.supervisor_reasons:
        return
    reasons = " ".join(now.supervisor_reasons)
    if not who.may_supervise:
        yield "needs-supervisor", f"A supervisor releases this: {reasons}"
    if who.asked_for_it:
        yield "own-draft", f"A second person releases this, not the one who asked for it: {reasons}"


def _document(now: Situation) -> Iterator[tuple[str, str]]:
    if not now.sealed:
        yield "not-sealed", "It is a draft: only a sealed letter goes out."
    if now.withdrawn:
        yield "withdrawn", "This letter was withdrawn."
    if not now.facts_sha256_now:
        yield "not-in-plan", "The plan has no such report any more."
    elif now.facts_sha256_now != now.facts_sha256:
        yield "facts-changed", "The case says something else now: make the letter again, and ask for a new approval."
    if now.to != now.to_now:  # also by the victim's hands: the facts of a held person's letter say no address
        yield "address-changed", "The agency is reached at another address now: make the letter again."
    for message in now.broken_rules:
        yield "broken-rule", message


def _screening(now: Situation) -> Iterator[tuple[str, str]]:
    if now.foreign and not now.ties_asked:
        yield "ties-unasked", "Ask about nationality, family and asylum in the recipient's state first."
    if now.nexus_unconfirmed:
        yield "nexus-unconfirmed", "The link to Chinese offenders is likely: a caseworker confirms it with a reason."


def _channel(now: Situation) -> Iterator[tuple[str, str]]:
    if not now.by_us:
        yield "not-by-us", "The victim files or says this one themselves: hand the letter over instead."


def _consent(now: Situation) -> Iterator[tuple[str, str]]:
    if now.consent_now is None:
        yield "no-consent", "There is no consent for this agency, or it was withdrawn."
    elif now.consent_now != now.consent:
        yield "consent-changed", "The consent for this agency is another one now: make the letter again."


def _approval(now: Situation) -> Iterator[tuple[str, str]]:
    if now.document_sha256 not in now.approved:
        yield "not-approved", "The victim has not approved this exact document, or took the approval back."


def _address(now: Situation) -> Iterator[tuple[str, str]]:
    if not now.to:
        yield "no-address", "The letter has no address: make it again once the agency has one."
    if now.releaser.override_reason.strip():
        return
    if now.verified_on is None:
        yield "unverified-address", "Nobody has verified the address: a curator does, or override it with a reason."
    elif not timedelta() <= now.today - now.verified_on <= VERIFICATION_LASTS:
        yield "stale-address", f"The address was verified on {now.verified_on}: look again, or override with a reason."
