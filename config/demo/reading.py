"""What a message says, as far as it can be read; everything here is what somebody wrote, good or bad."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message; `name` is what the sender called it, without folders."""

    number: int
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """A message taken apart. HTML is never read: `text` is the plain text, empty where there is none."""

    headers: tuple[tuple[str, str], ...] = ()
    text: str = ""
    attachments: tuple[Attachment, ...] = ()

    def _first(self, wanted: str) -> str:
        return next((value for name, value in self.headers if name.lower() == wanted), "")

    @property
    def subject(self) -> str:
        """The subject, as written."""
        return self._first("subject")

    @property
    def sender(self) -> str:
        """Who the message says it is from."""
        return self._first("from")

    @property
    def recipient(self) -> str:
        """Who the message says it is to."""
        return self._first("to")


def read(source: bytes) -> Reading:
    """Take a message apart; an empty reading where Python's parser gives up."""
    try:
        mail = BytesParser(policy=policy.default).parsebytes(source)
        return Reading(_headers(mail), _text(mail), _attachments(mail))
    except Exception:  # noqa: BLE001  the parser raises what it likes on hostile headers
        return Reading()


def _headers(mail: EmailMessage) -> tuple[tuple[str, str], ...]:
    return tuple((name, _one_line(value)) for name, value in mail.items())


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    if part is None:
        return ""
    data = _content(part)
    try:
        text = data.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):  # a charset that does not exist, or is none
        text = data.decode("utf-8", "replace")
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n"))


def _attachments(mail: EmailMessage) -> tuple[Attachment, ...]:
    return tuple(_attachment(number, part) for number, part in enumerate(mail.iter_attachments(), 1))


def _attachment(number: int, part: MIMEPart) -> Attachment:
    name = _one_line(part.get_filename() or "").replace("\\", "/").rpartition("/")[2]
    return Attachment(number, name or f"attachment-{number}", part.get_content_type(), _content(part))


def _content(part: MIMEPart) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else part.as_bytes()


def _one_line(value: object) -> str:
    text = str(value).encode("utf-8", "replace").decode()
    return " ".join(_CONTROLS.sub(" ", text).split())
