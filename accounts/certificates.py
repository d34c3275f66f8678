"""Keys and self-signed certificates for electronic signatures; plain bytes, no database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

VALIDITY = dt.timedelta(days=3653)  # ten years: a filed report may be checked long after
_LONGEST_NAME = 64  # characters; ub-common-name and ub-organization-name of RFC 5280


@dataclass(frozen=True)
class Credential:
    """A private key (PKCS #8) and its certificate, both PEM; times are UTC, ``serial`` is hexadecimal."""

    private_key: str
    certificate: str
    serial: str
    valid_from: dt.datetime
    valid_to: dt.datetime


def self_signed(name: str, now: dt.datetime) -> Credential:
    """Make an ECDSA P-256 key and a certificate that says digitalSignature and nonRepudiation, for ``name``."""
    key = ec.generate_private_key(ec.SECP256R1())
    start = now.replace(microsecond=0)
    certificate = _certificate(key, _subject(name), start, start + VALIDITY)
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Credential(
        private_key=private.decode(),
        certificate=certificate.public_bytes(pem).decode(),
        serial=f"{certificate.serial_number:x}",
        valid_from=start,
        valid_to=start + VALIDITY,
    )


def _subject(name: str) -> x509.Name:
    short = name[:_LONGEST_NAME]
    return x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, short), x509.NameAttribute(NameOID.ORGANIZATION_NAME, short)]
    )


def _certificate(
    key: ec.EllipticCurvePrivateKey, subject: x509.Name, start: dt.datetime, end: dt.datetime
) -> x509.Certificate:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )


def _key_usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,  # the newer name of nonRepudiation
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
