"""Our own structural checks of PDF/A-3a and PDF/UA-1: what can go wrong in a letter, and has been seen to.

Not a full validator. Each check answers with sentences that say what is wrong; nothing to say is good.
"""

from collections.abc import Callable, Iterator
from io import BytesIO

from pikepdf import Pdf, PdfError

from letters.documents.checks import content, file, fonts, metadata, structure

CHECKS: tuple[Callable[[Pdf], Iterator[str]], ...] = (
    file.identified,
    file.plainly_compressed,
    file.inactive,
    file.attachments_related,
    file.annotations_accessible,
    file.signature_field_plain,
    metadata.packet,
    metadata.agrees_with_info,
    metadata.color_intent,
    fonts.embedded_and_readable,
    content.opaque,
    content.all_marked,
    structure.document,
    structure.headings,
    structure.tables,
    structure.figures,
    structure.parents,
)


def check_document(pdf: bytes) -> tuple[str, ...]:
    """Everything that keeps `pdf` from being PDF/A-3a and PDF/UA-1, as far as we look; empty for a good one."""
    try:
        with Pdf.open(BytesIO(pdf)) as document:
            return tuple(problem for check in CHECKS for problem in check(document))
    except PdfError as damage:
        return (f"file: cannot be read: {damage}",)
