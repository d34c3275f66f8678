"""The door of the renderer: a letter's HTML in, PDF bytes out."""

from collections.abc import Mapping
from datetime import datetime

from weasyprint.text.fonts import FontConfiguration

from letters.documents.engine import Letter, write_pdf


def render_pdf(
    html: str,
    *,
    stylesheet: str,
    title: str,
    language: str,
    author: str,
    created: datetime,
    assets: Mapping[str, bytes] | None = None,
) -> bytes:
    """The letter as PDF/A-3a bytes, the same bytes for the same input."""
    letter = Letter(html, stylesheet, title, language, author, created, assets or {})
    return write_pdf(letter, FontConfiguration())
