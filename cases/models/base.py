"""What the tables of a case share."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.fields import TenantForeignKey
from accounts.models import TenantModel

if TYPE_CHECKING:
    from accounts.models import User


def one_of(name: str, enum: type[StrEnum], *, blank: bool = False) -> models.CheckConstraint:
    """The database's promise that a text column holds one of the enum's values (or is empty)."""
    values = [member.value for member in enum] + ([""] if blank else [])
    return models.CheckConstraint(condition=models.Q(**{f"{name}__in": values}), name=f"%(class)s_{name}_known")


def subset_of(name: str, values: Iterable[str]) -> models.CheckConstraint:
    """The database's promise that an array column holds only the given values."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{name}__contained_by": sorted(values)}), name=f"%(class)s_{name}_known"
    )


def country(**options: object) -> models.CharField[str, str]:
    """An ISO 3166-1 alpha-2 code, or empty."""
    return models.CharField(max_length=2, blank=True, default="", **options)  # type: ignore[arg-type]


def answered_list() -> ArrayField[list[str] | None, list[str] | None]:
    """A list that knows "not asked" (null) from "asked, none" (empty)."""
    return ArrayField(models.TextField(), null=True, blank=True)


class OfCase(TenantModel):
    """A row that belongs to one case, and is open to whom the case is open to."""

    case = TenantForeignKey("cases.Case", on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta(TenantModel.Meta):
        abstract = True

    def is_open_to(self, user: User) -> bool:
        """Whether the person may read its case."""
        return self.case.is_open_to(user)


class CasePart(OfCase):
    """A row of a case that keeps the place it had in the intake file."""

    position = models.PositiveIntegerField(default=0)

    class Meta(OfCase.Meta):
        abstract = True
        ordering = ("position", "id")
