"""Boxes that are alike: what follows from a style alone is worked out for its first box."""

from typing import Any

import weasyprint.layout.float as floats
from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import absolute, background, block, column, grid, inline, page, percent, table
from weasyprint.layout.absolute import AbsolutePlaceholder

_flows = Box.is_in_normal_flow
_percentages, _backgrounds = percent.resolve_percentages, background.layout_box_backgrounds
_MEASURING = (absolute, block, column, floats, grid, inline, page, percent, table)
_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    "width", "height", "min_width", "min_height", "max_width", "max_height",
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
)  # fmt: skip
_USED = (*_LENGTHS, *(f"border_{side}_width" for side in _SIDES))
# What flex and grid layouts change in a style that they share with it.
_CHANGED = _LENGTHS[:6]
_CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_SQUARE = dict.fromkeys(_CORNERS, (0, 0)) | {"background": None}


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Lengths in pixels are what they are in every box of the style."""
    style = box.style
    known = style.__dict__.get("used_lengths")
    if known is None or any(style[key] is not value for key, value in known[0]):
        _percentages(box, containing_block)
        if all(map(_is_fixed, map(style.__getitem__, _LENGTHS))) and style["border_collapse"] != "collapse":
            style.used_lengths = (
                [(key, style[key]) for key in _CHANGED],
                {key: getattr(box, key) for key in _USED},
            )
    else:
        box.__dict__.update(known[1])


def _is_fixed(length: Any) -> bool:
    return length == "auto" or (type(length) is Dimension and length.unit == "px")


def layout_box_backgrounds(
    page_box: Any,
    box: Any,
    get_image: Any,
    layout_children: bool = True,  # noqa: FBT001, FBT002
    style: Any = None,
) -> None:
    """Nothing is to be laid out behind most boxes."""
    if style is not None or box is page_box or isinstance(box, AbsolutePlaceholder) or not _is_bare(box.style):
        _backgrounds(page_box, box, get_image, layout_children, style)
        return
    box.__dict__.update(_SQUARE)
    if layout_children:
        for child in box.all_children():
            layout_box_backgrounds(page_box, child, get_image)


def _is_bare(style: Any) -> bool:
    """Whether a style has neither background nor shadow, image or round corner."""
    known: bool | None = style.__dict__.get("bare")
    if known is None:
        known = style.bare = (
            style["visibility"] == "visible"
            and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and all(kind == "none" for kind, _ in style["background_image"])
            and _is_clear(style)
            and not style["box_shadow"]
            and all((0, "px") in style[corner] for corner in _CORNERS)
        )
    return known


def _is_clear(style: Any) -> bool:
    color = style["background_color"]
    return color != "currentcolor" and bool(color.alpha == 0)


def is_in_normal_flow(box: Any) -> bool:
    """Nearly every box is: neither floated nor placed, nor a note."""
    style = box.style
    if style["float"] == "none" and style["position"] in {"static", "relative"}:
        return True
    flows: bool = _flows(box)
    return flows


WAYS = (
    (Box, "is_in_normal_flow", is_in_normal_flow),
    *((owner, "resolve_percentages", resolve_percentages) for owner in _MEASURING),
    (background, "layout_box_backgrounds", layout_box_backgrounds),
)
