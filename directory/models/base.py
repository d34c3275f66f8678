"""What every row of the directory carries: where it comes from, and what was last loaded into it."""

import uuid
from collections.abc import Iterable
from enum import StrEnum
from itertools import groupby

from django.db import models
from django.db.models import Q

from directory.enums import Confidence
from directory.geography import ISO_COUNTRIES


def _country_pattern() -> str:
    letters = groupby(sorted(ISO_COUNTRIES), key=lambda code: code[0])
    return "^({})$".format("|".join(f"{first}[{''.join(c[1] for c in codes)}]" for first, codes in letters))


#: The database checks codes against this; the list itself is `directory.geography.ISO_COUNTRIES`.
COUNTRY_PATTERN = _country_pattern()


def is_country(field: str, *, blank: bool = False) -> Q:
    """Return the condition that a field holds an ISO 3166-1 code, or nothing where `blank`."""
    condition = Q(**{f"{field}__regex": COUNTRY_PATTERN})
    return condition | Q(**{field: ""}) if blank else condition


def is_one_of(field: str, values: Iterable[StrEnum]) -> Q:
    """Return the condition that a field holds a value of an enum."""
    return Q(**{f"{field}__in": [value.value for value in values]})


def choices(values: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Return the values of an enum as a field takes them; pair them with `is_one_of` in the constraints."""
    return [(value.value, value.value) for value in values]


class Sourced(models.Model):
    """A fact with its source. Shared by all organizations: the directory holds nothing about a victim."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.TextField(help_text="Where the facts of the row were found.")
    source_date = models.CharField(max_length=40, blank=True, help_text="As precise as it is known: 2025, about 2022.")
    source_confidence = models.CharField(max_length=40, choices=choices(Confidence))
    note = models.TextField(blank=True)
    # SHA-256 over the values as last loaded: a row whose values no longer match was changed by a person.
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="%(class)s_has_a_source"),
            models.CheckConstraint(
                condition=is_one_of("source_confidence", Confidence), name="%(class)s_source_confidence"
            ),
        ]
