"""The evidence of an intake among the files of a request."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, BinaryIO

from django.core.files.uploadedfile import UploadedFile

from cases.intake.evidence_paths import EvidenceRefused, steps_of
from cases.intake.problems import Problem, shown


class UploadedEvidence:
    """Files by the path under which an intake names them."""

    def __init__(self, files: Mapping[str, UploadedFile[Any]]) -> None:
        self._files = files

    def open(self, path: str) -> BinaryIO:
        """Open one file for reading, from its first byte. Raises EvidenceRefused."""
        file = self._files.get(path)
        if file is None:
            raise EvidenceRefused(f"{shown(path)} did not come with the case; send the file too")
        return _reader(file)


class EvidenceByName:
    """Files by the last name of a path: all that a browser tells. What could be two files is refused."""

    def __init__(self, files: Sequence[UploadedFile[Any]]) -> None:
        self._files: dict[str, list[UploadedFile[Any]]] = {}
        self._path_of: dict[str, str] = {}
        for file in files:
            self._files.setdefault(file.name or "", []).append(file)

    def open(self, path: str) -> BinaryIO:
        """Open the one file with the path's last name. Raises EvidenceRefused."""
        name = steps_of(path)[-1]
        found = self._files.get(name, [])
        if not found:
            raise EvidenceRefused(f"{shown(path)} did not come with the case; choose the file too")
        if len(found) > 1 or self._path_of.setdefault(name, path) != path:
            raise EvidenceRefused(
                f"{shown(name)} is the name of several files; give each its own, here and in the file"
            )
        return _reader(found[0])

    def unused(self) -> list[Problem]:
        """A problem for every file that nothing opened: it would be lost without a word."""
        names = sorted(self._files.keys() - self._path_of.keys())
        words = "is not named in the intake file; name it under evidence, or leave it out"
        return [Problem("evidence", f"{shown(name)} {words}") for name in names]


def _reader(file: UploadedFile[Any]) -> BinaryIO:
    """A reader of its own: whoever reads closes it, and every piece of evidence is read twice."""
    inner = file.file
    if isinstance(inner, BytesIO):
        return BytesIO(inner.getvalue())
    assert inner is not None
    descriptor = os.dup(inner.fileno())
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.fdopen(descriptor, "rb")
