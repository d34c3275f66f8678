"""What one letter may cost, and how its process is held to it."""

import os
import resource
import struct
from dataclasses import astuple, dataclass
from pathlib import Path

MEBIBYTE = 1024 * 1024
_FOUR = struct.Struct(">4Q")


@dataclass(frozen=True, slots=True)
class Limits:
    """Processor and wall time in seconds, memory beyond the warm renderer's own and the PDF's size in bytes."""

    cpu_seconds: int
    wall_seconds: int
    memory_bytes: int
    output_bytes: int

    @classmethod
    def for_letter(cls, html_bytes: int) -> "Limits":
        """An ordinary letter (15 kB, a quarter of a second) has 40 times what it needs; 5,000 transfers get more."""
        hundreds = html_bytes // 100_000
        cpu = 10 + 12 * hundreds
        return cls(cpu, 2 * cpu, (384 + 192 * hundreds) * MEBIBYTE, (8 + hundreds) * MEBIBYTE)

    def to_bytes(self) -> bytes:
        """As the render process takes them."""
        return _FOUR.pack(*astuple(self))

    @classmethod
    def from_bytes(cls, data: bytes) -> "Limits":
        """The inverse of `to_bytes`."""
        return cls(*_FOUR.unpack(data))

    def apply(self) -> None:
        """Hold this process to the limits, for good. It can no longer write files, not even a core."""
        memory = _virtual_bytes() + self.memory_bytes
        for limit, value in (
            (resource.RLIMIT_CPU, self.cpu_seconds),
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NOFILE, 64),
        ):
            resource.setrlimit(limit, (value, value))


def _virtual_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")
