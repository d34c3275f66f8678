"""What the pages paint: all of it tagged or marked as an artifact, and nothing transparent."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Dictionary, Name, Pdf, parse_content_stream

from letters.documents.checks.walk import dictionaries

_PAINTS = set("S s f F f* B B* b b* sh Do Tj TJ ' \" BI EI INLINE IMAGE".split())
_OPENS, _CLOSES = ("BMC", "BDC"), "EMC"


def opaque(pdf: Pdf) -> Iterator[str]:
    """Stricter than PDF/A-3, which allows it: a letter has no transparency that a printer could get wrong."""
    for item in dictionaries(pdf):
        if item.get("/SMask", Name("/None")) != Name("/None"):
            yield "content: a soft mask"
        for name in ("/ca", "/CA"):
            if name in item and item.get("/Type") != Name.Annot and float(item[name]) != 1:
                yield "content: something is transparent"
        if item.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible):
            yield "content: a blend mode"


def all_marked(pdf: Pdf) -> Iterator[str]:
    """ISO 14289-1, 7.1: everything painted is real content or an artifact, and nothing is both."""
    for number, page in enumerate(pdf.pages, start=1):
        depth: list[str] = []
        for instruction in parse_content_stream(page):
            name, operands = str(instruction.operator), instruction.operands
            if name in _OPENS:
                depth.append(_mark(operands))
            elif name == _CLOSES:
                depth.pop()
            elif name in _PAINTS and not any(depth):
                yield f"content: page {number} paints ({name}) outside any tag"
                break
            if "artifact" in depth and "content" in depth:
                yield f"content: page {number} has an artifact and real content in one another"
                break


def _mark(operands: Any) -> str:
    if operands[0] == Name.Artifact:
        return "artifact"
    properties = operands[1] if len(operands) > 1 else None
    return "content" if isinstance(properties, Dictionary) and "/MCID" in properties else ""
