"""The e-mail of a sealed letter as RFC 5322 bytes: the whole report as text, and the signed PDF.

Equal facts, PDF, Message-ID and date make equal bytes. No value can add a header or a second recipient:
line breaks and other control characters are refused, and an address is one bare addr-spec.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from email import message_from_string
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

import idna

from letters.documents.compose import letter_text, subject
from letters.facts import LetterFacts

_MAX_ADDRESS = 254  # RFC 5321 4.5.3.1.3 less the angle brackets
_MAX_LINE = 998  # RFC 5322 2.1.1
_SPECIAL = re.compile(r'[()<>\[\]:;@\\,."]')  # RFC 5322 3.2.3
_MAX_LOCAL_PART = 64  # RFC 5321 4.5.3.1.1
# An RFC 5322 dot-atom, and RFC 6532 characters beyond ASCII.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]+"
_LOCAL_PART = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+>")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
# Marks that turn the direction of text around could show a reader another name than the one written.
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def email_bytes(facts: LetterFacts, *, pdf: bytes, message_id: str, date: datetime, own_address: str = "") -> bytes:
    """The message, ready for SMTP (CRLF, at most 998 bytes a line). `date` knows its zone, `message_id` its brackets.

    `own_address`: who signed the report sends it themselves from there; the organization otherwise.

    Raises ValueError for a draft, for an address, Message-ID or case number that is not exactly one, and for a name
    that cannot be kept apart from its address.
    """
    if facts.draft:
        raise ValueError("a draft is not mailed")
    if date.tzinfo is None:
        raise ValueError("the date of an e-mail needs its time zone")
    if not _MESSAGE_ID.fullmatch(message_id):
        raise ValueError("not a Message-ID")
    addresses = _addresses(facts, own_address)
    message = EmailMessage(policy=_policy(addresses))
    for name, address in addresses.items():
        message[name] = address
    message["Subject"] = _one_line(subject(facts))
    message["Date"] = format_datetime(date)
    message["Message-ID"] = message_id
    message.set_content(letter_text(facts), charset="utf-8", cte="quoted-printable")
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=_file_name(facts.case_number))
    message.set_boundary(f"=_{sha256(message_id.encode() + pdf).hexdigest()[:40]}")
    data = message.as_bytes()
    _refuse_other_addresses(data, addresses)
    return data


def _policy(addresses: dict[str, Address]) -> EmailPolicy[Any]:
    # Only a local part beyond ASCII needs a relay that speaks SMTPUTF8 (RFC 6531).
    international = not all(address.addr_spec.isascii() for address in addresses.values())
    policy = SMTP.clone(utf8=international)
    # Folding a line, Python 3.11 loses the quotes around a name such as "Aid, Inc.", and then a part of the name reads
    # as an address. So such headers stay on one line.
    names = [address.display_name for address in addresses.values()]
    quoted = any(name.isascii() and _SPECIAL.search(name) for name in names)
    return policy.clone(max_line_length=_MAX_LINE) if quoted else policy


def _refuse_other_addresses(data: bytes, addresses: dict[str, Address]) -> None:
    """Read the message back, as its reader will. Raises ValueError where a name became an address."""
    message = message_from_string(data.decode(), policy=SMTP)  # of bytes, it would not read addresses beyond ASCII
    for name, address in addresses.items():
        try:
            found = [one.addr_spec for one in message[name].addresses]
        except (IndexError, ValueError):  # the parsers of Python 3.11 stumble over some remains of addresses
            found = []
        if found != [address.addr_spec]:
            raise ValueError(f"a name that reads as an address: {address.display_name!r}")


def _addresses(facts: LetterFacts, own_address: str) -> dict[str, Address]:
    if own_address:
        signer = _address(own_address, facts.signature.full_name)
        return {"From": signer, "Reply-To": signer, "To": _address(facts.recipient.to)}
    sender = facts.sender
    return {
        "From": _address(sender.email, sender.name),
        "Reply-To": _address(sender.reply_email, sender.name),
        "To": _address(facts.recipient.to),
    }


def _address(addr_spec: str, name: str = "") -> Address:
    """One address. Raises ValueError for anything but a bare local@domain."""
    local, at, domain = addr_spec.rpartition("@")
    if not at or not _LOCAL_PART.fullmatch(local) or any(map(_unprintable, addr_spec)):
        raise ValueError(f"not one e-mail address: {addr_spec!r}")
    ascii_domain = idna.encode(domain, uts46=True).decode()
    if len(local.encode()) > _MAX_LOCAL_PART or len(local.encode()) + 1 + len(ascii_domain) > _MAX_ADDRESS:
        raise ValueError(f"too long for an e-mail address: {addr_spec!r}")
    return Address(display_name=_one_line(name), username=local, domain=ascii_domain)


def _one_line(value: str) -> str:
    """The value without direction marks. Raises ValueError where it holds a line break or a control character."""
    line = _DIRECTION_MARKS.sub("", value)
    if any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in line):
        raise ValueError(f"a header takes one line of text: {value!r}")
    return line


def _unprintable(char: str) -> bool:
    return unicodedata.category(char)[0] in "CZ"


def _file_name(case_number: str) -> str:
    if not _FILE_NAME.fullmatch(case_number):
        raise ValueError(f"not a case number: {case_number!r}")
    return f"{case_number}.pdf"
