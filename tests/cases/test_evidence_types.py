"""Which files are evidence: told by their content, and refused with what to do."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image

from cases.evidence_types import EvidenceNotTaken, evidence_type


def picture(kind: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, kind)
    return out.getvalue()


def pdf(*, password: str = "") -> bytes:
    out = BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(out, encryption=pikepdf.Encryption(user=password, owner=password) if password else False)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
MADE: list[tuple[str, Callable[[], bytes], str]] = [
    ("a.png", lambda: picture("PNG"), "image/png"),
    ("a.jpg", lambda: picture("JPEG"), "image/jpeg"),
    ("a.webp", lambda: picture("WEBP"), "image/webp"),
    ("a.gif", lambda: picture("GIF"), "image/gif"),
    ("a.tiff", lambda: picture("TIFF"), "image/tiff"),
    ("a.bmp", lambda: picture("BMP"), "image/bmp"),
    ("a.pdf", pdf, "application/pdf"),
    ("locked.pdf", lambda: pdf(password="x"), "application/pdf"),
    ("a.docx", lambda: archive(word__document_dot_xml=b"<w/>"), DOCX),
    ("a.ods", lambda: archive(mimetype=ODS.encode()), ODS),
]


@pytest.mark.parametrize(("name", "make", "expected"), MADE, ids=[name for name, *_ in MADE])
def test_a_file_that_opens_is_taken_under_its_own_type(name: str, make: Callable[[], bytes], expected: str) -> None:
    assert evidence_type(make(), name) == expected
    assert evidence_type(make(), "renamed.exe") == expected


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("chat.txt", "Grüße 你好".encode(), "text/plain"),
        ("bank.csv", "Betrag;Währung\n12 €".encode("cp1252"), "text/csv"),
        ("notes.txt", "notes".encode("utf-16"), "text/plain"),
        ("mail.eml", b"From: a@example.org\n\nHello", "message/rfc822"),
        ("export.json", b"{}", "application/json"),
        ("README", b"text", "text/plain"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "application/vnd.ms-excel"),
        ("call.mp3", b"ID3\x03" + bytes(60), "audio/mpeg"),
        ("call.m4a", b"\0\0\0\x18ftypM4A " + bytes(60), "audio/mp4"),
        ("film.mp4", b"\0\0\0\x18ftypisom" + bytes(60), "video/mp4"),
        ("photo.heic", b"\0\0\0\x18ftypheic" + bytes(60), "image/heic"),
        ("voice.ogg", b"OggS" + bytes(60), "audio/ogg"),
        ("call.wav", b"RIFF\0\0\0\0WAVEfmt " + bytes(60), "audio/wav"),
    ],
)
def test_text_sound_and_film_are_told_by_their_content(name: str, data: bytes, expected: str) -> None:
    assert evidence_type(data, name) == expected


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "is empty"),
        ("tool.exe", b"MZ\x90\0" + bytes(60), "not taken"),
        ("photo.png", b"MZ\x90\0" + bytes(60), "not taken"),
        ("page.html", b"<p>hello", "web page"),
        ("page.txt", b"\xef\xbb\xbf \n<!DOCTYPE html><p>", "web page"),
        ("drawing.txt", b"<svg onload=alert(1)>", "web page"),
        ("run.bat", b"del *.*", "not taken"),
        ("run.js", b"alert(1)", "not taken"),
        ("half.pdf", b"%PDF-1.7\n" + bytes(30), "damaged"),
        ("half.png", b"\x89PNG\r\n\x1a\n" + bytes(30), "damaged"),
        ("half.docx", b"PK\x03\x04" + bytes(30), "damaged"),
        ("chat.zip", archive(chat_dot_txt=b"hello"), "Unpack it"),
        ("macro.docm", archive(word__document_dot_xml=b"", word__vbaProject_dot_bin=b""), "macros"),
        ("odd.doc", bytes(64), "not taken"),
        ("thing.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "not taken"),
    ],
)
def test_what_would_run_or_does_not_open_is_refused_with_what_to_do(name: str, data: bytes, words: str) -> None:
    with pytest.raises(EvidenceNotTaken, match=words):
        evidence_type(data, name)
