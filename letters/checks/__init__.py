"""All rules about one report, in one call."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from cases.case_file import CaseFile
from cases.plan import PlanRow
from cases.triage import Nexus
from letters.checks.content import content_problems
from letters.checks.dates import contradictions
from letters.checks.identifiers import identifier_problems
from letters.checks.letter import letter_problems
from letters.checks.printed import printed_texts
from letters.checks.problems import Problem, problem
from letters.checks.release import release_problems
from letters.checks.wording import location_problems, unsafe_contact_problems, wording_problems
from letters.facts import LetterFacts

__all__ = ["Problem", "check_report"]


def check_report(
    file: CaseFile,
    row: PlanRow,
    nexus: Nexus,
    facts: LetterFacts,
    *,
    proper_names: Collection[str],
    today: date,
) -> tuple[Problem, ...]:
    """Every problem of one report, each once, in the order: content, identifiers, words, places, release.

    `proper_names` are the names of agencies, in which a forbidden word may stand.
    """
    texts = printed_texts(file, facts)
    found = dict.fromkeys(
        (
            *content_problems(file, row, facts),
            *contradictions(file),
            *letter_problems(row, facts),
            *identifier_problems(file, facts),
            *wording_problems(facts, texts, proper_names),
            *location_problems(file, texts),
            *unsafe_contact_problems(file, texts),
            *release_problems(file, row, nexus, facts, today=today),
        )
    )
    foreign = facts.recipient.foreign
    return tuple(problem(rule, field, message, row=row, foreign=foreign) for rule, field, message in found)
