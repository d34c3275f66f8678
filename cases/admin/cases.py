"""The list of cases, and where each page about one case is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from typing_extensions import override

from accounts.roles import Verb
from accounts.rules import can
from accounts.signed_in import signed_in
from cases.admin import case_page
from cases.models import Case

if TYPE_CHECKING:
    _Admin = ModelAdmin[Case]
else:
    _Admin = ModelAdmin


class CaseAdmin(_Admin):
    """Cases, as far as they are open to the person."""

    list_display = ("number", "external_id", "fraud_kind", "updated_at")
    list_display_links = ("number",)
    search_fields = ("number__startswith", "external_id__startswith")
    ordering = ("-updated_at",)
    list_per_page = 50
    show_full_result_count = False
    actions = None

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        return Case.objects.open_to(signed_in(request))

    @override
    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(can(signed_in(request), Verb.CASE_READ))

    @override
    def has_view_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return bool(can(signed_in(request), Verb.CASE_READ, obj))

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(can(signed_in(request), Verb.CASE_CREATE))

    @override
    def has_change_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return bool(can(signed_in(request), Verb.CASE_CHANGE, obj))

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return False

    @override
    def get_urls(self) -> list[URLPattern]:
        """The list, and the page of one case; the engine's own forms are not used."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="cases_case_changelist"),
            path("<uuid:case_id>/", wrap(case_page.show), name="cases_case_change"),
            path("<uuid:case_id>/history/", wrap(case_page.trail), name="cases_case_history"),
            path("<uuid:case_id>/<slug:act>/", wrap(case_page.perform), name="cases_case_act"),
        ]
