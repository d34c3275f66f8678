"""Two thousand hostile strings on the way from facts to e-mail to envelope add no recipient and no header."""

from __future__ import annotations

import random
from dataclasses import replace
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
_ADDRESSES = ("embassy@example.org", "reports@aid.example.org", "")


def hostile(number: int) -> str:
    chance = random.Random(number)
    parts = [
        chance.choice(_ADDRESSES),
        *(chance.choice((chance.choice(_BREAKS), chance.choice(_PAYLOADS))) for _ in "123"),
    ]
    return "".join(parts)


def attacked(number: int) -> LetterFacts:
    """The usual letter with one hostile string in a field that reaches the mail."""
    text, facts = hostile(number), samples.embassy(1)
    sender, recipient = facts.sender, facts.recipient
    return (
        replace(facts, recipient=replace(recipient, to=text)),
        replace(facts, recipient=replace(recipient, name=text)),
        replace(facts, recipient=replace(recipient, attention=text)),
        replace(facts, sender=replace(sender, email=text)),
        replace(facts, sender=replace(sender, reply_email=text)),
        replace(facts, sender=replace(sender, name=text)),
        replace(facts, case_number=text),
        replace(facts, victim=replace(facts.victim, full_name=text)),
        replace(facts, signature=replace(facts.signature, full_name=text, contact=(text,))),
        replace(facts, impact=replace(facts.impact, emotional=text)),
    )[number % 10]


@pytest.mark.parametrize("start", range(0, 2_000, 500))
def test_no_string_adds_a_recipient_or_a_header(start: int) -> None:
    sent = 0
    for number in range(start, start + 500):
        facts = attacked(number)
        try:
            data = email_bytes(facts, pdf=b"%PDF", message_id=_ID, date=_DATE)
            envelope = read_envelope(data, message_id=_ID, recipient=facts.recipient.to)
        except (ValueError, BadMessage):
            continue  # refused as a whole is safe too
        sent += 1
        message = message_from_bytes(data, policy=SMTP)
        assert isinstance(message, EmailMessage)
        assert sorted(name.lower() for name in message) == [
            "content-type", "date", "from", "message-id", "mime-version", "reply-to", "subject", "to",
        ]  # fmt: skip
        assert envelope.recipient == facts.recipient.to, number
        assert not {" ", "\r", "\n", "<", ">", ","} & set(envelope.recipient + envelope.sender)
    assert sent > 50
