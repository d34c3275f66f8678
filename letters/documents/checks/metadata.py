"""What the file says about itself: XMP, Info and the meaning of its colours."""

from collections.abc import Iterator
from datetime import UTC, datetime

from pikepdf import Array, Dictionary, Name, Pdf
from pikepdf.models.metadata import decode_pdf_date

_AGREE = {
    "/Title": "dc:title",
    "/Producer": "pdf:Producer",
    "/CreationDate": "xmp:CreateDate",
    "/ModDate": "xmp:ModifyDate",
    "/Author": "dc:creator",
}
_MARKER_SCHEMA = b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"


def packet(pdf: Pdf) -> Iterator[str]:
    """ISO 19005-3, 6.6.4 and ISO 14289-1, 5: both identifications, in a packet that any tool can read."""
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        yield "metadata: no XMP packet"
        return
    if "/Filter" in stream:
        yield "metadata: the XMP packet is compressed"
    wanted = {"pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        for name, value in wanted.items():
            if xmp.get(name) != value:
                yield f"metadata: {name} is {xmp.get(name)!r}, not {value!r}"
        if not xmp.get("dc:title"):
            yield "metadata: no title"
    if _MARKER_SCHEMA not in stream.read_bytes():
        yield "metadata: PDF/A does not know pdfuaid without its extension schema"


def agrees_with_info(pdf: Pdf) -> Iterator[str]:
    """6.6.3: what Info says, XMP says too."""
    if "/Metadata" not in pdf.Root:
        return
    info = pdf.trailer.get("/Info", Dictionary())
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        for entry, name in _AGREE.items():
            if entry in info and not _same(str(info[entry]), xmp.get(name)):
                yield f"metadata: Info {entry} and XMP {name} disagree"


def _same(text: str, other: object) -> bool:
    if isinstance(other, list):
        return text == ", ".join(str(part) for part in other)
    if text.startswith("D:") and other:
        return _moment(decode_pdf_date(text)) == _moment(datetime.fromisoformat(str(other)))
    return text == other


def _moment(when: datetime) -> datetime:
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


def color_intent(pdf: Pdf) -> Iterator[str]:
    """6.2.3: an output intent with its ICC profile, so that device colours mean something."""
    for intent in pdf.Root.get("/OutputIntents", Array()):
        profile = intent.get("/DestOutputProfile")
        if intent.get("/S") == Name.GTS_PDFA1 and profile is not None and profile.read_bytes()[36:40] == b"acsp":
            return
    yield "metadata: no output intent with an ICC profile"
