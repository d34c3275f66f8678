"""How the list of cases can be narrowed."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from typing_extensions import override

from cases.admin.facts_form import wording
from cases.models import Case
from cases.queries.colleagues import of_nobody


class KindFilter(SimpleListFilter):
    """By what was done, in the words of the form."""

    title = "kind"
    parameter_name = "fraud_kind"

    @override
    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        return list(wording.FRAUD_KINDS.items())

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        return queryset.filter(fraud_kind=self.value()) if self.value() else queryset


class NobodysFilter(SimpleListFilter):
    """By whether somebody works on it."""

    title = "Whose"
    parameter_name = "whose"

    @override
    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [("nobody", "Nobody yet")]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        return of_nobody(queryset) if self.value() else queryset
