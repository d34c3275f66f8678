"""Lines of text: a text that stands on many lines, as in the columns of a table, is laid out once."""

from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.layout import inline, percent, preferred, table
from weasyprint.text import line_break
from weasyprint.text.line_break import Layout

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
    (Layout, "reactivate", wake),
    (Layout, "deactivate", stay_awake),
)
