"""Each structural check refuses what it is there for: a good letter, broken on purpose in one place."""

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from letters.documents.checks import check_document, metadata
from letters.documents.checks.walk import elements, kind
from tests.letters.documents.printing import letter, printed, signed_letter

Break = Callable[[Pdf], object]


def broken(change: Break, pdf: bytes | None = None, **save: object) -> tuple[str, ...]:
    result = BytesIO()
    with Pdf.open(BytesIO(pdf or letter())) as document:
        change(document)
        document.save(result, **{"object_stream_mode": pikepdf.ObjectStreamMode.preserve, **save})
    return check_document(result.getvalue())


def first(pdf: Pdf, tag: str) -> Any:
    return next(element for element in elements(pdf) if kind(element) == tag)


def font(pdf: Pdf) -> Any:
    return next(iter(pdf.pages[0].Resources.Font.values()))


def append(pdf: Pdf, operators: bytes) -> None:
    pdf.pages[0].contents_add(operators)


def replace_xmp(pdf: Pdf, old: bytes, new: bytes) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    assert old in packet
    pdf.Root.Metadata.write(packet.replace(old, new))


def annotate(pdf: Pdf, *, tabs: Name = Name.S, **entries: object) -> None:
    annotation = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), F=4, Contents=String("x"))
    annotation.StructParent = 7
    for name, value in entries.items():
        if value is None:
            del annotation[f"/{name}"]
        else:
            annotation[f"/{name}"] = value
    annotation = pdf.make_indirect(annotation)
    pdf.Root.AcroForm = Dictionary(Fields=Array([annotation]))
    pdf.pages[0].obj.Annots = Array([annotation])
    pdf.pages[0].obj.Tabs = tabs


def embed(pdf: Pdf) -> None:
    stream = pdf.make_stream(b"x")
    pdf.Root.Names = Dictionary(Files=pdf.make_indirect(Dictionary(Type=Name.Filespec, EF=Dictionary(F=stream))))


BREAKS: dict[str, tuple[Break, str]] = {
    "no title": (lambda pdf: replace_xmp(pdf, b"dc:title", b"dc:other"), "no title"),
    "no PDF/A part": (lambda pdf: replace_xmp(pdf, b'pdfaid:part="3"', b'pdfaid:part="1"'), "pdfaid:part"),
    "level B": (lambda pdf: replace_xmp(pdf, b'conformance="A"', b'conformance="B"'), "pdfaid:conformance"),
    "no PDF/UA marker": (lambda pdf: replace_xmp(pdf, b'pdfuaid:part="1"', b""), "pdfuaid:part"),
    "marker unexplained": (lambda pdf: replace_xmp(pdf, b"namespaceURI", b"namespace"), "extension schema"),
    "no XMP": (lambda pdf: pdf.Root.__delitem__("/Metadata"), "no XMP"),
    "Info disagrees": (lambda pdf: pdf.docinfo.__setitem__("/Title", "Other"), "/Title and XMP"),
    "date disagrees": (lambda pdf: pdf.docinfo.__setitem__("/ModDate", "D:20200101000000Z"), "/ModDate and XMP"),
    "no output intent": (lambda pdf: pdf.Root.__delitem__("/OutputIntents"), "output intent"),
    "no profile": (lambda pdf: pdf.Root.OutputIntents[0].DestOutputProfile.write(b"x" * 200), "output intent"),
    "not marked": (lambda pdf: pdf.Root.__delitem__("/MarkInfo"), "not marked"),
    "no language": (lambda pdf: pdf.Root.__delitem__("/Lang"), "no language"),
    "title not shown": (lambda pdf: pdf.Root.__delitem__("/ViewerPreferences"), "title is not shown"),
    "no tags": (lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"), "no tags"),
    "unknown tag": (lambda pdf: first(pdf, "P").__setitem__("/S", Name.Paragraph), "unknown tag"),
    "heading skipped": (lambda pdf: first(pdf, "H2").__setitem__("/S", Name.H3), "H3 follows H1"),
    "no first heading": (lambda pdf: first(pdf, "H1").__setitem__("/S", Name.H2), "not H1"),
    "header without scope": (lambda pdf: first(pdf, "TH").__delitem__("/A"), "without its scope"),
    "row without a cell": (lambda pdf: first(pdf, "TR").K.__delitem__(0), "different width"),
    "untagged paint": (lambda pdf: append(pdf, b"0 0 9 9 re f"), "outside any tag"),
    "unclaimed content": (lambda pdf: append(pdf, b"/P <</MCID 99>> BDC 0 0 9 9 re f EMC"), "hangs nowhere"),
    "content in an artifact": (
        lambda pdf: append(pdf, b"/Artifact BMC /P <</MCID 0>> BDC 0 0 9 9 re f EMC EMC"),
        "in one another",
    ),
    "page outside the tree": (lambda pdf: pdf.pages[0].obj.__delitem__("/StructParents"), "no way back"),
    "font not embedded": (
        lambda pdf: font(pdf).DescendantFonts[0].FontDescriptor.__delitem__("/FontFile2"),
        "not embedded",
    ),
    "font without Unicode": (lambda pdf: font(pdf).__delitem__("/ToUnicode"), "no /ToUnicode"),
    "glyph without meaning": (
        lambda pdf: font(pdf).ToUnicode.write(b"1 beginbfchar <0001> <> endbfchar"),
        "no meaning",
    ),
    "transparent": (lambda pdf: pdf.pages[0].Resources.ExtGState.__setitem__("/X", Dictionary(ca=0.5)), "transparent"),
    "blended": (
        lambda pdf: pdf.pages[0].Resources.ExtGState.__setitem__("/X", pdf.make_indirect(Dictionary(BM=Name.Multiply))),
        "blend mode",
    ),
    "opens with an action": (
        lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("1"))),
        "/OpenAction",
    ),
    "a script": (
        lambda pdf: pdf.Root.__setitem__("/X", pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("1")))),
        "action /JavaScript",
    ),
    "unrelated attachment": (embed, "without /AFRelationship"),
    "annotation unprinted": (lambda pdf: annotate(pdf, F=0), "not printed"),
    "annotation untagged": (lambda pdf: annotate(pdf, StructParent=None), "outside the tags"),
    "annotation undescribed": (lambda pdf: annotate(pdf, Contents=None), "without a description"),
    "annotation order": (
        lambda pdf: annotate(pdf, tabs=Name.R),
        "without /Tabs",
    ),
    "field without appearance": (lambda pdf: annotate(pdf, Subtype=Name.Widget), "without an appearance"),
    "appearances left to the viewer": (
        lambda pdf: pdf.Root.__setitem__("/AcroForm", Dictionary(NeedAppearances=True)),
        "NeedAppearances",
    ),
}


@pytest.mark.parametrize(("change", "words"), BREAKS.values(), ids=BREAKS)
def test_a_letter_broken_in_one_place_is_refused(change: Break, words: str) -> None:
    problems = broken(change)

    assert any(words in problem for problem in problems), problems


def test_a_letter_saved_unchanged_is_accepted() -> None:
    assert broken(lambda _: None) == ()


def test_a_compressed_packet_is_refused() -> None:
    """Asked of the check itself: qpdf would unpack it while saving."""
    with Pdf.open(BytesIO(letter())) as pdf:
        packet = pdf.Root.Metadata
        packet.write(zlib.compress(packet.read_bytes()), filter=Name.FlateDecode)

        assert "metadata: the XMP packet is compressed" in metadata.packet(pdf)


def test_an_old_compression_is_refused() -> None:
    def use_lzw(pdf: Pdf) -> None:
        pdf.Root.X = pdf.make_stream(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", Filter=Name.LZWDecode)

    assert any("LZW" in problem for problem in broken(use_lzw, compress_streams=False))


def test_encryption_is_refused() -> None:
    locked = pikepdf.Encryption(owner="x", user="")

    assert any("encrypted" in problem for problem in broken(lambda _: None, encryption=locked))


def test_another_version_is_refused() -> None:
    assert any("not PDF 1.7" in problem for problem in broken(lambda _: None, force_version="2.0"))


def test_a_picture_without_a_text_is_refused() -> None:
    svg = '<svg viewBox="0 0 1 1" style="width:1cm"><path d="M0 0h1v1h-1z"/></svg>'

    assert any("picture" in problem for problem in check_document(printed(f"<h1>x</h1>{svg}")))


def test_a_table_without_headers_is_refused() -> None:
    assert any("without headers" in p for p in check_document(printed("<h1>x</h1><table><tr><td>1</table>")))


def test_a_signature_field_outside_the_tree_is_refused() -> None:
    def untag(pdf: Pdf) -> None:
        del pdf.Root.AcroForm.Fields[0].StructParent

    assert any("outside the tags" in problem for problem in broken(untag, signed_letter()))


def test_what_is_no_pdf_is_refused() -> None:
    assert check_document(b"%PDF-1.7 nothing") != ()
    assert check_document(letter()[:5000]) != ()
