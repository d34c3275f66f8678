"""A border on one side alone, such as the line under each cell of a table, is painted as one rectangle.

WeasyPrint fills the difference of two rectangles through a clip in the form of that side, and looks at every border
that a box does not have. The picture is the same.
"""

from typing import Any

import weasyprint.draw
from weasyprint.draw.color import get_color
from weasyprint.pdf.stream import Stream

_weasyprints_own = weasyprint.draw.draw_border
_SIDES = ("top", "right", "bottom", "left")
_CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")


def paint_hairlines() -> None:
    """Have WeasyPrint paint borders with `draw_border`, in this process."""
    weasyprint.draw.draw_border = draw_border


def draw_border(stream: Stream, box: Any) -> None:
    """In place of WeasyPrint's function of the same arguments."""
    style = box.style
    sides = [side for side in _SIDES if getattr(box, f"border_{side}_width")]
    if style["border_image_source"][0] != "none" or style["column_rule_width"]:
        _weasyprints_own(stream, box)
    elif len(sides) == 1 and _is_plain(box, sides[0]):
        with stream.artifact():
            stream.set_color(get_color(style, f"border_{sides[0]}_color"))
            stream.rectangle(*_rectangle(box, sides[0]))
            stream.fill()
    elif sides:
        _weasyprints_own(stream, box)


def _is_plain(box: Any, side: str) -> bool:
    return (
        box.style["visibility"] == "visible"
        and box.style[f"border_{side}_style"] == "solid"
        and all(getattr(box, f"border_{corner}_radius") == (0, 0) for corner in _CORNERS)
    )


def _rectangle(box: Any, side: str) -> tuple[float, float, float, float]:
    x, y, width, height = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
    thickness = getattr(box, f"border_{side}_width")
    if side in {"top", "bottom"}:
        return x, y + (height - thickness if side == "bottom" else 0), width, thickness
    return x + (width - thickness if side == "right" else 0), y, thickness, height
