"""Files of a request that are too large for memory: on disk without a name, so that nothing of them can stay behind.

Django's own handler makes a named file, which outlives a worker that is killed: a victim's evidence in plain text.
"""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from typing_extensions import override

from cases.intake.evidence import MAX_EVIDENCE_BYTES

# What is sent at a time: evidence, and a form (5 MB) or an intake file (25 MB). deploy/nginx/redress.conf agrees.
MAX_REQUEST_BYTES = MAX_EVIDENCE_BYTES + 30 * 1024 * 1024


class NamelessFileUploadHandler(FileUploadHandler):
    """Takes what the handler before it leaves: a file larger than FILE_UPLOAD_MAX_MEMORY_SIZE.

    The file is in FILE_UPLOAD_TEMP_DIR and has no name (O_TMPFILE); the system frees it when the request ends,
    however it ends.
    """

    _file: IO[bytes]

    @override
    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *_args: Any, **_more: Any) -> None:
        """Refuse a request that is too large before reading it."""
        if content_length > MAX_REQUEST_BYTES:
            raise RequestDataTooBig("send fewer files at once")

    @override
    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._file = TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115  # open until the request ends

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._file.write(raw_data)

    @override
    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        self._file.seek(0)
        return UploadedFile(
            self._file, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )

    @override
    def upload_interrupted(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()
