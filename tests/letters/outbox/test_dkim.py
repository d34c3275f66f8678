"""DKIM: a letter of our own domain is signed while it is sent, verifies, and is otherwise what the vault has."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from accounts import vault
from letters.delivery import deliver
from letters.models import Dispatch
from tests.letters.outbox.counter import Counter
from tests.letters.outbox.relay import Relay, content

Verify = Callable[[bytes], bool]


@pytest.fixture
def verify(settings: Any, tmp_path: Path) -> Verify:
    """Sets DKIM up for example.org; verifies a message with the record that its DNS would have."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    file = tmp_path / "dkim.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    settings.DKIM = {"selector": "letters", "domain": "example.org", "key_file": str(file)}
    public = b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    records = {b"letters._domainkey.example.org.": b"v=DKIM1; k=rsa; p=" + public}

    def dns(name: bytes, timeout: int = 5) -> bytes | None:
        return records.get(name)

    return lambda message: bool(dkim.verify(message, dnsfunc=dns))


def sent(counter: Counter, relay: Relay) -> tuple[Dispatch, bytes]:
    dispatch = counter.released()
    deliver(counter.organization.pk, dispatch.pk)
    dispatch.refresh_from_db()
    return dispatch, content(relay.taken[0]) if relay.taken else b""


def test_a_letter_of_our_domain_arrives_with_a_signature_that_verifies(
    counter: Counter, relay: Relay, verify: Verify
) -> None:
    dispatch, taken = sent(counter, relay)
    assert dispatch.state == "accepted"
    assert taken.startswith(b"DKIM-Signature:")
    assert verify(taken)


def test_the_signature_is_all_that_is_added_to_the_sealed_bytes(counter: Counter, relay: Relay, verify: Verify) -> None:
    dispatch, taken = sent(counter, relay)
    sealed = vault.read(dispatch.letter.mail_sha256)
    assert b"DKIM" not in sealed
    header, found, _ = taken.partition(sealed.split(b"\r\n", 1)[0])
    assert found
    assert taken.removeprefix(header).rstrip() == sealed.rstrip()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Subject:", b"Subject: another\r\nSubject:"),
        (b"Subject:", b"Cc: thief@example.net\r\nSubject:"),
        (b"To: ", b"To: thief@example.net, "),
        (b"\r\n\r\n", b"\r\n\r\nOne more line.\r\n"),
    ],
)
def test_whoever_adds_a_header_or_a_line_breaks_it(
    counter: Counter, relay: Relay, verify: Verify, before: bytes, after: bytes
) -> None:
    _, taken = sent(counter, relay)
    assert before in taken
    assert not verify(taken.replace(before, after, 1))


@pytest.mark.parametrize("domain", ["example.net", "other.example.org", "ample.org", ""])
def test_a_sender_of_another_domain_is_not_signed(
    counter: Counter, relay: Relay, verify: Verify, settings: Any, domain: str
) -> None:
    settings.DKIM |= {"domain": domain}
    dispatch, taken = sent(counter, relay)
    assert dispatch.state == "accepted"
    assert b"DKIM-Signature" not in taken


@pytest.mark.parametrize("broken", ["missing", "not a key"])
def test_with_a_key_that_cannot_be_used_the_letter_waits_unsent(
    counter: Counter, relay: Relay, verify: Verify, settings: Any, broken: str
) -> None:
    file = Path(settings.DKIM["key_file"])
    file.unlink() if broken == "missing" else file.write_text(broken)
    dispatch, taken = sent(counter, relay)
    assert (dispatch.state, taken) == ("deferred", b"")
    assert "DKIM key" in dispatch.reply_text
