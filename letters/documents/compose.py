"""A letter from its facts: HTML and CSS for the PDF, title, subject and plain text for the e-mail.

Equal facts make equal text. The template engine escapes every value where it is printed.
"""

import re

import segno
from django.template import Context, Engine

from letters.documents.columns import longest_amount
from letters.documents.labels import CHANNELS, long_date
from letters.documents.plain import letter_text
from letters.documents.sections import sections
from letters.documents.stylesheet import stylesheet
from letters.documents.words import TEMPLATES, matter, on_behalf, passages, subject_line
from letters.facts import LetterFacts

__all__ = ["document_title", "letter_html", "letter_text", "stylesheet", "subject"]

_HTML = Engine(dirs=[str(TEMPLATES)], autoescape=True)
_TAG = "</?(?:blockquote|body|col|colgroup|div|h[1-3]|li|p|section|table|tbody|td|th|thead|tr|ul)"
_SPACE_BEFORE_BLOCK = re.compile(rf"(?<!\s)\s+(?={_TAG}[ >])")
_SPACE_AFTER_BLOCK = re.compile(rf"({_TAG}(?: [^>]*)?>)\s+")
_VOID = re.compile(r"(<(?:col|meta)\b[^>]*)>")
_CELL = re.compile("<td[ >].*?</td>", re.DOTALL)
_SPACE_IN_CELL = re.compile(r'(<span class="code">[^<]*</span>)|\s*(<br>)\s*|\s+')


def document_title(facts: LetterFacts) -> str:
    """The PDF's title. Neutral: it stands in window titles and lists of files."""
    return f"Report {facts.case_number}"


def subject(facts: LetterFacts) -> str:
    """One ASCII line that names a CRIME, FRAUD and the case."""
    return f"{matter(facts).en} - case {facts.case_number}"


def letter_html(facts: LetterFacts) -> str:
    """The letter as a whole page of XHTML without any style, script or address to load."""
    template = _HTML.get_template("letters/letter.html")
    html: str = template.render(Context(_context(facts), use_l10n=False, use_tz=False))
    # White space at the edge of a block makes WeasyPrint 70 break a full line too early.
    html = _SPACE_AFTER_BLOCK.sub(r"\1", _SPACE_BEFORE_BLOCK.sub("", html))
    return _VOID.sub(r"\1 />", _CELL.sub(_with_plain_lines, html))


def _with_plain_lines(cell: re.Match[str]) -> str:
    """A cell whose lines end as in plain text: an element for each line break costs three boxes."""
    return _SPACE_IN_CELL.sub(lambda found: found[1] or ("\n" if found[2] else " "), cell[0])


def _context(facts: LetterFacts) -> dict[str, object]:
    return {
        "facts": facts,
        "chinese": facts.recipient.chinese,
        "title": document_title(facts),
        "subject": subject_line(facts),
        "letter_date": long_date(facts.letter_date),
        "dispatch": CHANNELS[facts.recipient.channel].en,
        # Of a letter by post the address block says it all.
        "dispatch_to": facts.recipient.to if facts.recipient.channel in {"email", "web_form", "phone"} else "",
        "local_name": facts.recipient.name_local if facts.recipient.name_local != facts.recipient.name else "",
        "behalf": on_behalf(facts),
        "signed_by_hand": facts.recipient.channel in {"post", "in_person"},
        "opening": passages(facts, "opening"),
        "closing": passages(facts, "closing"),
        "attestation": passages(facts, "attestation"),
        "verification": passages(facts, "verification") if facts.verify_url else (),
        "sections": sections(facts),
        "fractions": longest_amount(facts)[1] > 0,
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
