"""A letter from its facts: HTML and CSS for the PDF, title, subject and plain text for the e-mail.

Equal facts make equal text. Every value is escaped where it is printed: the template engine escapes HTML, and
the style sheet takes nothing from the facts but a checked colour, the escaped case number and column widths.
"""

import re

import segno
from django.template import Context, Engine

from letters.documents.fonts import CHINESE_STACK, MONOSPACE_STACK, SERIF_STACK
from letters.documents.labels import CHANNELS, MARKS, Phrase, amount_text, long_date
from letters.documents.plain import letter_text
from letters.documents.sections import sections
from letters.documents.words import TEMPLATES, passages
from letters.facts import LetterFacts

__all__ = ["document_title", "letter_html", "letter_text", "stylesheet", "subject"]

_HTML = Engine(dirs=[str(TEMPLATES)], autoescape=True)
_CSS = Engine(dirs=[str(TEMPLATES)], autoescape=False)
_INK = "#1a1a1a"
# Widths of one character of the tables, in millimetres: a digit, and a capital of a currency.
_DIGIT, _CAPITAL = 1.7, 2.2


def document_title(facts: LetterFacts) -> str:
    """The PDF's title. Neutral: it stands in window titles and lists of files."""
    return f"Report {facts.case_number}"


def subject(facts: LetterFacts) -> str:
    """One ASCII line that names a CRIME, FRAUD and the case."""
    return f"{_matter(facts).en} - case {facts.case_number}"


def letter_html(facts: LetterFacts) -> str:
    """The letter as a whole HTML page without any style, script or address to load."""
    template = _HTML.get_template("letters/letter.html")
    return template.render(Context(_context(facts), use_l10n=False, use_tz=False))


def stylesheet(facts: LetterFacts) -> str:
    """The CSS of this letter: accent, foot line, DRAFT, and columns as wide as its longest amount."""
    whole, fraction = _longest_amount(facts)
    number = max((len(str(line.number)) for line in facts.transfers), default=1)
    currency = max((len(line.currency) for line in (*facts.transfers, *facts.totals)), default=3)
    values = {
        "accent": facts.sender.accent_color if re.fullmatch("#[0-9a-fA-F]{6}", facts.sender.accent_color) else _INK,
        "amount_width": round(max(18.0, _DIGIT * (whole + fraction) + 4), 1),
        "currency_width": round(max(14.5, _CAPITAL * currency + 4), 1),
        "number_width": round(max(9.0, _DIGIT * number + 4), 1),
        "fraction_width": round(_DIGIT * fraction, 2),
        "case_number": _css_string(facts.case_number),
        "draft": facts.draft,
        "serif": SERIF_STACK,
        "chinese": CHINESE_STACK,
        "monospace": MONOSPACE_STACK,
    }
    context = Context(values, autoescape=False, use_l10n=False, use_tz=False)
    return _CSS.get_template("letters/letter.css").render(context)


def _matter(facts: LetterFacts) -> Phrase:
    return MARKS["subject_held" if facts.held else "subject"]


def _context(facts: LetterFacts) -> dict[str, object]:
    return {
        "facts": facts,
        "chinese": facts.recipient.chinese,
        "title": document_title(facts),
        "subject": f"{_matter(facts).en.upper()} – CASE {facts.case_number}",
        "subject_zh": _matter(facts).zh,
        "letter_date": long_date(facts.letter_date),
        "dispatch": CHANNELS[facts.recipient.channel].en,
        # Of a letter by post the address block says it all.
        "dispatch_to": facts.recipient.to if facts.recipient.channel in {"email", "web_form", "phone"} else "",
        "signed_by_hand": facts.recipient.channel in {"post", "in_person"},
        "opening": passages(facts, "opening"),
        "closing": passages(facts, "closing"),
        "attestation": passages(facts, "attestation"),
        "verification": passages(facts, "verification") if facts.verify_url else (),
        "sections": sections(facts),
        "fractions": _longest_amount(facts)[1] > 0,
        "code": _qr(facts.verify_url) if facts.verify_url else None,
    }


def _qr(url: str) -> dict[str, object]:
    """The QR code as one SVG path of horizontal runs, in units of a module, without its quiet zone."""
    # Any mask reads the same; weighing all eight would take longer than the rest of the HTML.
    rows = segno.make_qr(url, error="m", mask=3).matrix
    runs = (
        f"M{run.start()} {y}h{run.end() - run.start()}v1h-{run.end() - run.start()}z"
        for y, row in enumerate(rows)
        for run in re.finditer("1+", "".join("1" if module else "0" for module in row))
    )
    return {"size": len(rows), "path": "".join(runs)}


def _longest_amount(facts: LetterFacts) -> tuple[int, int]:
    """Characters before the decimal point, and from the point on, of the longest amounts."""
    amounts = [transfer.amount for transfer in facts.transfers]
    amounts += [amount for total in facts.totals for amount in (total.sent, total.returned, total.lost)]
    parts = [amount_text(amount).partition(".") for amount in amounts]
    return max((len(p[0]) for p in parts), default=1), max((len(p[1] + p[2]) for p in parts), default=0)


def _css_string(value: str) -> str:
    """A CSS string: what is no ASCII letter, digit or hyphen is escaped."""
    return '"' + re.sub(r"[^A-Za-z0-9-]", lambda match: f"\\{ord(match[0]):x} ", value) + '"'
