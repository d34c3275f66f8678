"""The file as a whole: identity, compression, and nothing that acts, hides or stands outside the tags."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Pdf, Stream

from letters.documents.checks.walk import annotations, dictionaries

_ACTIVE = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/SubmitForm", "/GoToR", "/Hide"}
_PRINT, _HIDDEN = 1 << 2, 1 << 0 | 1 << 1 | 1 << 5 | 1 << 8


def identified(pdf: Pdf) -> Iterator[str]:
    """ISO 19005-3, 6.1.2 and 6.1.3: version 1.x, an /ID, no encryption."""
    if not pdf.pdf_version.startswith("1."):
        yield f"file: PDF {pdf.pdf_version} is not PDF 1.7"
    if len(pdf.trailer.get("/ID", Array())) != 2:
        yield "file: no /ID in the trailer"
    if pdf.is_encrypted or "/Encrypt" in pdf.trailer:
        yield "file: encrypted"


def plainly_compressed(pdf: Pdf) -> Iterator[str]:
    """6.1.7: no LZW, no crypt filter, no stream that lives in another file."""
    for item in pdf.objects:
        if isinstance(item, Stream):
            filters = item.get("/Filter", Array())
            names = {str(name) for name in (filters if isinstance(filters, Array) else [filters])}
            for name in sorted(names & {"/LZWDecode", "/Crypt"}):
                yield f"file: a stream uses {name}"
            if "/F" in item:
                yield "file: a stream refers to another file"


def inactive(pdf: Pdf) -> Iterator[str]:
    """6.5.1: no script and no action that leaves the document."""
    for name in ("/OpenAction", "/AA", "/Requirements"):
        if name in pdf.Root:
            yield f"file: the catalog has {name}"
    if "/JavaScript" in pdf.Root.get("/Names", Dictionary()):
        yield "file: the catalog names scripts"
    for item in dictionaries(pdf):
        action = str(item.get("/S", ""))
        if action in _ACTIVE or "/JS" in item:
            yield f"file: an action {action}"
        if item.get("/Type") in (Name.Page, Name.Annot) and "/AA" in item:
            yield "file: a page or annotation acts by itself"


def attachments_related(pdf: Pdf) -> Iterator[str]:
    """6.8: an embedded file says how it relates to the document, and its type."""
    for item in dictionaries(pdf):
        if "/EF" in item:
            if "/AFRelationship" not in item:
                yield "file: an embedded file without /AFRelationship"
            if "/Subtype" not in item.EF.get("/F", Dictionary()):
                yield "file: an embedded file without its type"


def annotations_accessible(pdf: Pdf) -> Iterator[str]:
    """6.3 and ISO 14289-1, 7.18: printed, described, in the tree, and walked in the order of the tree."""
    for page, annotation in annotations(pdf):
        flags = int(annotation.get("/F", 0))
        if not flags & _PRINT or flags & _HIDDEN:
            yield "file: an annotation that is not printed"
        if "/StructParent" not in annotation:
            yield "file: an annotation outside the tags"
        if not str(annotation.get("/Contents", annotation.get("/TU", ""))).strip():
            yield "file: an annotation without a description"
        if page.obj.get("/Tabs") != Name.S:
            yield "file: a page with annotations without /Tabs /S"


def signature_field_plain(pdf: Pdf) -> Iterator[str]:
    """6.4: no XFA, no appearances left to the viewer; a visible field brings its own appearance."""
    form = pdf.Root.get("/AcroForm", Dictionary())
    for name in ("/XFA", "/NeedAppearances"):
        if name in form:
            yield f"file: the form has {name}"
    for _, annotation in annotations(pdf):
        left, bottom, right, top = (float(number) for number in annotation.Rect)
        visible = left != right and bottom != top
        if annotation.get("/Subtype") == Name.Widget and visible and "/AP" not in annotation:
            yield "file: a visible field without an appearance"
