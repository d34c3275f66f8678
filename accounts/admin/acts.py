"""What a person does on a page: a form, one call, and what to say afterwards or what to mend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest

P = TypeVar("P")
Data = dict[str, Any]


def _nothing(_page: Any) -> Data:
    return {}


@dataclass(frozen=True, slots=True)
class Act(Generic[P]):
    """A form, the call that it leads to, and what the form begins with.

    The call gets the page and the cleaned data; it answers with a sentence for the person, or raises ValidationError.
    """

    form: type[Form]
    do: Callable[[P, Data], str]
    initial: Callable[[P], Data] = _nothing


def forms_for(acts: Mapping[str, Act[P]], page: P) -> dict[str, Form]:
    """An empty form for each act, by its name."""
    return {name: act.form(prefix=name, initial=act.initial(page)) for name, act in acts.items()}


def attempt(request: HttpRequest, acts: Mapping[str, Act[P]], name: str, page: P) -> Form | None:
    """Do the act that was posted; None where it is done, else its form with what to mend, and nothing has changed."""
    act = acts[name]
    form = act.form(request.POST, prefix=name)
    if not form.is_valid():
        return form
    try:
        with transaction.atomic():
            words = act.do(page, form.cleaned_data)
    except ValidationError as problem:
        add_problem(form, problem)
        return form
    messages.success(request, words)
    return None


def add_problem(form: Form, problem: ValidationError) -> None:
    """Put what a rule says at the field it speaks of, or on top of the form."""
    found = problem.message_dict if hasattr(problem, "error_dict") else {"": problem.messages}
    for field, texts in found.items():
        form.add_error(field if field in form.fields else None, [sentence(text) for text in texts])


def sentence(text: str) -> str:
    """A message as it stands on a page: with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
