"""How a line of text is painted, so that it reads back as it was written, in every script.

WeasyPrint gives each glyph the text of the first cluster that it saw it in. In Thai, Hindi or vocalized Hebrew the next
word then reads back with the first one's vowels, and glyphs beyond a cluster's first mean nothing, which PDF/A-3a
forbids. Here each glyph means its own character, and a cluster that its glyphs do not spell carries its text beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import weasyprint.draw.text
from fontTools.ttLib import TTFont
from weasyprint.matrix import Matrix
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

_weasyprints_own = weasyprint.draw.text.draw_first_line
_SPACES = {"\u00a0": " ", "\u202f": " ", "\u2007": " "}
"""A face draws these with one glyph; read back as plain spaces they do not turn one another's copies into riddles."""
_BESIDE = 0.07  # of the size; poppler begins a new word at a tenth
_NOTHING = "\u200b"


def paint_readable_text() -> None:
    """Have WeasyPrint paint lines with `draw_line`, in this process."""
    weasyprint.draw.text.draw_first_line = draw_line


@dataclass(slots=True)
class _Cluster:
    """The glyphs that stand for one piece of text, from left to right."""

    text: str
    glyphs: list[Any]
    rightward: bool

    @property
    def in_reading_order(self) -> list[Any]:
        return self.glyphs if self.rightward else self.glyphs[::-1]

    def is_moved_mark(self, size: float) -> bool:
        """Whether this is a mark that stands over or under its letter, or far enough beside its place."""
        first = self.glyphs[0].geometry
        sideways = abs(first.x_offset) * FROM_UNITS > _BESIDE * size
        return self.rightward and first.width == 0 and (sideways or first.y_offset != 0)

    def is_plain(self, font: Font) -> bool:
        """Whether the glyphs spell the text by themselves. Marks over a letter do not: readers see another line in them.

        Text from right to left is left alone: readers that turn it around by themselves turn ActualText around too.
        """
        return not self.rightward or (len(self.glyphs) == 1 and font.to_unicode[self.glyphs[0].glyph] == self.text)


def draw_line(stream: Stream, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Matrix) -> list[Any]:
    """In place of WeasyPrint's function of the same arguments; never returns emoji, since no face of ours has any."""
    if text_overflow == "ellipsis" or block_ellipsis != "none":
        drawn: list[Any] = _weasyprints_own(stream, textbox, text_overflow, block_ellipsis, matrix)
        return drawn
    if not textbox.text.strip() or textbox.style["font_size"] < 1e-6:
        return []
    layout = textbox.pango_layout
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    stream.set_text_matrix(*matrix.values)
    text = layout.text.encode()
    for item in _items(line):
        _draw_item(stream, item, text)
    return []


def _items(line: Any) -> Iterator[Any]:
    run = line.runs[0]
    while run != ffi.NULL:
        yield run.data
        run = run.next


def _draw_item(stream: Stream, item: Any, text: bytes) -> None:
    font, size = stream.add_font(item.item.analysis.font)
    stream.set_font_size(font.hash, size)
    pen = _Pen(stream, font, size, item.item.analysis.font)
    for cluster in _with_their_marks(_clusters(item, text), size):
        pen.write(cluster)
    pen.show()


def _clusters(item: Any, text: bytes) -> Iterator[_Cluster]:
    count, starts, infos = item.glyphs.num_glyphs, item.glyphs.log_clusters, item.glyphs.glyphs
    rightward = item.item.analysis.level % 2 == 0
    offset, end = item.item.offset, item.item.length
    order = sorted({starts[index] for index in range(count)}) + [end]
    ends = dict(zip(order, order[1:], strict=False))
    first = 0
    while first < count:
        start, last = starts[first], first + 1
        while last < count and starts[last] == start:
            last += 1
        piece = text[offset + start : offset + ends[start]].decode()
        yield _Cluster(piece, [infos[index] for index in range(first, last)], rightward)
        first = last


def _with_their_marks(clusters: Iterator[_Cluster], size: float) -> Iterator[_Cluster]:
    """Pango counts a mark as a cluster of its own; a moved one joins its letter, or readers see a line or word end."""
    whole: _Cluster | None = None
    for cluster in clusters:
        if whole and cluster.is_moved_mark(size):
            whole = _Cluster(whole.text + cluster.text, whole.glyphs + cluster.glyphs, rightward=True)
            continue
        if whole:
            yield whole
        whole = cluster
    if whole:
        yield whole


class _Pen:
    """Collects glyphs of one face and size, and shows them."""

    def __init__(self, stream: Stream, font: Font, size: float, face: Any) -> None:
        self._stream, self._font, self._size, self._face = stream, font, size, face
        self._thousandths = 1000 * FROM_UNITS / size
        self._pieces: list[str] = []

    def write(self, cluster: _Cluster) -> None:
        """Add a cluster, with its text beside it where its glyphs do not spell it."""
        for info in cluster.glyphs:
            if info.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                info.glyph = self._font.get_unused_glyph_id(info.glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG)
        visible = [info for info in cluster.glyphs if info.glyph != pango.PANGO_GLYPH_EMPTY]
        for info in cluster.glyphs:
            if info.glyph == pango.PANGO_GLYPH_EMPTY:
                self._pieces.append(f"{-round(info.geometry.width * self._thousandths)}")
        if not visible:
            return
        shown = _Cluster(_SPACES.get(cluster.text, cluster.text), visible, cluster.rightward)
        _learn(self._font, shown)
        if shown.is_plain(self._font):
            self._add(shown)
        else:
            self._add_with_text(shown)

    def _add_with_text(self, cluster: _Cluster) -> None:
        self.show()
        with self._stream.spelled(cluster.text):
            self._add(cluster)
            self.show()

    def _add(self, cluster: _Cluster) -> None:
        for info in cluster.glyphs:
            self._add_glyph(info.glyph, info.geometry)

    def _add_glyph(self, glyph: int, geometry: Any) -> None:
        advance = self._advance(glyph, geometry)
        offset = geometry.x_offset * self._thousandths
        rise = geometry.y_offset * FROM_UNITS
        if rise:
            self.show()
            self._stream.set_text_rise(-rise)
        self._move(-offset)
        self._pieces.append(f"<{glyph:04x}>")
        self._move(advance + offset - geometry.width * self._thousandths)
        if rise:
            self.show()
            self._stream.set_text_rise(0)

    def _move(self, thousandths: float) -> None:
        if amount := round(thousandths):
            self._pieces.append(str(amount))

    def _advance(self, glyph: int, geometry: Any) -> int:
        widths: dict[int, int] = self._font.widths
        if glyph not in widths:
            if glyph >= self._font.glyph_count:  # a missing glyph has the width of the box that Pango drew
                widths[glyph] = round(geometry.width * self._thousandths)
                widths.setdefault(0, widths[glyph])
            else:
                stream = self._stream
                pango.pango_font_get_glyph_extents(self._face, glyph, stream.ink_rect, stream.logical_rect)
                widths[glyph] = round(stream.logical_rect.width * self._thousandths)
        return widths[glyph]

    def show(self) -> None:
        """Write what was collected as one TJ."""
        if self._pieces:
            self._stream.show_text(" ".join(self._pieces).replace("> <", ""))
            self._pieces.clear()


def _learn(font: Font, cluster: _Cluster) -> None:
    """Give each new glyph a meaning: its own character where the face says so, else what is left of the text."""
    meanings: dict[int, str] = font.to_unicode
    glyphs = [info.glyph for info in cluster.in_reading_order]
    unknown = [glyph for glyph in dict.fromkeys(glyphs) if glyph not in meanings]
    if not unknown:
        return
    if len(glyphs) == 1:
        meanings[glyphs[0]] = cluster.text
        return
    characters = _characters(font)
    own = {glyph: characters[glyph] for glyph in glyphs if characters.get(glyph, "\0") in cluster.text}
    left = [character for character in cluster.text if character not in own.values()]
    shapes = [glyph for glyph in unknown if glyph not in own]  # ligatures, half letters and the like
    for glyph in unknown:
        if glyph in own:
            meanings[glyph] = own[glyph]
        elif glyph == shapes[-1]:
            meanings[glyph] = "".join(left) or _NOTHING
        else:
            meanings[glyph] = left.pop(0) if left else _NOTHING


def _characters(font: Font) -> dict[int, str]:
    """Glyph to character, as the face itself maps them."""
    return _map_of(font.hash, font)


@cache
def _map_of(_: str, font: Font) -> dict[int, str]:
    with TTFont(BytesIO(font.file_content), fontNumber=font.index, lazy=True) as face:
        return {face.getGlyphID(name): chr(code) for code, name in face.getBestCmap().items()}
