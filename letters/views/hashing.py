"""Taking the hash of an uploaded file while it arrives."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest
from typing_extensions import override

#: Bytes; a letter with 5,000 transfers has about a tenth of it.
LARGEST_FILE = 30 * 1024 * 1024
# What a form adds around its file.
_AROUND = 64 * 1024


class Refused(ValueError):
    """The upload cannot be compared, with the reason in words for the person who sent it."""


class HashingHandler(FileUploadHandler):
    """Hashes the first file, and keeps none of it: no memory beyond a chunk, no temporary file."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.start = b""
        self.size = 0
        self.too_large = False
        self._sha256 = hashlib.sha256()
        self._files = 0

    @override
    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._files += 1

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hash a chunk; stop reading at the limit, whatever length the sender announced."""
        self.size += len(raw_data)
        if self.size > LARGEST_FILE or self._files > 1:
            self.too_large = True
            raise StopUpload(connection_reset=True)
        self.start = self.start or raw_data[:5]
        self._sha256.update(raw_data)

    @override
    def file_complete(self, file_size: int) -> None:
        """Leave nothing in `request.FILES`."""

    @property
    def sha256(self) -> str:
        """The hash of what arrived, in hexadecimal."""
        return self._sha256.hexdigest()


def uploaded_sha256(request: HttpRequest) -> str:
    """The SHA-256 of the PDF in a form that nobody has read yet. Raises Refused with the reason."""
    announced = str(request.META.get("CONTENT_LENGTH") or "0")
    if announced.isdecimal() and int(announced) > LARGEST_FILE + _AROUND:
        raise Refused(_TOO_LARGE)
    handler = HashingHandler(request)
    request.upload_handlers = [handler]
    request.FILES  # noqa: B018 - reading it is what runs the handler
    if handler.too_large:
        raise Refused(_TOO_LARGE)
    if not handler.size:
        raise Refused("No file arrived, or an empty one. Choose the PDF and send it again.")
    if handler.start != b"%PDF-":
        raise Refused(
            "This file is not a PDF. Choose the PDF itself, not a photograph, a scan or the e-mail around it."
        )
    return handler.sha256


_TOO_LARGE = (
    f"Send one file of at most {LARGEST_FILE // 1024 // 1024} MB. No report is larger, so this is another file."
)
