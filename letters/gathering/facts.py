"""Identifiers, impact, earlier reports and exhibits of a letter."""

from __future__ import annotations

import re

from cases.case_file import CaseFile, exhibit_letter
from cases.models import Report
from directory.geography.countries import country_name
from letters.facts import EarlierReport, Exhibit, IdentifierLine, Impact
from letters.gathering.telling import Telling

_EXPLANATION = re.compile(r" \([^()]* [^()]*\)")


def earlier_reports(file: CaseFile, may: Telling) -> tuple[EarlierReport, ...]:
    """The reports made before, refusals included."""
    return tuple(_earlier(report, may) for report in file.earlier_reports)


def plain_name(name: str) -> str:
    """A name without the directory's explanations in brackets; an acronym stays."""
    return _EXPLANATION.sub("", name).strip() or name


def identifiers(file: CaseFile) -> tuple[IdentifierLine, ...]:
    """The identifiers as given; the country where a person is held is left out."""
    hidden = file.case.held_in
    return tuple(
        IdentifierLine(
            kind=identifier.kind,
            value=identifier.value,
            service=identifier.service,
            country=country_name(identifier.country) if identifier.country not in ("", hidden) else "",
            note=identifier.note,
        )
        for identifier in file.identifiers
    )


def impact(file: CaseFile) -> Impact:
    """How the crime affected the victim, in their words and in English where given."""
    case = file.case
    return Impact(
        emotional=case.impact_emotional,
        financial=case.impact_financial,
        emotional_in_english=case.impact_emotional_in_english,
        financial_in_english=case.impact_financial_in_english,
        translated_by=case.impact_translated_by,
        language=file.victim.language,
    )


def _earlier(report: Report, may: Telling) -> EarlierReport:
    return EarlierReport(
        agency=plain_name(report.agency_name),
        filed_on=report.filed_on,
        reference_number=report.reference_number,
        outcome=report.outcome,
        outcome_reason=report.outcome_reason,
        station=report.station,
        officer=report.officer if may.officers else "",
    )


def exhibits(file: CaseFile) -> tuple[Exhibit, ...]:
    """The evidence by letter, type and hash, never by file name."""
    return tuple(
        Exhibit(exhibit_letter(n), evidence.media_type, evidence.sha256, evidence.description)
        for n, evidence in enumerate(file.evidence)
    )
