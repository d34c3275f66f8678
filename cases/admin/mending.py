"""Where a problem of a letter is mended: a link to the field of the form that has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.urls import reverse

from cases.admin.facts_form.places import place_of
from cases.admin.report_forms import form_of
from cases.case_file import CaseFile, exhibit_letter
from cases.models.base import CasePart

T = TypeVar("T", bound=CasePart)
_AGENCY = {"agency": "agency_name"}  # what the document calls otherwise than the form


@dataclass(frozen=True, slots=True)
class Way:
    """A link to where something is mended."""

    label: str
    address: str


def way_to_mend(file: CaseFile, path: str) -> Way | None:
    """The way for a path such as `transfers.0.amount` or `reports.1.station`; None where no form has it."""
    part, _, rest = path.partition(".")
    place, _, name = rest.partition(".")
    if part == "reports":
        return _to_report(file, place, name)
    if part == "evidence":
        return _to_evidence(file, place)
    found = place_of(path, file)
    form = reverse("workspace:cases_case_facts", args=[file.case.pk])
    return Way(found.label, f"{form}#{found.element}") if found else None


def _to_report(file: CaseFile, place: str, name: str) -> Way | None:
    found = _at(file.reports, place)
    if len(found) != 1:
        return _to_panel(file, "reports", "Reports") if found else None
    [report] = found
    name = _AGENCY.get(name, name)
    field = form_of(report).base_fields.get(name)
    label, address = report.agency_name, reverse("workspace:cases_case_report", args=[file.case.pk, report.pk])
    return Way(f"{label}: {field.label}", f"{address}#id_{name}-field") if field else Way(label, address)


def _to_evidence(file: CaseFile, place: str) -> Way | None:
    found = _at(file.evidence, place)
    if len(found) != 1:
        return _to_panel(file, "evidence", "Evidence") if found else None
    [one] = found
    exhibit = exhibit_letter(file.evidence.index(one))
    address = reverse("workspace:cases_case_about", args=[file.case.pk, one.pk])
    return Way(f"Exhibit {exhibit}: What it shows", f"{address}#id_description-field")


def _at(rows: Iterable[T], place: str) -> list[T]:
    """The rows with that place: two, where a member added one and a longer file came later."""
    return [row for row in rows if str(row.position) == place]


def _to_panel(file: CaseFile, key: str, label: str) -> Way:
    return Way(label, f"{reverse('workspace:cases_case_change', args=[file.case.pk])}#{key}")
