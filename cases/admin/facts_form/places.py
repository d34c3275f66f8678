"""Where in the form what a path of the intake document names is mended."""

from __future__ import annotations

from dataclasses import dataclass

from cases.admin.facts_form import rows, sections
from cases.admin.facts_form.rows import RowKind
from cases.admin.facts_form.sections import Fields
from cases.case_file import CaseFile

_FIELDS: Fields = {name: field for section in sections.FACTS for name, field in section.fields.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """A field of the form: what it is called, and its element on the page."""

    label: str
    element: str


def place_of(path: str, file: CaseFile) -> Place | None:
    """The field for a path such as `transfers.0.amount`; None where the form has none."""
    for kind in rows.FACTS:
        if path.startswith(f"{kind.path}."):
            position, _, name = path.removeprefix(f"{kind.path}.").partition(".")
            return _in_list(kind, name, _row(kind, position, file))
    field = _FIELDS.get(path)
    return Place(str(field.label), f"id_{path}-field") if field else None


def _in_list(kind: RowKind, name: str, row: int | None) -> Place | None:
    field = (kind.fields | kind.more).get(name)
    if field is None or row is None:
        return None
    return Place(f"{kind.one.capitalize()} {row + 1}, {field.label}", f"id_{kind.path}-{row}-{name}-field")


def _row(kind: RowKind, position: str, file: CaseFile) -> int | None:
    """The row of the form. A path counts as the intake file did, in which an identifier may have stood twice."""
    parts = {"identifiers": file.identifiers, "transfers": file.transfers, "fraud.timeline": file.timeline}
    return next((row for row, part in enumerate(parts[kind.path]) if str(part.position) == position), None)
