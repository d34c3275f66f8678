"""The texts of a case that a report prints, each with its path in the intake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cases.case_file import CaseFile
from letters.facts import LetterFacts


@dataclass(frozen=True, slots=True)
class Text:
    """One printed text. A sentence is the victim's or a caseworker's prose; the rest are facts and names."""

    path: str
    text: str
    sentence: bool = False


def printed_texts(file: CaseFile, facts: LetterFacts) -> list[Text]:
    """Everything of the case that this letter prints, in the order of the intake; empty texts left out."""
    texts = [
        *_people(facts),
        *_impact(facts),
        *_fraud(file, facts),
        *_identifiers(file, facts),
        *_transfers(file, facts),
        *_reports(file, facts),
        *(Text(f"evidence.{e.position}.description", e.description, True) for e in file.evidence),
    ]
    return [text for text in texts if text.text]


def _people(facts: LetterFacts) -> Iterator[Text]:
    yield Text("victim.full_name", facts.victim.full_name)
    yield Text("victim.email", facts.victim.email)
    yield Text("victim.phone", facts.victim.phone)
    yield Text("victim.address", "\n".join(facts.victim.address))
    if facts.reporter:
        yield Text("reporter.full_name", facts.reporter.full_name)
        yield Text("reporter.relation", facts.reporter.relation, True)
        yield Text("reporter.email", facts.reporter.email)
        yield Text("reporter.phone", facts.reporter.phone)


def _impact(facts: LetterFacts) -> Iterator[Text]:
    impact = facts.impact
    yield Text("fraud.impact.emotional", impact.emotional, True)
    yield Text("fraud.impact.financial", impact.financial, True)
    yield Text("fraud.impact.in_english.emotional", impact.emotional_in_english, True)
    yield Text("fraud.impact.in_english.financial", impact.financial_in_english, True)
    yield Text("fraud.impact.in_english.translated_by", impact.translated_by)


def _fraud(file: CaseFile, facts: LetterFacts) -> Iterator[Text]:
    yield Text("fraud.first_contact.service", facts.first_contact_service, True)
    for event, line in zip(file.timeline, facts.timeline, strict=True):
        yield Text(f"fraud.timeline.{event.position}.fact", line.fact, True)


def _identifiers(file: CaseFile, facts: LetterFacts) -> Iterator[Text]:
    for identifier, line in zip(file.identifiers, facts.identifiers, strict=True):
        path = f"identifiers.{identifier.position}"
        yield Text(f"{path}.value", line.value)
        yield Text(f"{path}.service", line.service)
        yield Text(f"{path}.note", line.note, True)


def _transfers(file: CaseFile, facts: LetterFacts) -> Iterator[Text]:
    names = "network from_institution from_account to_institution to_bank_code to_account to_name reference tag".split()
    for transfer, line in zip(file.transfers, facts.transfers, strict=True):
        path = f"transfers.{transfer.position}"
        for name in names:
            yield Text(f"{path}.{name}", getattr(line, name))
        yield Text(f"{path}.institution_informed.outcome", transfer.informed_outcome, True)
        yield Text(f"{path}.institution_informed.reference", transfer.informed_reference)


def _reports(file: CaseFile, facts: LetterFacts) -> Iterator[Text]:
    for report, line in zip(file.earlier_reports, facts.earlier_reports, strict=True):
        path = f"reports.{report.position}"
        yield Text(f"{path}.agency", line.agency)
        yield Text(f"{path}.reference_number", line.reference_number)
        yield Text(f"{path}.outcome_reason", line.outcome_reason, True)
        yield Text(f"{path}.station", line.station)
        yield Text(f"{path}.officer", line.officer)
