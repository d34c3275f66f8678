"""What other people's programs say of a PDF: poppler's and qpdf's. For tests, and for a person in doubt."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory


def qpdf_check(pdf: bytes) -> str:
    """What `qpdf --check` complains of; "" for a clean file."""
    result = _run(["qpdf", "--check"], pdf)
    return "" if result.returncode == 0 else result.stdout + result.stderr


def pdfsig(pdf: bytes) -> str:
    """Poppler's report on the signatures."""
    return _run(["pdfsig"], pdf).stdout


def has_valid_signature(pdf: bytes) -> bool:
    """Whether poppler finds exactly one signature, valid and over the whole file."""
    report = pdfsig(pdf)
    return (
        report.count("Signature #") == report.count("Signature is Valid.") == report.count("Total document signed") == 1
    )


def text(pdf: bytes, *, raw: bool = False) -> str:
    """The words as `pdftotext` reads them, pages ended by form feeds; `raw` in the order of the content stream."""
    return _run(["pdftotext", *(["-raw"] if raw else [])], pdf, "-").stdout


def pages(pdf: bytes, *, raw: bool = False) -> list[str]:
    """The words, page by page."""
    return text(pdf, raw=raw).split("\f")[:-1]


def structure_text(pdf: bytes) -> str:
    """The tree of tags with its words, from `pdfinfo -struct-text`."""
    return _run(["pdfinfo", "-struct-text"], pdf).stdout


def _run(command: list[str], pdf: bytes, *after: str) -> subprocess.CompletedProcess[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "letter.pdf")
        path.write_bytes(pdf)
        return subprocess.run([*command, str(path), *after], capture_output=True, text=True, check=False)
