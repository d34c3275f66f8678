"""Large uploads wait on disk without a name, so that a worker that is killed leaves no plain text behind."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig

from cases.uploads import MAX_REQUEST_BYTES, NamelessFileUploadHandler


def begun(settings: Any, folder: Path) -> NamelessFileUploadHandler:
    settings.FILE_UPLOAD_TEMP_DIR = folder
    handler = NamelessFileUploadHandler()
    handler.new_file("evidence", "film.mp4", "video/mp4", None)
    handler.receive_data_chunk(b"first ", 0)
    return handler


def test_a_file_on_its_way_has_no_name_and_reads_back_as_it_was_sent(settings: Any, tmp_path: Path) -> None:
    handler = begun(settings, tmp_path)
    handler.receive_data_chunk(b"second", 6)
    assert list(tmp_path.iterdir()) == []
    file = handler.file_complete(12)
    assert (file.name, file.size, file.read()) == ("film.mp4", 12, b"first second")
    assert file.file is not None
    assert os.fstat(file.file.fileno()).st_nlink == 0
    file.close()


def test_an_upload_that_breaks_off_is_gone(settings: Any, tmp_path: Path) -> None:
    handler = begun(settings, tmp_path)
    handler.upload_interrupted()
    assert list(tmp_path.iterdir()) == []
    NamelessFileUploadHandler().upload_interrupted()  # before the first file of a request


def test_a_request_that_is_too_large_is_refused_before_it_is_read() -> None:
    handler, unread = NamelessFileUploadHandler(), BytesIO(b"never read")
    with pytest.raises(RequestDataTooBig):
        handler.handle_raw_input(unread, {}, MAX_REQUEST_BYTES + 1, b"boundary")
    assert unread.tell() == 0
    handler.handle_raw_input(unread, {}, MAX_REQUEST_BYTES, b"boundary")


def test_the_folder_is_private_and_large_files_go_there() -> None:
    assert settings.FILE_UPLOAD_TEMP_DIR.stat().st_mode & 0o777 == 0o700
    assert settings.FILE_UPLOAD_HANDLERS[-1] == "cases.uploads.NamelessFileUploadHandler"
