"""Fonts: embedded, with a Unicode meaning for every glyph, and none that prints an empty box."""

import re
from collections.abc import Iterator

from pikepdf import Dictionary, Name, Pdf, Stream

from letters.documents.checks.walk import dictionaries

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_MAPPED = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")


def embedded_and_readable(pdf: Pdf) -> Iterator[str]:
    """ISO 19005-3, 6.2.11."""
    for font in dictionaries(pdf):
        if font.get("/Type") != Name.Font or ("/DescendantFonts" not in font and _is_descendant(font)):
            continue
        name = str(font.get("/BaseFont", "a font"))
        if not _is_embedded(font):
            yield f"font: {name} is not embedded"
        yield from _unicode(font, name)
        if isinstance(font.get("/Encoding"), Stream):
            yield f"font: {name} prints characters that it does not have"


def _is_descendant(font: Dictionary) -> bool:
    return str(font.get("/Subtype")).startswith("/CIDFont")


def _is_embedded(font: Dictionary) -> bool:
    if font.get("/Subtype") == Name.Type3:
        return True
    carrier = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = carrier.get("/FontDescriptor", Dictionary())
    return any(name in descriptor for name in _FILES)


def _unicode(font: Dictionary, name: str) -> Iterator[str]:
    if "/ToUnicode" not in font:
        yield f"font: {name} has no /ToUnicode"
        return
    for glyph, text in _MAPPED.findall(font.ToUnicode.read_bytes()):
        if not text or text.strip(b"0") == b"" or text.upper() in (b"FFFE", b"FEFF"):
            yield f"font: {name} gives glyph {glyph.decode()} no meaning"
