"""The letter itself, read again before anybody else reads it: what our own templates must not get wrong."""

from __future__ import annotations

from collections.abc import Iterator

from cases.plan import PlanRow
from letters.checks.content import Found
from letters.documents.compose import letter_text, subject
from letters.facts import LetterFacts
from letters.wording.crime import says_crime, says_fraud


def letter_problems(row: PlanRow, facts: LetterFacts) -> Iterator[Found]:
    """The attention line comes first and exactly; CRIME and FRAUD are named in the subject and the text."""
    text = letter_text(facts)
    if row.attention and text.splitlines()[0] != row.attention:
        yield "attention-line", "(letter)", f"The report must begin with exactly: {row.attention}"
    for place, words in (("subject", subject(facts)), ("report", text)):
        if not (says_crime(words) and says_fraud(words)):
            yield "crime-and-fraud", "(letter)", f"The {place} must speak of a CRIME and of FRAUD."
