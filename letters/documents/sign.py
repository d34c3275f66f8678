"""PAdES signatures: the organization attests the unchanged text."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from letters.documents.field import FIELD_NAME, add_signature_field

_LONGEST_P256_SIGNATURE = 72  # bytes; about one in four is that long

# Hexadecimal digits that a certificate's signature takes; known after the first, which costs a trial signature.
_holes: dict[bytes, int] = {}


def sign_pdf(
    pdf: bytes,
    *,
    private_key_pem: bytes,
    certificate_pem: bytes,
    reason: str,
    signed_at: datetime,
    location: str = "",
    timestamp_url: str = "",
) -> bytes:
    """The document with an invisible PAdES signature over the whole file.

    B-B, or B-T where `timestamp_url` names an RFC 3161 authority. The key is PKCS #8. `signed_at` knows its time zone.
    Two calls give different bytes: keep what you get. Raises NotALetter for a PDF without tags or with a form.
    """
    signer = _signer(private_key_pem, certificate_pem)
    settings = PdfSignatureMetadata(
        field_name=FIELD_NAME,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        location=location or None,
        tight_size_estimates=not timestamp_url,
    )
    stamper = HTTPTimeStamper(timestamp_url) if timestamp_url else None
    writer = _Writer(BytesIO(add_signature_field(pdf, f"Electronic signature: {reason}")))
    signature = _Signer(settings, signer, signed_at, stamper)
    signed: BytesIO = signature.sign_pdf(writer, existing_fields_only=True, bytes_reserved=_holes.get(certificate_pem))
    if not stamper:
        _holes[certificate_pem] = _hole(signed.getbuffer())
    return signed.getvalue()


def _hole(signed: memoryview) -> int:
    """The length of the signature in the file, from its /ByteRange, without the angle brackets."""
    ranges = re.findall(rb"/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)", signed)
    start, end = ranges[-1]
    return int(end) - int(start) - 2


def _signer(private_key_pem: bytes, certificate_pem: bytes) -> "_EvenSigner":
    certificate, *chain = load_certs_from_pemder_data(certificate_pem)
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(chain)
    key = load_private_key_from_pemder_data(private_key_pem, passphrase=None)
    return _EvenSigner(signing_cert=certificate, signing_key=key, cert_registry=store)


class _EvenSigner(SimpleSigner):
    """Makes P-256 signatures of one length, so that the hole in the file fits them without padding.

    Padding is the one place where a changed byte would go unnoticed.
    """

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        assert self.signing_cert is not None
        public = self.signing_cert.public_key
        even = public.algorithm == "ec" and public.curve[1] == "secp256r1"
        signature: bytes = super().sign_raw(data, digest_algorithm)
        while even and len(signature) != _LONGEST_P256_SIGNATURE:
            signature = super().sign_raw(data, digest_algorithm)
        return signature


class _Signer(PdfSigner):
    """Signs at the time that it is told, not at the machine's."""

    def __init__(
        self, settings: PdfSignatureMetadata, signer: SimpleSigner, signed_at: datetime, stamper: TimeStamper | None
    ) -> None:
        super().__init__(settings, signer, timestamper=stamper)
        self._signed_at = signed_at

    def init_signing_session(self, *arguments: Any, **options: Any) -> Any:
        session = super().init_signing_session(*arguments, **options)
        session.system_time = self._signed_at
        return session

    def register_extensions(self, pdf_out: Any, *, md_algorithm: str) -> None:
        """Stay in PDF 1.7, as PDF/A-3 must: pyHanko would call a file with ECDSA in it PDF 2.0."""


class _Writer(IncrementalPdfFileWriter):
    """Adds the signature and nothing else: pyHanko's new dates and producer would make Info and XMP disagree."""

    def _update_meta(self) -> None:
        pass
