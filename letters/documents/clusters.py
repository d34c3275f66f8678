"""What Pango lays out, as plain Python: the glyphs of a line and the pieces of text that they stand for."""

import itertools
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from weasyprint.text.ffi import FROM_UNITS, ffi, pango

_INFO = struct.Struct("=IiiiI")  # PangoGlyphInfo: glyph, width, two offsets, flags
_BESIDE = 0.07  # of the size; poppler begins a new word at a tenth
_EMPTY: int = pango.PANGO_GLYPH_EMPTY
_UNKNOWN: int = pango.PANGO_GLYPH_UNKNOWN_FLAG


class Glyph(NamedTuple):
    """One glyph as Pango places it; lengths in Pango units."""

    number: int
    width: int
    x: int
    y: int
    flags: int

    @property
    def is_empty(self) -> bool:
        """A place without ink, such as that of a joiner."""
        return self.number == _EMPTY

    @property
    def missing_character(self) -> int | None:
        """The code point that no face has, where this is the box that stands for it."""
        return self.number - _UNKNOWN if self.number & _UNKNOWN and not self.is_empty else None


@dataclass(slots=True)
class Run:
    """Glyphs of one face in one direction, from left to right, and the text they stand for."""

    face: Any  # PangoFont *
    glyphs: list[Glyph]
    starts: list[int]  # of each glyph's piece of text, in bytes
    text: bytes
    rightward: bool

    @property
    def is_simple(self) -> bool:
        """Whether each character has its own glyph, none of them moved: nearly everything."""
        count = len(self.glyphs)
        return (
            self.rightward
            and len(self.text.decode()) == count == len(set(self.starts))
            and not any(glyph.x or glyph.y or glyph.number & _UNKNOWN for glyph in self.glyphs)
        )


@dataclass(slots=True)
class Cluster:
    """The glyphs that stand for one piece of text, from left to right."""

    text: str
    glyphs: list[Glyph]
    rightward: bool

    @property
    def in_reading_order(self) -> list[Glyph]:
        """The glyphs as a reader meets them."""
        return self.glyphs if self.rightward else self.glyphs[::-1]

    def is_moved_mark(self, size: float) -> bool:
        """Whether this is a mark that stands over or under its letter, or far enough beside its place."""
        first = self.glyphs[0]
        sideways = abs(first.x) * FROM_UNITS > _BESIDE * size
        return self.rightward and first.width == 0 and (sideways or first.y != 0)


def runs(line: Any, text: bytes) -> Iterator[Run]:
    """The runs of a PangoLayoutLine whose layout has `text`."""
    node = line.runs[0]
    while node != ffi.NULL:
        item, string = node.data.item, node.data.glyphs
        count = string.num_glyphs
        infos = _INFO.iter_unpack(ffi.buffer(string.glyphs, count * _INFO.size))
        yield Run(
            item.analysis.font,
            [Glyph(*info) for info in infos],
            ffi.unpack(string.log_clusters, count),
            text[item.offset : item.offset + item.length],
            item.analysis.level % 2 == 0,
        )
        node = node.next


def clusters(run: Run, size: float) -> Iterator[Cluster]:
    """The run's clusters, each mark with its letter.

    Pango counts a mark as a cluster of its own; left so, readers see the end of a line or word in a moved one.
    """
    whole: Cluster | None = None
    for cluster in _clusters(run):
        if whole and cluster.is_moved_mark(size):
            whole = Cluster(whole.text + cluster.text, whole.glyphs + cluster.glyphs, rightward=True)
            continue
        if whole:
            yield whole
        whole = cluster
    if whole:
        yield whole


def _clusters(run: Run) -> Iterator[Cluster]:
    order = [*sorted(set(run.starts)), len(run.text)]
    ends = dict(itertools.pairwise(order))
    first = 0
    while first < len(run.glyphs):
        start, last = run.starts[first], first + 1
        while last < len(run.glyphs) and run.starts[last] == start:
            last += 1
        yield Cluster(run.text[start : ends[start]].decode(), run.glyphs[first:last], run.rightward)
        first = last
