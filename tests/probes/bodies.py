"""What is posted: every field that any form of the site has, filled by its type, rows named by the probe's target."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.forms import BaseForm
from django.utils import timezone

from cases.admin.acts import ACTS as CASE_ACTS
from letters.admin.acts import ACTS as REPORT_ACTS
from letters.admin.waiting import ACTS as WAITING_ACTS
from tests.intakes import minimal
from tests.probes.world import Names

#: Fields that name a row, a person or a document under another name than the world does.
_ALIASES = {"login": "email", "pk": "pk"}
_PASSWORD = "not the password of anybody"
#: Where a form has a prefix: the acts of each address by name.
_ACTS: dict[str, Mapping[str, Any]] = {
    "cases_case_act": CASE_ACTS,
    "report_act": REPORT_ACTS,
    "waiting_act": WAITING_ACTS,
}
Body = dict[str, Any]


def body(address_name: str, act: str | None, names: Names) -> Body:
    """Plausible data for a POST there; files where one is asked for."""
    if act and has_form(address_name, act):
        form = _ACTS[address_name][act].form
        return {f"{act}-{name}": value for name, value in _filled(form.base_fields, names)}
    return _whatever(names)


def has_form(address_name: str, act: str) -> bool:
    """Whether the act is one that this address knows."""
    return act in _ACTS.get(address_name, {})


def names_rows_at(address_name: str, act: str | None, names: Names) -> bool:
    """Whether what is posted there names anybody's row, so that it matters whose."""
    if act is None:
        return True
    return has_form(address_name, act) and bool(names.keys() & _ACTS[address_name][act].form.base_fields.keys())


def _whatever(names: Names) -> Body:
    """Every field of every form that is a class of a module: a form takes its own and overlooks the others."""
    found: Body = {}
    for form in _every_form(BaseForm):
        found.update(_filled(form.base_fields, names))
    return found | {name: names[name] for name in ("organization", "user", "external_id") if name in names}


def _every_form(base: type[Any]) -> Iterator[type[Any]]:
    for form in base.__subclasses__():
        if hasattr(form, "base_fields") and getattr(sys.modules[form.__module__], form.__name__, None) is form:
            yield form
        yield from _every_form(form)


def _filled(fields: Mapping[str, forms.Field], names: Names) -> Iterator[tuple[str, Any]]:
    for name, field in fields.items():
        if name == "evidence":
            continue  # the intake names none
        yield name, _value(name, field, names)


def _value(name: str, field: forms.Field, names: Names) -> Any:
    known = names.get(_ALIASES.get(name, name))
    if known is not None:
        return known
    if name == "intake":
        return SimpleUploadedFile("case.json", _intake(names), "application/json")
    if isinstance(field, forms.FileField):
        return [SimpleUploadedFile("note.txt", b"Seen today.\n", "text/plain")]
    return _by_type(name, field)


def _choices(field: Any) -> list[tuple[Any, Any]]:
    return list(field.choices)


def _by_type(name: str, field: forms.Field) -> Any:
    if isinstance(field, forms.ChoiceField):
        chosen = [value for value, _words in _choices(field) if value and isinstance(value, str)]  # groups are none
        return chosen[:1] if isinstance(field, forms.MultipleChoiceField) else next(iter(chosen), "")
    for kind, value in (
        (forms.BooleanField, "on"),
        (forms.IntegerField, "1"),
        (forms.DateField, timezone.localdate().isoformat()),
        (forms.EmailField, "somebody@example.org"),
        (forms.URLField, "https://example.org/"),
    ):
        if isinstance(field, kind):
            return value
    return _PASSWORD if "password" in name else "Seen today"


def _intake(names: Names) -> bytes:
    """The smallest case, under the target's own number."""
    return json.dumps(minimal(external_id=names["external_id"])).encode()
