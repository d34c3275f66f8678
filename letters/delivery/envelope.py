"""From the bytes of an e-mail to its envelope: one sender, one recipient, read back from what will be sent."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_string
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

_HEADERS = {
    "from", "reply-to", "to", "subject", "date", "message-id", "mime-version", "content-type",
}  # fmt: skip


class BadMessage(ValueError):
    """The bytes are not one message from one sender to one recipient."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What SMTP is told. `international`: an address beyond ASCII, which needs SMTPUTF8 (RFC 6531)."""

    sender: str
    recipient: str
    international: bool


def read_envelope(data: bytes, *, message_id: str, recipient: str) -> Envelope:
    """The envelope of a message that has this Message-ID and goes to this recipient and to nobody else.

    Raises BadMessage where a header is missing, doubled or unknown, or an address is not exactly one.
    """
    try:
        message = message_from_string(data.decode(), policy=SMTP)  # of bytes, it would not read addresses beyond ASCII
    except UnicodeDecodeError as problem:
        raise BadMessage("not UTF-8") from problem
    assert isinstance(message, EmailMessage)
    names = [name.lower() for name in message]
    if set(names) != _HEADERS or len(names) != len(_HEADERS):
        raise BadMessage(f"not the headers of a letter: {', '.join(sorted(names))}")
    if str(message["Message-ID"]).strip() != message_id:
        raise BadMessage("the Message-ID is another one than the letter's")
    sender, to = _one(message, "From"), _one(message, "To")
    if _folded(to) != _folded(_bare(recipient)):
        raise BadMessage("the letter is addressed to somebody else than the agency")
    return Envelope(sender.addr_spec, to.addr_spec, not (sender.addr_spec + to.addr_spec).isascii())


def _one(message: EmailMessage, name: str) -> Address:
    try:
        addresses = message[name].addresses
    except IndexError as problem:  # the parser of Python 3.11 stumbles over some remains of addresses
        raise BadMessage(f"{name} cannot be read") from problem
    if len(addresses) != 1 or any(char in addresses[0].addr_spec for char in "\r\n\0 <>,;"):
        raise BadMessage(f"{name} is not exactly one address")
    found = addresses[0]
    assert isinstance(found, Address)
    return found


def _bare(recipient: str) -> Address:
    local, _, domain = recipient.rpartition("@")
    try:
        return Address(username=local, domain=domain.encode("idna").decode() if not domain.isascii() else domain)
    except (ValueError, UnicodeError) as problem:
        raise BadMessage("the recipient is no e-mail address") from problem


def _folded(address: Address) -> tuple[str, str]:
    return address.username, address.domain.lower()
