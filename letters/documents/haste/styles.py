"""Styles of elements: shared where they are equal, and found once."""

from collections.abc import Iterator
from typing import Any

import weasyprint.css
from weasyprint.css import ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.layout import inline
from weasyprint.text import line_break

_value, _strut, _attributes = ComputedStyle.__missing__, line_break.strut, weasyprint.css.find_style_attributes
_LOGICAL = {physical(block="ttb", inline=way) for physical in PHYSICAL_FUNCTIONS.values() for way in ("ltr", "rtl")}
_RULES_OF_THEIR_OWN = {"position", "float", "display", "page"}


def unset_value(style: Any, key: str) -> Any:
    """A property that no rule sets: the parent's value or the initial one."""
    if (
        key in style.cascaded
        or key in _RULES_OF_THEIR_OWN
        or key in INITIAL_NOT_COMPUTED
        or key.startswith(("text_decoration_", "__"))
        or (key in PHYSICAL_FUNCTIONS and not _LOGICAL.isdisjoint(style.cascaded))
        or style.parent_style is None
    ):
        return _value(style, key)
    value = style[key] = style.parent_style[key] if key in INHERITED else INITIAL_VALUES[key]
    return value


def strut(style: Any) -> tuple[float, float]:
    """The height of a line and its baseline, found once for each style."""
    known: tuple[float, float] | None = style.__dict__.get("strut")
    if known is None:
        known = style.strut = _strut(style)
    return known


def find_style_attributes(*arguments: Any) -> Iterator[tuple[Any, Any, Any, Any]]:
    """What attributes say of style; elements of one language share it, so that they can share their whole style."""
    languages: dict[str, Any] = {}
    for specificity, element, declarations, base_url in _attributes(*arguments):
        if len(declarations) == 1 and declarations[0].name == "-weasy-lang":
            yield specificity, element, languages.setdefault(element.get("lang"), declarations), base_url
        else:
            yield specificity, element, declarations, base_url


WAYS = (
    (weasyprint.css, "find_style_attributes", find_style_attributes),
    (ComputedStyle, "__missing__", unset_value),
    (line_break, "strut", strut),
    (inline, "strut", strut),
)
