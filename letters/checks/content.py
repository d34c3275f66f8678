"""What a report must contain: names, a safe way to answer, the impact, hard facts, sums that agree."""

from __future__ import annotations

from collections.abc import Iterator

from cases.case_file import CaseFile, currency_totals
from cases.enums import Channel, IdentifierKind, Withhold
from cases.money import plain
from cases.plan import LetterKind, PlanRow
from letters.facts import LetterFacts

_NAMES = (IdentifierKind.PERSON_NAME, IdentifierKind.COMPANY_NAME)
_WITH_ATTENTION_LINE = (LetterKind.GOVERNMENT, LetterKind.EMBASSY, LetterKind.CONSULATE)
Found = tuple[str, str, str]  # rule, field, message


def content_problems(file: CaseFile, row: PlanRow, facts: LetterFacts) -> Iterator[Found]:
    """Rules about what has to stand in a report."""
    yield from _names(facts)
    yield from _contact(facts)
    yield from _impact(file, row)
    yield from _hard_facts(file)
    yield from _totals(file)
    yield from _translation(file, row, facts)
    if row.channel == Channel.EMAIL and not (facts.sender.email and facts.sender.reply_email):
        yield "organization-address", "(organization)", "Give the organization its sending and reply e-mail addresses."
    if row.chinese and not row.attention and row.letter_kind in _WITH_ATTENTION_LINE:
        yield "attention-line", "(letter)", "The attention line is missing: a curator adds it to the playbook."


def _names(facts: LetterFacts) -> Iterator[Found]:
    if not _is_name(facts.victim.full_name):
        yield "victim-name", "victim.full_name", "Give the victim's full name in letters."
    if not _is_name(facts.signature.full_name):
        field = "reporter.full_name" if facts.reporter else "victim.full_name"
        yield "signature-name", field, "The report is signed with a full name: give it in letters."


def _is_name(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _contact(facts: LetterFacts) -> Iterator[Found]:
    if not facts.signature.contact or not (facts.victim.email or facts.victim.phone or facts.sender.reply_email):
        yield (
            "victim-contact",
            "victim.email",
            "Give one safe way to reach the victim, the reporter or the organization: e-mail, phone or post.",
        )


def _impact(file: CaseFile, row: PlanRow) -> Iterator[Found]:
    consent = file.consent_for(row.key)
    if consent and Withhold.IMPACT in consent.withhold:
        position = file.consents.index(consent)
        yield (
            "withheld-required",
            f"consents.{position}.withhold",
            "The report has to say how the crime affected the victim: take impact out of withhold, with their consent.",
        )
        return
    for name, text in (("emotional", file.case.impact_emotional), ("financial", file.case.impact_financial)):
        if not text:
            yield (
                "impact-statement",
                f"fraud.impact.{name}",
                f"Say in the victim's words how the crime affected them: the {name} impact is missing.",
            )


def _hard_facts(file: CaseFile) -> Iterator[Found]:
    if not file.transfers and all(identifier.kind in _NAMES for identifier in file.identifiers):
        yield (
            "hard-facts",
            "identifiers",
            "Add at least one hard fact: a website, account, number or wallet of the offenders, or one transfer.",
        )


def _totals(file: CaseFile) -> Iterator[Found]:
    """No more comes back than was sent. The stated loss is compared where all transfers are in its one currency."""
    case, sums = file.case, currency_totals(file.transfers)
    for one in sums:
        if one.lost < 0:
            more = f"More {one.currency} came back than was sent"
            yield "totals-agree", "transfers", f"{more}: add the missing payments, or correct the direction of one."
    if case.stated_loss_amount is None or [s.currency for s in sums] != [case.stated_loss_currency]:
        return
    if sums[0].lost != case.stated_loss_amount:
        stated, summed = plain(case.stated_loss_amount), plain(sums[0].lost)
        yield (
            "totals-agree",
            "fraud.stated_loss.amount",
            f"{stated} {case.stated_loss_currency} is stated, the transfers make {summed}: correct what is wrong.",
        )


def _translation(file: CaseFile, row: PlanRow, facts: LetterFacts) -> Iterator[Found]:
    language = file.victim.language.split("-")[0].lower()
    if not language or language in {"en", *_languages(row)}:
        return
    pairs = (
        ("emotional", facts.impact.emotional, facts.impact.emotional_in_english),
        ("financial", facts.impact.financial, facts.impact.financial_in_english),
    )
    for name, words, english in pairs:
        if words and not english:
            yield (
                "translation-missing",
                f"fraud.impact.in_english.{name}",
                "Add an English translation beside the victim's own words; both are printed.",
            )


def _languages(row: PlanRow) -> set[str]:
    """The languages that the recipient is known to read, by their primary subtag."""
    listed = row.contact.language if row.contact else ""
    known = {tag.strip().split("-")[0].lower() for tag in listed.split(",") if tag.strip()}
    return known | ({"zh"} if row.chinese else set())
