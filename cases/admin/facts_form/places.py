"""Where in the form what a path of the intake document names is mended."""

from __future__ import annotations

from dataclasses import dataclass

from cases.admin.facts_form import rows, sections
from cases.admin.facts_form.sections import Fields

_FIELDS: Fields = {name: field for section in sections.FACTS for name, field in section.fields.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """A field of the form: what it is called, and its element on the page."""

    label: str
    element: str


def place_of(path: str) -> Place | None:
    """The field for a path such as `transfers.0.amount`; None where the form has none."""
    for kind in rows.FACTS:
        if path.startswith(f"{kind.path}."):
            index, _, name = path.removeprefix(f"{kind.path}.").partition(".")
            field = (kind.fields | kind.more).get(name)
            if field is None or not index.isdecimal():
                return None
            return Place(
                f"{kind.one.capitalize()} {int(index) + 1}, {field.label}", f"id_{kind.path}-{index}-{name}-field"
            )
    field = _FIELDS.get(path)
    return Place(str(field.label), f"id_{path}-field") if field else None
