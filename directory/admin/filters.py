"""How the list of agencies can be narrowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from typing_extensions import override

from directory.admin.words import spoken
from directory.enums import AgencyKind, Channel, Region, Status
from directory.models import AddressProposal, Agency, ContactPoint


class KindFilter(SimpleListFilter):
    """By what an agency is."""

    title = parameter_name = "kind"

    @override
    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [(kind.value, spoken(kind)) for kind in AgencyKind]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Agency]) -> QuerySet[Agency]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class RegionFilter(SimpleListFilter):
    """By the region of a mission; other agencies have none."""

    title = parameter_name = "region"

    @override
    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [(region.value, region.value) for region in Region]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Agency]) -> QuerySet[Agency]:
        return queryset.filter(mission__region=self.value()) if self.value() else queryset


class WorkFilter(SimpleListFilter):
    """By what a curator has to do there."""

    title = "to do"
    parameter_name = "work"

    @override
    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [(name, words) for name, (words, _) in _WORK.items()]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Agency]) -> QuerySet[Agency]:
        _, points = _WORK.get(self.value() or "", ("", None))
        return queryset.filter(Exists(points().filter(agency=OuterRef("pk")))) if points else queryset


def _with_a_proposal() -> QuerySet[ContactPoint]:
    waiting = AddressProposal.objects.filter(contact_point=OuterRef("pk"), approved_at=None)
    return ContactPoint.objects.filter(Exists(waiting))


def _unverified() -> QuerySet[ContactPoint]:
    return ContactPoint.objects.usable_mailboxes().filter(verified_on=None)


def _closed() -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(status=Status.CLOSED.value, channel=Channel.EMAIL.value)


_WORK: dict[str, tuple[str, Callable[[], QuerySet[ContactPoint]]]] = {
    "approve": ("a new address waits for approval", _with_a_proposal),
    "verify": ("a mailbox to verify", _unverified),
    "replace": ("a closed mailbox", _closed),
}
