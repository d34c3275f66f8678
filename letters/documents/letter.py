"""A letter on its way to the render process, and the frames that carry it there and the answer back."""

import base64
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import IO

OF_THIS_LETTER = "\n/* of this letter alone */\n"
"""Stands in a style sheet after what is the same for every letter, which is read once."""
_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Letter:
    """What the renderer needs. `language` is BCP 47; `created` must know its time zone."""

    html: str
    stylesheet: str
    title: str
    language: str
    author: str
    created: datetime
    assets: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def created_utc(self) -> str:
        """The creation date to the second, in the one form that XMP and Info can share."""
        return self.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def identifier(self) -> bytes:
        """The document id: the same for the same input, so that a second run writes the same bytes."""
        return sha256(self.to_bytes()).hexdigest()[:32].encode()

    def to_bytes(self) -> bytes:
        """As JSON; assets in base64."""
        assets = {name: base64.b64encode(data).decode() for name, data in sorted(self.assets.items())}
        texts = (self.html, self.stylesheet, self.title, self.language, self.author, self.created_utc)
        return json.dumps([*texts, assets]).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Letter":
        """The inverse of `to_bytes`."""
        html, stylesheet, title, language, author, created, assets = json.loads(data)
        decoded = {name: base64.b64decode(text) for name, text in assets.items()}
        return cls(html, stylesheet, title, language, author, datetime.fromisoformat(created), decoded)


def send_frame(stream: IO[bytes], data: bytes) -> None:
    """Write one frame: eight bytes of length, big-endian, and the data."""
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive_frame(stream: IO[bytes]) -> bytes:
    """Read one frame. Raises EOFError where the other side has gone."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
