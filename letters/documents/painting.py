"""How a line of text is painted, so that it reads back as it was written, in every script.

WeasyPrint gives each glyph the text of the first cluster that it saw it in. In Thai, Hindi or vocalized Hebrew the next
word then reads back with the first one's vowels, and glyphs beyond a cluster's first mean nothing, which PDF/A-3a
forbids. Here each glyph means its own character, and a cluster that its glyphs do not spell carries its text beside it.
"""

from functools import cache
from io import BytesIO
from typing import Any

import weasyprint.draw.text
from fontTools.ttLib import TTFont
from weasyprint.matrix import Matrix
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import FROM_UNITS, pango

from letters.documents.clusters import Cluster, Glyph, Run, clusters, runs

_weasyprints_own = weasyprint.draw.text.draw_first_line
_SPACES = {"\u00a0": " ", "\u202f": " ", "\u2007": " "}
"""A face draws these with one glyph; read back as plain spaces they do not turn one another's copies into riddles."""
_NOTHING = "\u200b"
_Shown = tuple[str, float, str]  # font, size and the operand of TJ


def paint_readable_text() -> None:
    """Have WeasyPrint paint lines with `draw_line`, in this process."""
    weasyprint.draw.text.draw_first_line = draw_line


def draw_line(stream: Stream, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Matrix) -> list[Any]:
    """In place of WeasyPrint's function of the same arguments; never returns emoji, since no face of ours has any."""
    if text_overflow == "ellipsis" or block_ellipsis != "none":
        drawn: list[Any] = _weasyprints_own(stream, textbox, text_overflow, block_ellipsis, matrix)
        return drawn
    if not textbox.text.strip() or textbox.style["font_size"] < 1e-6:
        return []
    layout = textbox.pango_layout
    stream.set_text_matrix(*matrix.values)
    if shown := layout.__dict__.get("shown"):
        _show_again(stream, shown)
        return []
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    pens = [_Pen(stream, run.face).write(run) for run in runs(line, layout.text.encode())]
    if all(pen.shown for pen in pens):
        layout.shown = [pen.shown for pen in pens]
    return []


def _show_again(stream: Stream, shown: list[_Shown]) -> None:
    """Show what the same line showed at another place."""
    for font, size, text in shown:
        stream.set_font_size(font, size)
        stream.show_text(text)


class _Pen:
    """Writes glyphs of one face and size."""

    def __init__(self, stream: Stream, face: Any) -> None:
        self._stream, self._face = stream, face
        self._font, self._size = stream.add_font(face)
        self._thousandths = 1000 * FROM_UNITS / self._size
        self._pieces: list[str] = []
        self.shown: _Shown | None = None
        stream.set_font_size(self._font.hash, self._size)

    def write(self, run: Run) -> "_Pen":
        """Show a run, and remember a simple one in `shown`."""
        if run.is_simple and self._means(run):
            for glyph in run.glyphs:
                self._add_in_place(glyph)
            self.shown = self._font.hash, self._size, self._text()
        else:
            for cluster in clusters(run, self._size):
                self._write_cluster(cluster)
        self._show()
        return self

    def _means(self, run: Run) -> bool:
        """Whether every glyph can mean its character, given what it means already."""
        meanings: dict[int, str] = self._font.to_unicode
        return all(
            meanings.setdefault(glyph.number, _SPACES.get(character, character)) == _SPACES.get(character, character)
            for glyph, character in zip(run.glyphs, run.text.decode(), strict=True)
        )

    def _write_cluster(self, cluster: Cluster) -> None:
        """Add a cluster, with its text beside it where its glyphs do not spell it."""
        for empty in (glyph for glyph in cluster.glyphs if glyph.is_empty):
            self._move(-empty.width * self._thousandths)
        visible = [self._boxed(glyph) for glyph in cluster.glyphs if not glyph.is_empty]
        if not visible:
            return
        shown = Cluster(_SPACES.get(cluster.text, cluster.text), visible, cluster.rightward)
        _learn(self._font, shown)
        if self._is_spelled(shown):
            self._add(shown)
            return
        self._show()
        with self._stream.spelled(shown.text):
            self._add(shown)
            self._show()

    def _boxed(self, glyph: Glyph) -> Glyph:
        """A glyph of the face itself: for a character that no face has, the one that prints its empty box."""
        missing = glyph.missing_character
        if missing is None:
            return glyph
        number = self._font.get_unused_glyph_id(missing)
        self._font.widths[number] = round(glyph.width * self._thousandths)
        self._font.widths.setdefault(0, self._font.widths[number])
        return glyph._replace(number=number)

    def _is_spelled(self, cluster: Cluster) -> bool:
        """Whether the glyphs say the text by themselves. Marks over a letter do not: readers see another line in them.

        Text from right to left is left alone: readers that turn it around by themselves turn ActualText around too.
        """
        meanings = self._font.to_unicode
        alone = len(cluster.glyphs) == 1 and meanings[cluster.glyphs[0].number] == cluster.text
        return alone or not cluster.rightward

    def _add(self, cluster: Cluster) -> None:
        for glyph in cluster.glyphs:
            if glyph.y:
                self._show()
                self._stream.set_text_rise(-glyph.y * FROM_UNITS)
            offset = glyph.x * self._thousandths
            self._move(-offset)
            self._add_in_place(glyph, offset)
            if glyph.y:
                self._show()
                self._stream.set_text_rise(0)

    def _add_in_place(self, glyph: Glyph, offset: float = 0) -> None:
        self._pieces.append(f"<{glyph.number:04x}>")
        self._move(self._advance(glyph.number) + offset - glyph.width * self._thousandths)

    def _move(self, thousandths: float) -> None:
        if amount := round(thousandths):
            self._pieces.append(str(amount))

    def _advance(self, number: int) -> int:
        widths: dict[int, int] = self._font.widths
        if number not in widths:
            stream = self._stream
            pango.pango_font_get_glyph_extents(self._face, number, stream.ink_rect, stream.logical_rect)
            widths[number] = round(stream.logical_rect.width * self._thousandths)
        return widths[number]

    def _show(self) -> None:
        """Write what was collected as one TJ."""
        if self._pieces:
            self._stream.show_text(self._text())
            self._pieces.clear()

    def _text(self) -> str:
        return " ".join(self._pieces).replace("> <", "")


def _learn(font: Font, cluster: Cluster) -> None:
    """Give each new glyph a meaning: its own character where the face says so, else what is left of the text."""
    meanings: dict[int, str] = font.to_unicode
    glyphs = [glyph.number for glyph in cluster.in_reading_order]
    unknown = [glyph for glyph in dict.fromkeys(glyphs) if glyph not in meanings]
    if not unknown:
        return
    if len(glyphs) == 1:
        meanings[glyphs[0]] = cluster.text
        return
    characters = _characters(font.hash, font)
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


@cache
def _characters(_hash: str, font: Font) -> dict[int, str]:
    """Glyph to character, as the face itself maps them."""
    with TTFont(BytesIO(font.file_content), fontNumber=font.index, lazy=True) as face:
        return {face.getGlyphID(name): chr(code) for code, name in face.getBestCmap().items()}
