"""Doing what a form asks, on a page of its own."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form

from accounts.admin.acts import add_problem


def done(form: Form, act: Callable[[], object]) -> bool:
    """Do it; False where a rule refuses: the form says why, and nothing has changed."""
    try:
        with transaction.atomic():
            act()
    except ValidationError as problem:
        add_problem(form, problem)
        return False
    return True
