"""What WeasyPrint's tags still lack for PDF/UA-1, added while it paints and before it writes.

WeasyPrint 70 tags page headers and footers as content that hangs nowhere in the tree, names table headers by ids
without the index that ids need, and says no language but the document's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pydyf
from weasyprint import Document
from weasyprint.document import Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf.stream import Stream

_ARTIFACTS = 1_000_000  # marked-content ids from here on are page headers and footers, numbered past all real ones


def prepare_pages(document: Document, language: str) -> None:
    """Have every page mark its margins as artifacts and its foreign words with their language."""
    for page in document.pages:
        page.__class__ = _TaggedPage
        page.language = language


class _TaggedPage(Page):
    """A page that paints into a stream whose `marked` is ours."""

    language: str

    def paint(self, stream: Stream, scale: float = 1) -> None:
        stream.marked = _Marker(stream, set(_margin_texts(self._page_box)), self.language).marked
        super().paint(stream, scale)
        del stream.marked  # it refers to the stream: a circle that would keep both


class _Marker:
    """Numbers the marked content of one page: real content from 0, artifacts from a million."""

    def __init__(self, stream: Stream, margins: set[Any], language: str) -> None:
        self._stream, self._margins, self._language = stream, margins, language
        self._content, self._artifacts = count(), count(_ARTIFACTS)

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        artifact = box in self._margins
        number = next(self._artifacts if artifact else self._content)
        self._stream._tags[box] = {"tag": tag, "mcid": number}
        properties = {"Type": "/Pagination"} if artifact else self._properties(box, number)
        self._stream.begin_marked_content("Artifact" if artifact else tag, pydyf.Dictionary(properties))
        try:
            yield
        finally:
            self._stream.end_marked_content()

    def _properties(self, box: Any, number: int) -> dict[str, Any]:
        language = box.style["lang"]
        if not language or language == self._language:
            return {"MCID": number}
        return {"MCID": number, "Lang": pydyf.String(language)}


def _margin_texts(page_box: Any) -> Iterator[Any]:
    for child in page_box.children:
        if isinstance(child, boxes.MarginBox):
            yield from _leaves(child)


def _leaves(box: Any) -> Iterator[Any]:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _leaves(child)


def finish_tags(document: Document, pdf: pydyf.PDF) -> None:
    """Cut what hangs outside the tree and give every table header its scope."""
    for page in document.pages:
        for cell in _cells(page._page_box):
            _scope(cell)
    elements = {object_.number: object_ for object_ in pdf.objects if _type_of(object_) == "/StructElem"}
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    reached = set(_reachable(_number(root["K"][0]), elements))
    _trim_parent_tree(pdf.objects[_number(root["ParentTree"])]["Nums"], reached)
    for number, element in elements.items():
        if number not in reached:
            element.clear()


def _type_of(object_: Any) -> object:
    return object_.get("Type") if isinstance(object_, dict) else None


def _number(reference: bytes) -> int:
    return int(reference.split(None, 1)[0])


def _reachable(number: int, elements: dict[int, Any]) -> Iterator[int]:
    yield number
    for kid in elements[number]["K"]:
        if not isinstance(kid, int) and _number(kid) in elements:
            yield from _reachable(_number(kid), elements)


def _trim_parent_tree(numbers: Any, reached: set[int]) -> None:
    for entry in numbers[1::2]:
        if isinstance(entry, list):
            entry[:] = [reference for reference in entry if _number(reference) in reached]


def _cells(box: Any) -> Iterator[Any]:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.TableCellBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _cells(child)


def _scope(cell: Any) -> None:
    """Headers stand on top of their column or, as <th scope="row">, at the head of their row: ids are not needed."""
    element = getattr(cell, "mark", None)
    if element is None:
        return
    element.pop("ID", None)
    attributes = element["A"]
    attributes.pop("Headers", None)
    if element["S"] == "/TH":
        attributes["Scope"] = "/Row" if cell.element.get("scope") == "row" else "/Column"
    if len(attributes) == 1:
        del element["A"]
