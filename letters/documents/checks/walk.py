"""Walks over the parts of a PDF that the checks share."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Object, Page, Pdf, Stream


def elements(pdf: Pdf) -> Iterator[Dictionary]:
    """Every structure element below the root, in reading order."""
    root = pdf.Root.get("/StructTreeRoot")
    if isinstance(root, Dictionary):
        for kid in kids(root):
            yield from _element_and_below(kid)


def _element_and_below(element: Object) -> Iterator[Dictionary]:
    if isinstance(element, Dictionary) and "/S" in element:
        yield element
        for kid in kids(element):
            yield from _element_and_below(kid)


def kids(element: Dictionary) -> list[Object]:
    """What hangs directly below: elements, object references, and marked-content ids as plain numbers."""
    below = element.get("/K")
    if below is None:
        return []
    return list(below) if isinstance(below, Array) else [below]


def kind(element: Object) -> str:
    """The element's type without its slash, "" for what is no element."""
    return str(element.get("/S", "/"))[1:] if isinstance(element, Dictionary) else ""


def annotations(pdf: Pdf) -> Iterator[tuple[Page, Dictionary]]:
    """Every annotation with its page."""
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", Array()):
            if isinstance(annotation, Dictionary):
                yield page, annotation


def dictionaries(pdf: Pdf) -> Iterator[Dictionary]:
    """Every dictionary of the file, those of streams and those within others too."""
    for item in pdf.objects:
        yield from _within(item)


def _within(item: object) -> Iterator[Dictionary]:
    if isinstance(item, Stream):
        item = item.stream_dict
    if isinstance(item, Dictionary):
        yield item
        children: list[object] = [child for _, child in item.items()]
    elif isinstance(item, Array):
        children = list(item)
    else:
        return
    for child in children:
        if isinstance(child, Dictionary | Array) and not child.is_indirect:
            yield from _within(child)
