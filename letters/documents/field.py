"""The empty signature field, tagged before it is signed.

A field that the signing library adds by itself stands outside the tree of tags and breaks PDF/UA; one with a default
appearance uses a font that is not embedded and breaks PDF/A. So the field is invisible, named, and in the tree.
"""

from io import BytesIO

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

FIELD_NAME = "Signature"
_PRINTED_AND_LOCKED = 1 << 2 | 1 << 7
_SIGNATURES_EXIST_APPEND_ONLY = 3


class NotALetter(ValueError):
    """The PDF is not one of ours: it has no tags, or has a form already."""


def add_signature_field(pdf_bytes: bytes, description: str) -> bytes:
    """The same document with an empty signature field on its last page. Raises NotALetter."""
    with Pdf.open(BytesIO(pdf_bytes)) as pdf:
        if "/StructTreeRoot" not in pdf.Root or "/AcroForm" in pdf.Root:
            raise NotALetter
        widget = _widget(pdf, description)
        _hang_into_tree(pdf, widget)
        pdf.Root.AcroForm = pdf.make_indirect(
            Dictionary(Fields=Array([widget]), SigFlags=_SIGNATURES_EXIST_APPEND_ONLY)
        )
        result = BytesIO()
        pdf.save(result, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
        return result.getvalue()


def _widget(pdf: Pdf, description: str) -> Dictionary:
    page = pdf.pages[-1].obj
    widget = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String(FIELD_NAME), TU=String(description),
        F=_PRINTED_AND_LOCKED, Rect=Array([0, 0, 0, 0]), P=page,
    )  # fmt: skip
    reference = pdf.make_indirect(widget)
    page.Annots = Array([*page.get("/Annots", Array()), reference])
    return reference


def _hang_into_tree(pdf: Pdf, widget: Dictionary) -> None:
    root = pdf.Root.StructTreeRoot
    document = root.K[0]
    numbers = root.ParentTree.Nums
    key = max(int(number) for number in numbers[::2]) + 1
    page = pdf.pages[-1].obj
    content = pdf.make_indirect(Dictionary(Type=Name.OBJR, Obj=widget, Pg=page))
    form = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, K=Array([content]), P=document, Pg=page))
    document.K.append(form)
    numbers.append(key)
    numbers.append(form)
    widget.StructParent = key
