"""The list of agencies, and where an agency's pages are."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from typing_extensions import override

from accounts.admin.lists import ListPage
from directory.admin import pages
from directory.admin.filters import KindFilter, RegionFilter, WorkFilter
from directory.admin.words import countries_meant, country_of, kind_of, state_of
from directory.models import Agency
from directory.queries import main_contact


class AgencyList(ListPage):
    """All agencies; public facts, so that everybody in the workspace may read them."""

    heading = "Directory"
    words_when_empty = "No agency is loaded yet. Ask whoever runs Redress to load the directory."
    list_display = ("name", "kind_spoken", "country_spoken", "reached_by", "checked")
    list_filter = (KindFilter, RegionFilter, WorkFilter)
    search_fields = ("key", "name_en", "name_local")
    search_help_text = "Name, key or country"
    ordering = ("name_en", "key")

    @override
    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may enter the workspace."""
        return self.admin_site.has_permission(request)

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Agency]:
        return Agency.objects.select_related("mission").prefetch_related("contact_points")

    @override
    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Agency], search_term: str
    ) -> tuple[QuerySet[Agency], bool]:
        """Every word in a key or name, or the whole as a country: its agencies, and the missions that work there."""
        found, doubled = super().get_search_results(request, queryset, search_term)
        countries = countries_meant(search_term)
        there = Q(country__in=countries, mission=None) | Q(mission__host_country__in=countries)
        return (found | queryset.filter(there) if countries else found), doubled

    @override
    def url_of(self, obj: Agency) -> str:
        """The agency's page."""
        return reverse("workspace:directory_agency", args=[obj.key])

    @override
    def pages(self) -> list[URLPattern]:
        """The agency's page, and what a curator does on it."""
        view = self.admin_site.admin_view
        return [
            path("<slug:key>/", view(pages.agency), name="directory_agency"),
            path("<slug:key>/<uuid:contact>/<slug:act>/", view(pages.act_on_contact), name="directory_contact"),
            path("<slug:key>/proposals/<uuid:proposal>/", view(pages.approve), name="directory_proposal"),
        ]

    @admin.display(description="agency", ordering="name_en")
    def name(self, agency: Agency) -> str:
        """The name, and the one in the agency's own language."""
        if not agency.name_local:
            return agency.name_en
        return format_html('{} <small lang="" dir="auto">{}</small>', agency.name_en, agency.name_local)

    @admin.display(description="kind", ordering="kind")
    def kind_spoken(self, agency: Agency) -> str:
        """What the agency is, or which mission."""
        return kind_of(agency)

    @admin.display(description="country", ordering="country")
    def country_spoken(self, agency: Agency) -> str:
        """Whose agency it is; of a mission also where it works."""
        return country_of(agency)

    @admin.display(description="reached by")
    def reached_by(self, agency: Agency) -> str:
        """The contact point that is used first."""
        contact = main_contact(agency)
        return format_html('<span class="mono" dir="auto">{}</span>', contact.value) if contact else "—"

    @admin.display(description="verified")
    def checked(self, agency: Agency) -> str:
        """When a person last saw that contact point."""
        return state_of(main_contact(agency))
