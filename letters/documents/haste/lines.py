"""Lines of text: a text that stands on many lines, as in the columns of a table, is laid out once."""

from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.layout import inline, percent, preferred, table
from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.fonts import get_font_description
from weasyprint.text.line_break import Layout

_set_up = Layout.setup
_split, _percentage = line_break.split_first_line, percent.resolve_one_percentage
_wake, _put_to_sleep = Layout.reactivate, Layout.deactivate
_Split = tuple[Any, int, int | None, float, float, float]


def split_first_line(  # noqa: PLR0917  WeasyPrint's arguments
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,  # noqa: FBT001, FBT002
    minimum: bool = False,  # noqa: FBT001, FBT002
) -> _Split:
    """The first line of a text, as known from another place with the same style and room for it."""
    if justification_spacing:
        line: _Split = _split(text, style, context, max_width, justification_spacing, is_line_start, minimum)
        return line
    known: dict[Any, _Split] = style.__dict__.setdefault("known_lines", {})
    found = known.get(text)
    if found and (max_width is None or found[3] <= max_width):
        return found
    place = text, max_width, is_line_start, minimum
    if place not in known:
        line = known[place] = _split(text, style, context, max_width, justification_spacing, is_line_start, minimum)
        # A text that fits as a whole is the same line in any wider place.
        if line[2] is None and (max_width is None or line[3] <= max_width):
            known[text] = line
    return known[place]


def set_up(layout: Any, style: Any) -> None:
    """A new layout with the context, the face and the features of the others of its style."""
    shared = style.__dict__.get("layout_parts")
    if shared is None:
        if style["text_decoration_line"] != "none" or _changes_attributes(style):
            _set_up(layout, style)
            return
        shared = style.layout_parts = _parts(style)
    context, description, model, layout.language = shared
    layout.style, layout.first_line_direction = style, 0
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, description)
    pango.pango_layout_set_attributes(layout.layout, pango.pango_layout_get_attributes(model))


def _changes_attributes(style: Any) -> bool:
    """Whether a layout of the style changes its attributes when it is given its text, and cannot share them."""
    spaced = style["letter_spacing"] not in {"normal", 0} or style["word_spacing"] != 0
    return spaced or style["overflow_wrap"] in {"anywhere", "break-word"}


def _parts(style: Any) -> tuple[Any, Any, Any, Any]:
    """A context, the face, a layout with the features, as WeasyPrint sets them up, and the language."""
    model = Layout.__new__(Layout)
    _set_up(model, style)
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    if style["font_language_override"] != "normal" or style["lang"]:
        pango.pango_context_set_language(context, model.language)
    return context, get_font_description(style), model.layout, model.language


def resolve_one_percentage(box: Any, property_name: str, refer_to: Any) -> None:
    """A length in pixels is what it is."""
    value = box.style[property_name]
    if type(value) is Dimension and value.unit == "px":
        setattr(box, property_name, value.value)
    else:
        _percentage(box, property_name, refer_to)


def stay_awake(layout: Any) -> None:
    """Keep what Pango laid out until it is painted: a letter is small, and laying out is slow."""


def wake(layout: Any, style: Any) -> None:
    """Nothing is to be done for a line that stayed as it was laid out; a justified one is laid out again."""
    if layout.justification_spacing:
        _wake(layout, style)


WAYS = (
    *((owner, "split_first_line", split_first_line) for owner in (line_break, inline, preferred)),
    *((owner, "resolve_one_percentage", resolve_one_percentage) for owner in (percent, inline, table)),
    (Layout, "setup", set_up),
    (Layout, "reactivate", wake),
    (Layout, "deactivate", stay_awake),
)
