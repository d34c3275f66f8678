"""Facts → sections. One function a section; each returns its parts, and no parts where there are no facts."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from cases.money import grouped
from letters.documents import labels
from letters.documents.labels import HEADINGS, LABELS, MARKS, Phrase
from letters.documents.outline import Cell, Column, Fields, Line, Part, Prose, Quote, Section, Table, cell, fixed
from letters.documents.payments import payment_table, totals_parts
from letters.documents.words import passages, section_order
from letters.facts import EarlierReport, IdentifierLine, LetterFacts

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def sections(facts: LetterFacts) -> tuple[Section, ...]:
    """The sections of this letter in the order of its kind, without empty ones."""
    built = (Section(name, HEADINGS[name], _BUILDERS[name](facts)) for name in section_order(facts))
    return tuple(section for section in built if section.parts)


def _fields(*rows: tuple[str, Cell]) -> tuple[Part, ...]:
    filled = tuple((LABELS[label], cell) for label, cell in rows if cell)
    return (Fields(filled),) if filled else ()


def _day(day: date | None) -> Cell:
    return cell(day.isoformat() if day else "")


def _brief(facts: LetterFacts) -> tuple[Part, ...]:
    first = " · ".join(filter(None, (_iso(facts.first_contact_on), facts.first_contact_service)))
    stated = facts.stated_loss
    return _fields(
        ("kind_of_crime", (fixed(labels.FRAUD_KINDS[facts.fraud_kind]),)),
        ("first_contact", cell(first)),
        ("began", _day(facts.started_on)),
        ("discovered", _day(facts.discovered_on)),
        ("lost", cell(*(_money(t.lost, t.currency) for t in facts.totals if t.lost > 0))),
        ("stated", cell(_money(stated.lost, stated.currency) if stated else "")),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _money(amount: Decimal, currency: str) -> str:
    return f"{grouped(amount)} {currency}"


def _asks(facts: LetterFacts) -> tuple[Part, ...]:
    return (Prose(passages(facts, "asks")),)


def _victim(facts: LetterFacts) -> tuple[Part, ...]:
    person = facts.victim
    # A person who is held is reached through others only, and no place of theirs is printed, whatever came in.
    open_details = () if facts.held else (
        ("address", cell(*person.address)),
        ("country", cell(person.country)),
        ("email", cell(person.email)),
        ("phone", cell(person.phone)),
    )  # fmt: skip
    return _fields(
        ("name", cell(person.full_name)),
        *open_details,
        ("born", _day(person.date_of_birth)),
        ("nationality", cell(", ".join(person.nationalities))),
    )


def _reporter(facts: LetterFacts) -> tuple[Part, ...]:
    person = facts.reporter
    if not person:
        return ()
    return _fields(
        ("name", cell(person.full_name)),
        ("relation", cell(person.relation)),
        ("country", cell(person.country)),
        ("email", cell(person.email)),
        ("phone", cell(person.phone)),
    )


def _impact(facts: LetterFacts) -> tuple[Part, ...]:
    impact = facts.impact
    language = impact.language if _LANGUAGE.fullmatch(impact.language) else ""
    quotes = (
        _quote(LABELS["emotional"], impact.emotional, language),
        _translation("emotional", impact.emotional_in_english, impact.translated_by),
        _quote(LABELS["financial"], impact.financial, language),
        _translation("financial", impact.financial_in_english, impact.translated_by),
    )
    return tuple(quote for quote in quotes if quote.paragraphs)


def _quote(title: Phrase, text: str, language: str) -> Quote:
    paragraphs = tuple(Line(line.strip()) for line in text.splitlines() if line.strip())
    return Quote(title, paragraphs, language)


def _translation(label: str, text: str, translator: str) -> Quote:
    by = f", translated by {translator}" if translator else ""
    title = Phrase(f"{LABELS[label].en}, in English{by}", f"{LABELS[label].zh}（英文译文）")
    return _quote(title, text, "en")


def _identifiers(facts: LetterFacts) -> tuple[Part, ...]:
    if not facts.identifiers:
        return ()
    columns = (Column(LABELS["kind"]), Column(LABELS["value"]), Column(LABELS["note"]))
    return (Table("identifiers", columns, tuple(map(_identifier, facts.identifiers))),)


def _identifier(line: IdentifierLine) -> tuple[Cell, ...]:
    style = "name" if line.kind in {"person_name", "company_name"} else "code"
    about = " · ".join(filter(None, (line.service, line.country, line.note)))
    return (fixed(labels.IDENTIFIER_KINDS[line.kind]),), cell(line.value, style=style), cell(about)


def _transfers(facts: LetterFacts) -> tuple[Part, ...]:
    table = (payment_table(facts.transfers),) if facts.transfers else ()
    return (*table, *totals_parts(facts))


def _chronology(facts: LetterFacts) -> tuple[Part, ...]:
    if not facts.timeline:
        return ()
    in_order = sorted(facts.timeline, key=lambda entry: entry.on)
    rows = tuple((_day(entry.on), cell(entry.fact)) for entry in in_order)
    return (Table("chronology", (Column(LABELS["date"]), Column(LABELS["fact"])), rows),)


def _reports(facts: LetterFacts) -> tuple[Part, ...]:
    if not facts.earlier_reports:
        return ()
    columns = (
        Column(LABELS["date"]),
        Column(LABELS["agency"]),
        Column(LABELS["reference"], named_in_text=True),
        Column(LABELS["outcome"]),
    )
    return (Table("reports", columns, tuple(map(_report, facts.earlier_reports))),)


def _report(report: EarlierReport) -> tuple[Cell, ...]:
    outcome = (
        fixed(labels.OUTCOMES[report.outcome]),
        Line(report.outcome_reason),
        Line(report.station, label=LABELS["station"]),
        Line(report.officer, label=LABELS["officer"]),
    )
    number = cell(report.reference_number, style="code")
    return _day(report.filed_on), cell(report.agency), number, tuple(line for line in outcome if line.text)


def _exhibits(facts: LetterFacts) -> tuple[Part, ...]:
    if not facts.exhibits:
        return ()
    columns = (Column(LABELS["exhibit"], named_in_text=True), Column(LABELS["type"]), Column(LABELS["sha256"]))
    rows = tuple(
        (
            cell(exhibit.letter),
            (*cell(exhibit.media_type), *([fixed(MARKS["enclosed"])] if exhibit.enclosed else [])),
            (*cell(exhibit.description), *cell(exhibit.sha256, style="code")),
        )
        for exhibit in facts.exhibits
    )
    return (Table("exhibits", columns, rows),)


_BUILDERS: dict[str, Callable[[LetterFacts], tuple[Part, ...]]] = {
    "brief": _brief,
    "asks": _asks,
    "victim": _victim,
    "reporter": _reporter,
    "impact": _impact,
    "identifiers": _identifiers,
    "transfers": _transfers,
    "chronology": _chronology,
    "reports": _reports,
    "exhibits": _exhibits,
}
