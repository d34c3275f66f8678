"""The organization's signature: valid over the whole file, and broken by any change."""

import random
import re
from io import BytesIO

import pikepdf
import pytest
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from letters.documents.checks import check_document
from letters.documents.checks.tools import has_valid_signature, pdfsig, qpdf_check, text
from letters.documents.field import NotALetter
from tests.letters.documents.printing import credential, letter, sign, signed_letter

RANGES = re.compile(rb"/ByteRange \[\s*(\d+) (\d+) (\d+) (\d+)")


def judged(pdf: bytes) -> PdfSignatureStatus:
    trust = ValidationContext(trust_roots=list(load_certs_from_pemder_data(credential().certificate.encode())))
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, trust)


def test_poppler_calls_the_signature_valid_over_the_whole_file() -> None:
    report = pdfsig(signed_letter())

    assert "Signature is Valid" in report
    assert "Total document signed" in report
    assert "Example Aid Society" in report
    assert has_valid_signature(signed_letter())


def test_pyhanko_calls_the_signature_intact_and_valid() -> None:
    status = judged(signed_letter())

    assert status.intact
    assert status.valid
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert status.signer_reported_dt
    assert status.signer_reported_dt.isoformat() == "2026-11-20T10:30:00+00:00"


def test_a_signed_letter_is_still_sound() -> None:
    assert check_document(signed_letter()) == ()
    assert qpdf_check(signed_letter()) == ""
    assert text(signed_letter()) == text(letter())


def test_it_is_pades_with_the_reason_and_the_place() -> None:
    with pikepdf.open(BytesIO(signed_letter())) as document:
        (field,) = document.Root.AcroForm.Fields
        signature = field.V
        assert signature.SubFilter == pikepdf.Name("/ETSI.CAdES.detached")
        assert str(signature.Reason) == "Attests the unchanged text of this report"
        assert str(signature.Location) == "Boston"


def test_no_byte_but_the_signature_itself_is_left_unsigned() -> None:
    """No padding: a changed byte in it would go unnoticed."""
    pdf = signed_letter()
    ((first, length, second, rest),) = (map(int, found) for found in RANGES.findall(pdf))
    hole = pdf[first + length : second]

    assert (first, second + rest) == (0, len(pdf))
    assert hole[:1] + hole[-1:] == b"<>"
    contents = bytes.fromhex(hole[1:-1].decode())
    assert contents[0] == 0x30
    assert int.from_bytes(contents[2:4]) + 4 == len(contents)


@pytest.mark.parametrize("part", [0, 1, 2, 3, 4, 5, 6, 7])
def test_one_flipped_byte_anywhere_is_found(part: int) -> None:
    pdf = bytearray(signed_letter())
    ((_, length, second, _),) = (map(int, found) for found in RANGES.findall(pdf))
    covered = [*range(length), *range(second, len(pdf))]
    place = random.Random(part).choice(covered)
    pdf[place] ^= 0x01

    assert not has_valid_signature(bytes(pdf))


def test_an_added_revision_is_found() -> None:
    assert "Total document signed" not in pdfsig(signed_letter() + b"\n% more\n")


def test_every_signature_fits_without_padding() -> None:
    for _ in range(6):
        assert has_valid_signature(sign(letter()))


def test_what_is_no_letter_is_not_signed() -> None:
    blank = BytesIO()
    pikepdf.new().save(blank)

    with pytest.raises(NotALetter):
        sign(blank.getvalue())
    with pytest.raises(NotALetter):
        sign(signed_letter())
