"""A letter as plain text, for the body of an e-mail: what the PDF says, in its order.

Nothing is wrapped or shortened, so that every wallet, link and reference can be copied whole.
"""

from collections.abc import Iterator

from letters.documents.labels import MARKS, Phrase, long_date
from letters.documents.outline import Cell, Column, Fields, Line, Part, Prose, Quote, Section, Table
from letters.documents.sections import sections
from letters.documents.words import Passage, on_behalf, passages, subject_line
from letters.facts import LetterFacts


def letter_text(facts: LetterFacts) -> str:
    """The whole report. Where the recipient has an attention line, it is the first line exactly."""
    chinese = facts.recipient.chinese
    heading = subject_line(facts)
    blocks = [
        [facts.recipient.attention, facts.recipient.attention_local],
        [heading.en, heading.zh if chinese else ""],
        [facts.sender.name, long_date(facts.letter_date), f"{MARKS['case'].en} {facts.case_number}"],
        *_prose(passages(facts, "opening"), chinese=chinese),
    ]
    for section in sections(facts):
        blocks += _section(section, chinese=chinese)
    blocks += [*_prose(passages(facts, "closing"), chinese=chinese), _signature(facts)]
    blocks += _prose(passages(facts, "attestation"), chinese=chinese)
    if facts.verify_url:
        blocks += [*_prose(passages(facts, "verification"), chinese=chinese), [facts.verify_url]]
    blocks.append(_sender(facts))
    texts = ("\n".join(line for line in block if line) for block in blocks)
    return "\n\n".join(text for text in texts if text) + "\n"


def _prose(paragraphs: tuple[Passage, ...], *, chinese: bool) -> Iterator[list[str]]:
    for passage in paragraphs:
        mark, indent = ("- ", "  ") if passage.item else ("", "")
        yield [mark + passage.phrase.en, indent + passage.phrase.zh if chinese and passage.phrase.zh else ""]


def _section(section: Section, *, chinese: bool) -> Iterator[list[str]]:
    title = _both(section.heading, chinese=chinese)
    yield [title, "-" * len(title)]
    for part in section.parts:
        yield from _part(part, chinese=chinese)


def _part(part: Part, *, chinese: bool) -> Iterator[list[str]]:
    match part:
        case Prose():
            yield from _prose(part.passages, chinese=chinese)
        case Fields():
            rows = [_field(label, values, chinese=chinese) for label, values in part.rows]
            yield [*_title(part, chinese=chinese), *rows]
        case Quote():
            yield [_both(part.title, chinese=chinese) + ":", *(line.text for line in part.paragraphs)]
        case Table():
            yield from _table(part, chinese=chinese)


def _field(label: Phrase, values: Cell, *, chinese: bool) -> str:
    return f"{_both(label, chinese=chinese)}: " + "; ".join(_value(line, chinese=chinese) for line in values)


def _table(table: Table, *, chinese: bool) -> Iterator[list[str]]:
    title = _title(table, chinese=chinese)
    rows = [_row(table.columns, row, chinese=chinese) for row in table.rows]
    if any("\n" in row for row in rows):
        yield title
        yield from ([row] for row in rows)
    else:
        yield [*title, *rows]


def _title(part: Fields | Table, *, chinese: bool) -> list[str]:
    return [_both(part.title, chinese=chinese)] if part.title else []


def _row(columns: tuple[Column, ...], row: tuple[Cell, ...], *, chinese: bool) -> str:
    """The row on one line, and what has a name of its own on a line each under it."""
    plain: list[str] = []
    named: list[str] = []
    for column, values in zip(columns, row, strict=True):
        name = f"{_both(column.heading, chinese=chinese)} " if column.named_in_text else ""
        for line in values:
            if line.label:
                named.append(f"   {_both(line.label, chinese=chinese)}: {_value(line, chinese=chinese)}")
            else:
                plain.append(name + _value(line, chinese=chinese))
    return "\n".join([" | ".join(plain), *named])


def _value(line: Line, *, chinese: bool) -> str:
    text = f"used the name “{line.text}”" if line.style == "name" else line.text
    return f"{text} {line.zh}" if chinese and line.zh else text


def _both(phrase: Phrase, *, chinese: bool) -> str:
    return f"{phrase.en} {phrase.zh}" if chinese and phrase.zh else phrase.en


def _signature(facts: LetterFacts) -> list[str]:
    return [facts.signature.full_name, on_behalf(facts), *facts.signature.contact]


def _sender(facts: LetterFacts) -> list[str]:
    sender = facts.sender
    return [sender.name, *sender.letterhead, *sender.postal_address, sender.phone, sender.email, sender.website]
