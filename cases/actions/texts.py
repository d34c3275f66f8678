"""Texts that a member typed: kept in the form of an intake's, and refused for the same reasons."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from cases.intake.texts import is_blank, kept, text_problem


def kept_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Every text as it is kept, by its field; what shows nothing is empty.

    A line break could fake a line of a letter, and is refused like all that cannot be printed as it was typed. Raises
    ValidationError with a message for each field.
    """
    plain = {field: "" if is_blank(text) else kept(text).strip() for field, text in texts.items()}
    found = {field: text_problem(text) for field, text in plain.items() if text}
    if problems := {field: problem for field, problem in found.items() if problem}:
        raise ValidationError({field: f"The text {problem}." for field, problem in problems.items()})
    return plain
