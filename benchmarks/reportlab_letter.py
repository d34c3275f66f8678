"""The same facts with ReportLab: paragraphs and tables of a comparable letter, untagged and unsigned."""

from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from letters.documents.fonts import DEJAVU, NOTO
from letters.documents.plain import letter_text
from letters.facts import LetterFacts

_TEXT = ParagraphStyle("text", fontName="Serif", fontSize=10, leading=13.8)
_CHINESE = ParagraphStyle("chinese", fontName="STSong-Light", fontSize=9, leading=13)
_CELL = ParagraphStyle("cell", fontName="Mono", fontSize=6.5, leading=8, wordWrap="CJK")
_HAIRLINES = [("LINEBELOW", (0, 0), (-1, -1), 0.3, "#aaaaaa"), ("VALIGN", (0, 0), (-1, -1), "TOP")]


def print_with_reportlab(facts: LetterFacts) -> bytes:
    """The letter as PDF bytes."""
    if "Serif" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Serif", NOTO / "NotoSerif-Regular.ttf"))
        pdfmetrics.registerFont(TTFont("Mono", DEJAVU / "DejaVuSansMono.ttf"))
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    result = BytesIO()
    SimpleDocTemplate(result, pagesize=A4, leftMargin=25 * mm, rightMargin=20 * mm).build(_story(facts))
    return result.getvalue()


def _story(facts: LetterFacts) -> list[Flowable]:
    before = letter_text(facts).splitlines()
    story: list[Flowable] = [_paragraph(text) if text.strip() else Spacer(0, 6) for text in before[:120]]
    rows = [[Paragraph(escape(cell), _CELL) for cell in _cells(transfer)] for transfer in facts.transfers]
    identifiers = [[Paragraph(escape(cell), _CELL) for cell in (line.kind, line.value)] for line in facts.identifiers]
    return [
        *story,
        Table(identifiers, style=_HAIRLINES),
        Table(rows, colWidths=[9 * mm, 19 * mm, 24 * mm, 113 * mm], repeatRows=1, style=_HAIRLINES),
    ]


def _paragraph(text: str) -> Paragraph:
    return Paragraph(escape(text), _TEXT if text.isascii() else _CHINESE)


def _cells(transfer: object) -> list[str]:
    fields = ("number", "sent_on", "amount")
    place = " ".join(
        str(getattr(transfer, name)) for name in ("currency", "from_institution", "to_account", "reference")
    )
    return [*(str(getattr(transfer, name)) for name in fields), place]
