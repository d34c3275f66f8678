"""The tree of tags that a screen reader walks."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pikepdf import Array, Dictionary, Page, Pdf, parse_content_stream

from letters.documents.checks.walk import elements, kids, kind

_STANDARD = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl "
    "LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Figure Formula "
    "Form".split()
)


def document(pdf: Pdf) -> Iterator[str]:
    """ISO 14289-1, 7.1: tagged, in a language, its title shown, and only tags that every reader knows."""
    if not pdf.Root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield "structure: not marked as tagged"
    if not str(pdf.Root.get("/Lang", "")):
        yield "structure: no language"
    if not pdf.Root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "structure: the title is not shown"
    kinds = {kind(element) for element in elements(pdf)}
    if not kinds:
        yield "structure: no tags"
    for unknown in sorted(kinds - _STANDARD):
        yield f"structure: unknown tag {unknown}"


def headings(pdf: Pdf) -> Iterator[str]:
    """7.4.2: the first heading is H1 and none skips a level on the way down."""
    levels = [int(kind(element)[1]) for element in elements(pdf) if re.fullmatch("H[1-6]", kind(element))]
    if not levels or levels[0] != 1:
        yield "structure: the first heading is not H1"
    for level, following in pairwise(levels):
        if following > level + 1:
            yield f"structure: H{following} follows H{level}"


def tables(pdf: Pdf) -> Iterator[str]:
    """7.5: rows of cells, as many in each row, and every header says what it heads."""
    for table in (element for element in elements(pdf) if kind(element) == "Table"):
        rows = list(_rows(table))
        headers = [cell for row in rows for cell in kids(row) if kind(cell) == "TH"]
        if not headers:
            yield "structure: a table without headers"
        if any(_attribute(header, "/Scope") is None for header in headers):
            yield "structure: a table header without its scope"
        widths = {sum(int(_attribute(cell, "/ColSpan") or 1) for cell in kids(row)) for row in rows}
        spanned = any(_attribute(cell, "/RowSpan") for row in rows for cell in kids(row))
        if len(widths) > 1 and not spanned:
            yield "structure: a table with rows of different width"


def _rows(element: Dictionary) -> Iterator[Dictionary]:
    for kid in kids(element):
        if isinstance(kid, Dictionary):
            if kind(kid) == "TR":
                yield kid
            elif kind(kid) in ("THead", "TBody", "TFoot"):
                yield from _rows(kid)


def _attribute(cell: object, name: str) -> Any:
    attributes = cell.get("/A", Array()) if isinstance(cell, Dictionary) else Array()
    for entry in attributes if isinstance(attributes, Array) else [attributes]:
        if isinstance(entry, Dictionary) and name in entry:
            return entry[name]
    return None


def figures(pdf: Pdf) -> Iterator[str]:
    """7.3: a picture has words beside it."""
    for element in elements(pdf):
        if kind(element) == "Figure" and not str(element.get("/Alt", element.get("/ActualText", ""))).strip():
            yield "structure: a picture without a text"


def parents(pdf: Pdf) -> Iterator[str]:
    """Every piece of marked content leads to an element that the tree reaches, and that names it."""
    claimed = {
        (element.get("/Pg", Dictionary()).objgen, int(kid)) for element in elements(pdf) for kid in _ids(element)
    }
    for number, page in enumerate(pdf.pages, start=1):
        painted = {(page.obj.objgen, mark) for mark in _marks(page)}
        if painted - claimed:
            yield f"structure: page {number} paints content that hangs nowhere in the tree"
        if "/StructParents" not in page.obj:
            yield f"structure: page {number} has no way back to the tree"


def _ids(element: Dictionary) -> Iterator[int]:
    below: list[Any] = kids(element)
    return (kid for kid in below if isinstance(kid, int))


def _marks(page: Page) -> Iterator[int]:
    for instruction in parse_content_stream(page, "BDC"):
        operands: Any = instruction.operands
        if str(instruction.operator) == "BDC" and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]:
            yield int(operands[1].MCID)
