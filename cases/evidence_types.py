"""Which files are taken as evidence: told by their content, against a closed list, and read where that is cheap.

What a browser or a computer would run is refused with what to do instead; so is what nobody could open.
"""

from __future__ import annotations

import re
import warnings
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

import pikepdf
from PIL import Image, UnidentifiedImageError

_IMAGES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp", "TIFF": "image/tiff"}
_IMAGES |= {"BMP": "image/bmp"}
_PICTURE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")

# (where, bytes, type): audio and video are told by their first bytes, and not read further.
_MEDIA: tuple[tuple[int, bytes, str], ...] = (
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"fLaC", "audio/flac"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"OggS", "audio/ogg"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"\0\0\x01\xba", "video/mpeg"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypmif1", "image/heif"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp3g", "video/3gpp"),
    (4, b"ftyp", "video/mp4"),
)
_OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OPEN_OFFICE = "application/vnd.oasis.opendocument."
_OLD_OFFICE = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".msg": "application/vnd.ms-outlook",
}
_TEXTS = {
    ".txt": "text/plain",
    ".log": "text/plain",
    ".md": "text/plain",
    "": "text/plain",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".json": "application/json",
    ".eml": "message/rfc822",
    ".vcf": "text/vcard",
    ".ics": "text/calendar",
}
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_PAGE_MARKS = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")
_TAKEN = "pictures, PDF, text, CSV, e-mail, office documents, sound and film"


class EvidenceNotTaken(ValueError):
    """The file is none that is taken; the message says why, and what to do."""


def evidence_type(data: bytes, name: str) -> str:
    """The media type of a file that is taken as evidence. Raises EvidenceNotTaken.

    The name only tells kinds of text, and kinds of old office files, apart.
    """
    if not data:
        raise EvidenceNotTaken("The file is empty. Look whether it opens, and choose it again.")
    suffix = PurePosixPath(name).suffix.lower()
    for read in (_pdf, _picture, _media, _office, _old_office, _text):
        if found := read(data, suffix):
            return found
    raise EvidenceNotTaken(f"This kind of file is not taken. Taken are {_TAKEN}.")


def _pdf(data: bytes, _: str) -> str | None:
    if b"%PDF-" not in data[:1024]:
        return None
    try:
        pikepdf.open(BytesIO(data)).close()
    except pikepdf.PasswordError:
        pass  # a bank's statement often has a password; it is kept as it came
    except pikepdf.PdfError:
        raise EvidenceNotTaken("This PDF is damaged. Open it, print it as a PDF again, and choose that one.") from None
    return "application/pdf"


def _picture(data: bytes, _: str) -> str | None:
    if not (data.startswith(_PICTURE_STARTS) or data[8:12] == b"WEBP"):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a panorama is large, not an attack: nothing is decoded here
            with Image.open(BytesIO(data), formats=tuple(_IMAGES)) as picture:
                kind = picture.format
                picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise EvidenceNotTaken("This picture is damaged. Open it, save it again, and choose that one.") from None
    return _IMAGES.get(kind or "", "image/jpeg")  # MPO: two JPEG pictures in one file, as telephones make them


def _media(data: bytes, _: str) -> str | None:
    return next((kind for at, mark, kind in _MEDIA if data[at : at + len(mark)] == mark), None)


def _office(data: bytes, _: str) -> str | None:
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        with ZipFile(BytesIO(data)) as parts:
            names = set(parts.namelist())
            kind = _first_bytes(parts, "mimetype") if "mimetype" in names else ""
    except (BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, ValueError):
        raise EvidenceNotTaken("This document is damaged. Open it, save it again, and choose that one.") from None
    if any(name.rpartition("/")[2] == "vbaProject.bin" or name.startswith("Basic/") for name in names):
        raise EvidenceNotTaken("This document has macros, which can run on a computer. Save it as a PDF instead.")
    if kind.startswith(_OPEN_OFFICE):
        return kind
    if found := next((_OFFICE[name] for name in _OFFICE if name in names), None):
        return found
    raise EvidenceNotTaken("This is an archive. Unpack it, and choose the files that are in it.")


def _first_bytes(parts: ZipFile, name: str) -> str:
    with parts.open(name) as part:
        return part.read(100).decode("ascii", "replace")


def _old_office(data: bytes, suffix: str) -> str | None:
    return _OLD_OFFICE.get(suffix) if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") else None


def _text(data: bytes, suffix: str) -> str | None:
    """Text in any encoding; its name must not make a computer run it."""
    if not _reads_as_text(data):
        return None
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE_MARKS) or suffix in (".html", ".htm", ".svg"):
        raise EvidenceNotTaken("A web page can run in a browser. Print it as a PDF, or take a picture of it, instead.")
    return _TEXTS.get(suffix)


def _reads_as_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _is_readable(data, "utf-16")
    return _is_readable(data, "utf-8") or _is_readable(data, "cp1252")  # a bank's CSV from before Unicode


def _is_readable(data: bytes, encoding: str) -> bool:
    try:
        return not _NOT_TEXT.search(data.decode(encoding))
    except UnicodeDecodeError:
        return False
