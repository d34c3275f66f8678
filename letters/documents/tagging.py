"""What WeasyPrint's tags still lack for PDF/UA-1, added while it paints and before it writes.

WeasyPrint 70 tags page headers and footers as content that hangs nowhere in the tree, names table headers by ids
without the index that ids need, and says no language but the document's.
"""
# ruff: noqa: SLF001  WeasyPrint has no public way to boxes and tags

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

_BARE = ("/Span", "/NonStruct")
_ARTIFACTS = 1_000_000  # marked-content ids from here on are page headers and footers, numbered past all real ones


def prepare_pages(document: Document, language: str) -> None:
    """Have every page mark its margins as artifacts and its foreign words with their language."""
    for page in document.pages:
        page.__class__ = _TaggedPage
        page.language = language


class _TaggedPage(Page):
    """A page that paints into a stream whose `marked` is ours, and remembers which pieces were split."""

    language: str
    splits: dict[int, list[int]]

    def paint(self, stream: Stream, scale: float = 1) -> None:
        marker = _Marker(stream, set(_margin_texts(self._page_box)), self.language)
        stream.marked, stream.spelled = marker.marked, marker.spelled
        super().paint(stream, scale)
        del stream.marked, stream.spelled  # they refer to the stream: a circle that would keep both
        self.splits = marker.splits


class _Marker:
    """Numbers the marked content of one page: real content from 0, artifacts from a million."""

    def __init__(self, stream: Stream, margins: set[Any], language: str) -> None:
        self._stream, self._margins, self._language = stream, margins, language
        self._content, self._artifacts = count(), count(_ARTIFACTS)
        self._open: tuple[str, int, dict[str, Any]] | None = None
        self.splits: dict[int, list[int]] = {}

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """In place of WeasyPrint's: around everything that one box paints."""
        artifact = box in self._margins
        number = next(self._artifacts if artifact else self._content)
        self._stream._tags[box] = {"tag": tag, "mcid": number}
        if artifact:
            self._begin("Artifact", {"Type": "/Pagination"})
        else:
            self._open = tag, number, self._language_of(box)
            self._begin(tag, {"MCID": number, **self._open[2]})
        try:
            yield
        finally:
            self._stream.end_marked_content()
            self._open = None

    @contextmanager
    def spelled(self, text: str) -> Iterator[None]:
        """Around glyphs that mean `text` together. Beside the open content, not in it: poppler 22 loses count."""
        meaning = {"ActualText": pydyf.String(text)}
        if self._open is None:
            self._begin("Span", meaning)
            yield
            self._stream.end_marked_content()
        else:
            self._continue(meaning)
            yield
            self._continue({})

    def _continue(self, more: dict[str, Any]) -> None:
        assert self._open
        tag, first, language = self._open
        number = next(self._content)
        self.splits.setdefault(first, []).append(number)
        self._stream.end_marked_content()
        self._begin(tag, {"MCID": number, **language, **more})

    def _begin(self, tag: str, properties: dict[str, Any]) -> None:
        self._stream.begin_marked_content(tag, pydyf.Dictionary(properties))

    def _language_of(self, box: Any) -> dict[str, Any]:
        language = box.style["lang"]
        return {} if not language or language == self._language else {"Lang": pydyf.String(language)}


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
    """Cut what hangs outside the tree, hang split content in, and give every table header its scope."""
    for page in document.pages:
        for cell in _cells(page._page_box):
            _scope(cell)
    elements = {object_.number: object_ for object_ in pdf.objects if _type_of(object_) == "/StructElem"}
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    _flatten(elements[_number(root["K"][0])], elements)
    reached = set(_reachable(_number(root["K"][0]), elements))
    for number, element in elements.items():
        if number not in reached:
            element.clear()
    parents = _claim_content(document, pdf, [elements[number] for number in sorted(reached)])
    entries = pdf.objects[_number(root["ParentTree"])]["Nums"]
    for index, of_page in enumerate(parents):
        entries[2 * index + 1] = pydyf.Array(of_page[mark] for mark in sorted(of_page))


def _flatten(element: Any, elements: dict[int, Any]) -> None:
    """Let what hangs in a bare Span or NonStruct hang in its parent: half as many elements say the same."""
    kids: list[Any] = []
    for kid in element["K"]:
        below = None if isinstance(kid, int) else elements.get(_number(kid))
        if below is None:
            kids.append(kid)
            continue
        _flatten(below, elements)
        if below["S"] in _BARE and below.get("Pg") == element.get("Pg") and not below.keys() & {"A", "Alt"}:
            for deeper in below["K"]:
                if not isinstance(deeper, int) and _number(deeper) in elements:
                    elements[_number(deeper)]["P"] = element.reference
            kids += below["K"]
        else:
            kids.append(kid)
    element["K"][:] = kids


def _claim_content(document: Document, pdf: pydyf.PDF, elements: list[Any]) -> list[dict[int, bytes]]:
    """Page by page, which element each piece of marked content belongs to."""
    places = {reference: index for index, reference in enumerate(pdf.page_references)}
    parents: list[dict[int, bytes]] = [{} for _ in document.pages]
    for element in elements:
        marks = [kid for kid in element["K"] if isinstance(kid, int)]
        if not marks:
            continue
        index = places[element["Pg"]]
        for mark in marks:
            split = document.pages[index].splits.get(mark, [])
            place = element["K"].index(mark) + 1
            element["K"][place:place] = split
            parents[index] |= dict.fromkeys([mark, *split], element.reference)
    return parents


def _type_of(object_: Any) -> object:
    return object_.get("Type") if isinstance(object_, dict) else None


def _number(reference: bytes) -> int:
    return int(reference.split(None, 1)[0])


def _reachable(number: int, elements: dict[int, Any]) -> Iterator[int]:
    yield number
    for kid in elements[number]["K"]:
        if not isinstance(kid, int) and _number(kid) in elements:
            yield from _reachable(_number(kid), elements)


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
