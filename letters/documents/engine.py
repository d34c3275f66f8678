"""One letter, HTML to PDF bytes, in this process. `render` calls it behind walls and limits."""

from functools import lru_cache
from typing import Any

from pydyf import PDF
from weasyprint import CSS, Document
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration

from letters.documents.assets import AssetTable
from letters.documents.hairlines import paint_hairlines
from letters.documents.haste import hasten
from letters.documents.letter import OF_THIS_LETTER, Letter
from letters.documents.metadata import mark_accessible
from letters.documents.painting import paint_readable_text
from letters.documents.parsing import parse_html
from letters.documents.tagging import finish_tags, prepare_pages

_VARIANT = "pdf/a-3a"
paint_readable_text()
paint_hairlines()
hasten()


class HouseFonts(FontConfiguration):  # type: ignore[misc]
    """The faces of fonts.conf and no others: WeasyPrint would make a folder for a letter's own @font-face."""

    def add_font_face(self, rule_descriptors: Any, url_fetcher: Any) -> None:
        """Do nothing."""


def write_pdf(letter: Letter, fonts: HouseFonts) -> bytes:
    """The letter as PDF/A-3a with the PDF/UA-1 marker."""
    assets = AssetTable(letter.assets)
    document = parse_html(letter.html, assets).render(
        font_config=fonts, stylesheets=_styles(letter.stylesheet, assets, fonts), pdf_variant=_VARIANT
    )
    _describe(document, letter)
    prepare_pages(document, letter.language)
    pdf: bytes = document.write_pdf(finisher=_finish, pdf_variant=_VARIANT, pdf_identifier=letter.identifier)
    return pdf


def _styles(text: str, assets: AssetTable, fonts: HouseFonts) -> list[CSS]:
    house, mark, own = text.partition(OF_THIS_LETTER)
    if not mark:
        return [CSS(string=text, url_fetcher=assets, font_config=fonts)]
    return [_house_style(house, fonts), CSS(string=own, url_fetcher=assets, font_config=fonts)]


@lru_cache(maxsize=1)
def _house_style(text: str, fonts: HouseFonts) -> CSS:
    """What the warm process read for its specimen serves every letter."""
    return CSS(string=text, url_fetcher=AssetTable({}), font_config=fonts)


def _describe(document: Document, letter: Letter) -> None:
    """What the file says about itself is the caller's alone: <meta> and <link rel=attachment> say nothing."""
    document.metadata = DocumentMetadata(
        title=letter.title,
        authors=[letter.author],
        lang=letter.language,
        created=letter.created_utc,
        modified=letter.created_utc,
    )


def _finish(document: Document, pdf: PDF) -> None:
    finish_tags(document, pdf)
    mark_accessible(pdf)
