"""One filling of the form: blank, from a case's document, or as it was posted; and the document that it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from cases.admin.facts_form.fields import Answer
from cases.admin.facts_form.rows import MAX_ROWS, RowKind, row_set
from cases.admin.facts_form.sections import Fields, Section
from cases.admin.uploaded_evidence import UploadedEvidence
from cases.intake.problems import Problem

Document = dict[str, Any]
_VERBS = ("is ", "has ", "contains ", "must ", "stands ")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a form has: the sections of its page, and the lists in them."""

    sections: Sequence[Section]
    rows: Sequence[RowKind]

    @property
    def fields(self) -> Fields:
        """The fields of all sections."""
        return {name: field for section in self.sections for name, field in section.fields.items()}


@dataclass(frozen=True, slots=True)
class ToMend:
    """A problem as the top of the page shows it: the field's label, its element, the message."""

    label: str
    element: str
    message: str


class Entry:
    """The form and its lists. `form` holds the fields of all sections, `rows` a formset for each list, by path."""

    def __init__(
        self,
        layout: Layout,
        *,
        document: Document | None = None,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[Any]] | None = None,
    ) -> None:
        self.layout = layout
        form_class: type[forms.Form] = type("Facts", (forms.Form,), dict(layout.fields))
        said = document or {}
        initial = None if document is None else _initial(layout.fields, said)
        self.form = form_class(data, files, initial=initial, use_required_attribute=False)
        self.rows = {kind.path: _rows(kind, data, _at(said, kind.path) or []) for kind in layout.rows}
        self._places: dict[tuple[str, int], int] = {}

    @classmethod
    def posted(cls, layout: Layout, data: QueryDict, files: MultiValueDict[str, UploadedFile[Any]]) -> Entry:
        """As it was sent; with one row more where "another row" was pressed. Raises BadRequest for half a form."""
        if (more := data.get("add")) and (count := _count(data, more)) < MAX_ROWS:
            data = data.copy()
            data[f"{more}-TOTAL_FORMS"] = str(count + 1)
        entry = cls(layout, data=data, files=files)
        if not all(rows.management_form.is_valid() for rows in entry.rows.values()):
            raise BadRequest("the form did not come whole")
        return entry

    def document(self) -> Document:
        """What the form says, blanks left out, as an intake document."""
        document: Document = {"victim": {"address": {}}, "fraud": {}}
        self.form.full_clean()
        for path, value in _said(self.form):
            if not path.startswith("evidence"):
                _put(document, path, value)
        for kind in self.layout.rows:
            if listed := list(self._listed(kind)):
                _put(document, kind.path, listed)
        if files := self.files():
            described = {"description": about} if (about := self.form.cleaned_data.get("evidence.description")) else {}
            document["evidence"] = [{"path": path, **described} for path in files]
        return document

    def files(self) -> dict[str, UploadedFile[Any]]:
        """The evidence by a path of its own each; the second of two equal names gets a number."""
        files: dict[str, UploadedFile[Any]] = {}
        for file in self.form.cleaned_data.get("evidence", ()):
            name = file.name
            files[f"{len(files) + 1} {name}" if name in files else name] = file
        return files

    def evidence(self) -> UploadedEvidence:
        """The files as the source of the document's evidence."""
        return UploadedEvidence(self.files())

    def mark(self, problems: Iterable[Problem]) -> None:
        """Put each problem of the document at its field; what has none stands on top."""
        for problem in problems:
            form, name = self._field_of(problem.path)
            form.add_error(name, _sentence(problem.message))

    def is_sound(self) -> bool:
        """Whether nothing is left to mend."""
        return not self.to_mend()

    def to_mend(self) -> list[ToMend]:
        """All problems of the page in its order; none for a form that nobody sent."""
        if not self.form.is_bound:
            return []
        found = [ToMend("", "", str(message)) for message in self.form.non_field_errors()]
        found += _to_mend(self.form, "")
        for kind in self.layout.rows:
            rows = self.rows[kind.path]
            found += [ToMend("", "", str(message)) for message in rows.non_form_errors()]
            for number, row in enumerate(rows.forms, start=1):
                found += _to_mend(row, f"{kind.one.capitalize()} {number}, ")
        return found

    def _listed(self, kind: RowKind) -> Iterator[Document]:
        """The rows that say something; where each came from is kept, for its problems."""
        place = 0
        for index, form in enumerate(self.rows[kind.path].forms):
            row: Document = {}
            form.full_clean()
            for path, value in _said(form):
                _put(row, path, value)
            if row.pop("DELETE", False) or not row:
                continue
            self._places[kind.path, place] = index
            place += 1
            yield row

    def _field_of(self, path: str) -> tuple[forms.Form, str | None]:
        for kind in self.layout.rows:
            if path.startswith(f"{kind.path}."):
                place, _, name = path.removeprefix(f"{kind.path}.").partition(".")
                form: forms.Form = self.rows[kind.path].forms[self._places[kind.path, int(place)]]
                return form, _nearest(form, name)
        return self.form, _nearest(self.form, path)


def _initial(fields: Fields, document: Document) -> Document:
    """The document's values by the names of the fields."""
    initial = {}
    for name, field in fields.items():
        value = _at(document, name)
        if isinstance(field, Answer):
            value = field.answered(value)
        if value is not None:
            initial[name] = value
    return initial


def _rows(kind: RowKind, data: QueryDict | None, listed: list[Document]) -> forms.BaseFormSet[Any]:
    fields = {**kind.fields, **kind.more}
    initial = [_initial(fields, row) for row in listed]
    options: dict[str, Any] = {"prefix": kind.path, "form_kwargs": {"use_required_attribute": False}}
    if data is not None:
        return row_set(kind)(data, **options)
    return row_set(kind, extra=0 if listed else 1)(initial=initial, **options)


def _count(data: QueryDict, rows: str) -> int:
    try:
        return int(data.get(f"{rows}-TOTAL_FORMS", ""))
    except ValueError:
        raise BadRequest("the form did not come whole") from None


def _said(form: forms.Form) -> Iterator[tuple[str, Any]]:
    """The fields that say something: a flag that is not as the document takes for granted, a value that is none."""
    for name, value in form.cleaned_data.items():
        field = form.fields[name]
        if isinstance(field, forms.BooleanField):
            if value != bool(field.initial):
                yield name, value
        elif value not in ("", None) and (value != [] or isinstance(field, Answer)):
            yield name, value


def _put(document: Document, path: str, value: object) -> None:
    *parents, last = path.split(".")
    for key in parents:
        document = document.setdefault(key, {})
    document[last] = value


def _at(document: Document, path: str) -> Any:
    value: Any = document
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _nearest(form: forms.Form, path: str) -> str | None:
    """The field that a path names, or one above it (`safety.ties_to.1`)."""
    while path and path not in form.fields:
        path = path.rpartition(".")[0]
    return path or None


def _sentence(message: str) -> str:
    text = f"This {message}" if message.startswith(_VERBS) else message
    return text if text.endswith(".") else f"{text}."


def _to_mend(form: forms.Form, of: str) -> list[ToMend]:
    return [ToMend(f"{of}{bound.label}", bound.auto_id, str(message)) for bound in form for message in bound.errors]
