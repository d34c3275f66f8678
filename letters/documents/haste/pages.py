"""Writing the file: each object is put into bytes once, though the file's identifier reads them all again."""

from typing import Any

import pydyf

_write = pydyf.PDF.write


class _Written(pydyf.Object):  # type: ignore[misc]
    """An object in its final bytes."""

    compressible = False

    def __init__(self, original: Any) -> None:
        self.number, self.offset, self.generation, self.free = (
            original.number, original.offset, original.generation, original.free,
        )  # fmt: skip
        self.compressible = original.compressible
        self._data: bytes = original.data

    @property
    def data(self) -> bytes:
        """The bytes."""
        return self._data


def write(pdf: Any, *arguments: Any, **options: Any) -> None:
    """Write a file whose objects no longer change."""
    pdf.objects = [object_ if object_.free == "f" else _Written(object_) for object_ in pdf.objects]
    _write(pdf, *arguments, **options)


WAYS = ((pydyf.PDF, "write", write),)
