"""Evidence files beside the case file: reached only by plain paths inside its folder.

Every step of a path is opened relative to the folder before it and never through a link, so that neither
a crafted path nor a link that is swapped in while we look leads outside.
"""

import os
import re
import stat
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from cases.intake.problems import shown

# O_NONBLOCK: a named pipe must not make us wait for its other end.
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_DRIVE = re.compile("[A-Za-z]:")


class EvidenceRefused(ValueError):
    """A piece of evidence cannot be taken; the message says why and how to mend it."""


class EvidenceSource(Protocol):
    """Where the files of an intake are: a folder, or the parts of a request."""

    def open(self, path: str) -> BinaryIO:
        """Open one file for reading, from its first byte. Raises EvidenceRefused."""


@dataclass(frozen=True, slots=True)
class EvidenceFolder:
    """The folder of the case file and all below it."""

    root: Path

    def open(self, path: str) -> BinaryIO:
        """Open a regular file below the folder. Raises EvidenceRefused for anything else."""
        steps = steps_of(path)
        try:
            return _open_below(self.root, steps, path)
        except OSError:
            raise EvidenceRefused(f"{shown(path)} does not exist beside the case file, or cannot be read") from None


def steps_of(path: str) -> list[str]:
    """Split a path into names. Raises EvidenceRefused where it could lead out of the folder."""
    if path.startswith("/") or "\\" in path or "\0" in path or _DRIVE.match(path):
        raise EvidenceRefused(f"{shown(path)} is no path inside the folder; write it as evidence/receipt.png")
    steps = [step for step in path.split("/") if step not in ("", ".")]
    if ".." in steps or not steps:
        raise EvidenceRefused(f"{shown(path)} leaves the folder; put the file beside the case file and name it there")
    return steps


def _open_below(root: Path, steps: list[str], path: str) -> BinaryIO:
    """Walk down step by step. Raises OSError where a step is missing, EvidenceRefused for links and the like."""
    with ExitStack() as stack:
        descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        stack.callback(os.close, descriptor)
        for step in steps:
            descriptor = _open_step(step, descriptor, path)
            stack.callback(os.close, descriptor)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise EvidenceRefused(f"{shown(path)} is no file; name the file itself")
        return os.fdopen(os.dup(descriptor), "rb")


def _open_step(step: str, folder: int, path: str) -> int:
    mode = os.stat(step, dir_fd=folder, follow_symlinks=False).st_mode
    if stat.S_ISLNK(mode):
        raise EvidenceRefused(f"{shown(path)} goes through a link; put the file itself in the folder")
    if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
        raise EvidenceRefused(f"{shown(path)} is a device, pipe or socket; put a file in its place")
    return os.open(step, _FLAGS, dir_fd=folder)
