"""Two thousand hostile strings on the way from facts to e-mail to envelope add no recipient and no header."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from letters.delivery.envelope import BadMessage, read_envelope
from letters.documents.mail import email_bytes
from letters.facts import LetterFacts
from tests.letters import facts_samples as samples

_DATE, _ID = datetime(2026, 9, 2, tzinfo=UTC), "<rd1@aid.example.org>"
_BREAKS = ("\r\n", "\n", "\r", "\0", "\u2028", "\u0085", "\x0b", "\x0c", "%0d%0a", "=0D=0A", "\\r\\n", " ", "\t", "")
_PAYLOADS = (
    "Bcc: thief@example.net", "To: thief@example.net", "Cc: thief@example.net", "Subject: paid", ".\r\nMAIL FROM:<x@y>",
    "RCPT TO:<thief@example.net>", ",thief@example.net", ";thief@example.net", "<thief@example.net>",
    " thief@example.net",
    "\"<thief@example.net>\"", "Resent-To: thief@example.net", "=?utf-8?q?=0D=0ABcc:_thief@example.net?=",
    "@thief.example",
    "X-Header: 1\r\n\r\nbody", "\r\n.\r\n", "(comment)", "\u202ethief", "group: thief@example.net;",
)  # fmt: skip
_PARTS = ["multipart/mixed", "text/plain", "application/pdf"]
_ADDRESSES = ("embassy@example.org", "reports@aid.example.org", "")


def hostile(number: int) -> str:
    chance = random.Random(number)
    parts = [
        chance.choice(_ADDRESSES),
        *(chance.choice((chance.choice(_BREAKS), chance.choice(_PAYLOADS))) for _ in "123"),
    ]
    return "".join(parts)


@dataclass(frozen=True)
class Attack:
    """The usual letter, and what it is mailed with, with one hostile string in one of them."""

    facts: LetterFacts
    message_id: str = _ID
    own_address: str = ""


def attacked(number: int) -> Attack:
    """One hostile string in one field that reaches the mail; the subject is made from the case number."""
    text, facts = hostile(number), samples.embassy(1)
    sender, recipient = facts.sender, facts.recipient
    signed = replace(facts, signature=replace(facts.signature, full_name=text))
    return (
        Attack(replace(facts, recipient=replace(recipient, to=text))),
        Attack(replace(facts, recipient=replace(recipient, name=text, name_local=text, address=(text,)))),
        Attack(replace(facts, recipient=replace(recipient, attention=text, attention_local=text))),
        Attack(replace(facts, sender=replace(sender, email=text))),
        Attack(replace(facts, sender=replace(sender, reply_email=text))),
        Attack(replace(facts, sender=replace(sender, name=text))),
        Attack(replace(facts, sender=replace(sender, letterhead=(text,), postal_address=(text,), phone=text))),
        Attack(replace(facts, sender=replace(sender, website=text))),
        Attack(replace(facts, case_number=text)),
        Attack(replace(facts, victim=replace(facts.victim, full_name=text))),
        Attack(replace(facts, signature=replace(facts.signature, full_name=text, contact=(text,)))),
        Attack(replace(facts, impact=replace(facts.impact, emotional=text))),
        Attack(facts, message_id=text),
        Attack(facts, message_id=f"<{text}@aid.example.org>"),
        Attack(facts, own_address=text or "@"),
        Attack(signed, own_address="margaret@example.org"),
    )[number % FIELDS]


FIELDS = 16
_HEADERS = ["content-type", "date", "from", "message-id", "mime-version", "reply-to", "subject", "to"]


@pytest.mark.parametrize("start", range(0, 2_000, 500))
def test_no_string_adds_a_recipient_or_a_header(start: int) -> None:
    sent: Counter[int] = Counter()
    for number in range(start, start + 500):
        attack = attacked(number)
        facts, address = attack.facts, attack.own_address
        try:
            data = email_bytes(facts, pdf=b"%PDF", message_id=attack.message_id, date=_DATE, own_address=address)
            envelope = read_envelope(data, message_id=attack.message_id, recipient=facts.recipient.to)
        except (ValueError, BadMessage):
            continue  # refused as a whole is safe too
        sent[number % FIELDS] += 1
        message = message_from_bytes(data, policy=SMTP)
        assert isinstance(message, EmailMessage)
        assert sorted(name.lower() for name in message) == _HEADERS
        assert [to.addr_spec for to in message["To"].addresses] == [facts.recipient.to], number
        assert [to.addr_spec for to in message["From"].addresses] == [address or facts.sender.email], number
        assert [to.addr_spec for to in message["Reply-To"].addresses] == [address or facts.sender.reply_email], number
        assert message["Subject"].count("\n") == 0
        assert (envelope.recipient, envelope.sender) == (facts.recipient.to, address or facts.sender.email)
        assert not {" ", "\r", "\n", "<", ">", ","} & set(envelope.recipient + envelope.sender)
        assert [part.get_content_type() for part in message.walk()] == _PARTS
    assert sum(sent.values()) > 50
    # Text that only stands in the body is never a reason to refuse a letter.
    assert {1, 2, 6, 7, 9, 11} <= set(sent)


@pytest.mark.parametrize("name", ["Message-ID", "To", "From"])
def test_the_envelope_is_read_from_one_message_of_one_sender_only(name: str) -> None:
    """Whatever made the bytes: a header that is doubled, missing or new is not sent."""
    good = email_bytes(samples.embassy(1), pdf=b"%PDF", message_id=_ID, date=_DATE)
    to = samples.embassy(1).recipient.to
    header = next(line for line in good.split(b"\r\n") if line.lower().startswith(name.lower().encode() + b":"))
    assert read_envelope(good, message_id=_ID, recipient=to).recipient == to
    for bad in (
        header + b"\r\n" + good,
        good.replace(header + b"\r\n", b"", 1),
        b"Bcc: thief@example.net\r\n" + good,
        b"Sender: thief@example.net\r\n" + good,
    ):
        with pytest.raises(BadMessage):
            read_envelope(bad, message_id=_ID, recipient=to)


def test_an_address_beyond_ascii_is_read_back_as_it_is() -> None:
    facts = replace(samples.embassy(1), recipient=replace(samples.EMBASSY, to="josé@example.org"))
    data = email_bytes(facts, pdf=b"%PDF", message_id=_ID, date=_DATE)
    envelope = read_envelope(data, message_id=_ID, recipient="josé@example.org")
    assert (envelope.recipient, envelope.international) == ("josé@example.org", True)
