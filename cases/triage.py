"""Screening: is there a nexus to the offenders of one country? Plain Python.

The rule is PROCESS.md, step 1; its lists come from the playbook of the offenders' country. Only answers
and the destinations of transfers count: never names of victims, currencies or the victim's language.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from cases.enums import FraudKind, NexusAnswer
from directory.geography.countries import country_name

_TYPICAL = {
    FraudKind.INVESTMENT: "Investment fraud through a website or app is typical of the fraud centres around China.",
    FraudKind.IMPERSONATION: "Calls in the name of police or courts are typical of the fraud centres around China.",
}
_SUBTAG_SEPARATOR = re.compile(r"[-_]")


@dataclass(frozen=True, slots=True)
class NexusRule:
    """What points to one country's offenders. Codes are ISO 3166-1 alpha-2 and ISO 639."""

    country: str
    territories: Collection[str]
    recipient_countries: Collection[str]
    languages: Collection[str]
    likely_kinds: Collection[str]


@dataclass(frozen=True, slots=True)
class Answers:
    """The screening answers. None means not asked or not known, and is never read as no."""

    fraud_kind: str
    money_sent_to: tuple[str, ...] | None = None
    chinese_named_recipient_in: tuple[str, ...] | None = None
    offender_spoke: tuple[str, ...] | None = None
    offender_had_chinese_name: bool | None = None
    transfer_countries: tuple[str, ...] = ()
    website_or_app: bool = False
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nexus:
    """The answer, and the reasons in words that it always carries."""

    country: str
    answer: NexusAnswer
    reasons: tuple[str, ...]
    confirmed: bool = False

    @property
    def opens_agencies(self) -> bool:
        """Whether that country's agencies come into the plan at all."""
        return self.answer in (NexusAnswer.YES, NexusAnswer.LIKELY)


def screen(answers: Answers, rule: NexusRule) -> Nexus:
    """Answer yes, likely, no or unknown, in that order of strength, with every reason."""
    if reasons := _reasons_for_yes(answers, rule):
        return Nexus(rule.country, NexusAnswer.YES, reasons)
    if reasons := _reasons_for_likely(answers, rule):
        return Nexus(rule.country, NexusAnswer.LIKELY, reasons + answers.hints)
    open_questions = _open_questions(answers)
    if not open_questions and not answers.chinese_named_recipient_in:
        why = "Where the money went, what the offenders spoke and their names were all asked: nothing points to China."
        return Nexus(rule.country, NexusAnswer.NO, (why, *answers.hints))
    return Nexus(rule.country, NexusAnswer.UNKNOWN, (_why_unknown(open_questions, answers), *answers.hints))


def overruled(nexus: Nexus, answer: NexusAnswer, reason: str) -> Nexus:
    """A caseworker's own answer in place of the screening's; theirs stands first, the rest stays readable."""
    reasons = (f"Overruled by a caseworker: {reason}", f"The screening alone says {nexus.answer}.", *nexus.reasons)
    return Nexus(nexus.country, answer, reasons, confirmed=True)


def is_language(tag: str, languages: Collection[str]) -> bool:
    """Whether a BCP 47 tag names one of the languages: its primary subtag decides."""
    subtags = _SUBTAG_SEPARATOR.split(tag.strip().lower())
    return subtags[0] in languages


def _reasons_for_yes(answers: Answers, rule: NexusRule) -> tuple[str, ...]:
    reasons = [
        f"Money was sent to {country_name(code)}." for code in _destinations(answers) if code in rule.territories
    ]
    recipients = {*rule.recipient_countries, *rule.territories}
    reasons += [
        f"A recipient with a Chinese name was paid in {country_name(code)}."
        for code in answers.chinese_named_recipient_in or ()
        if code in recipients
    ]
    spoken = [tag for tag in answers.offender_spoke or () if is_language(tag, rule.languages)]
    reasons += [f"The offenders spoke Chinese ({tag})." for tag in spoken]
    if answers.offender_had_chinese_name:
        reasons.append("The offenders used a Chinese name.")
    return tuple(reasons)


def _reasons_for_likely(answers: Answers, rule: NexusRule) -> tuple[str, ...]:
    if answers.fraud_kind not in rule.likely_kinds or not _any_answer(answers):
        return ()
    # An investment fraud is typical only with the tool of the trade: an online platform of the offenders' own.
    if answers.fraud_kind == FraudKind.INVESTMENT and not answers.website_or_app:
        return ()
    return (
        _TYPICAL[FraudKind(answers.fraud_kind)],
        "A caseworker confirms it with a reason before a Chinese agency hears of it.",
    )


def _destinations(answers: Answers) -> list[str]:
    return list(dict.fromkeys((*(answers.money_sent_to or ()), *answers.transfer_countries)))


def _any_answer(answers: Answers) -> bool:
    asked = (
        answers.money_sent_to,
        answers.chinese_named_recipient_in,
        answers.offender_spoke,
        answers.offender_had_chinese_name,
    )
    return any(answer is not None for answer in asked)


def _open_questions(answers: Answers) -> tuple[str, ...]:
    questions = (
        ("which countries the money went to", answers.money_sent_to),
        ("which languages the offenders spoke", answers.offender_spoke),
        ("whether an offender had a Chinese name", answers.offender_had_chinese_name),
    )
    return tuple(question for question, answer in questions if answer is None)


def _why_unknown(open_questions: tuple[str, ...], answers: Answers) -> str:
    if open_questions:
        return f"Still to ask: {'; '.join(open_questions)}."
    places = ", ".join(answers.chinese_named_recipient_in or ())
    return f"A recipient with a Chinese name was paid in {places}; that alone does not tell."
