"""A list of the workspace: searched, filtered, sorted and opened; nothing is edited, deleted or chosen in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters, ShowFacets
from django.contrib.admin.templatetags.admin_list import items_for_result, result_headers
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.views.decorators.http import require_safe
from typing_extensions import override

#: Rows that are counted and can be turned to; behind them one searches.
CAP = 1000


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # takes no parameter at run time
    """Never counts beyond the cap, however long the list is."""

    @cached_property
    def _counted(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]  # the engine passes nothing else
        return rows[: CAP + 1].count()

    @cached_property
    def count(self) -> int:
        """The number of rows that can be turned to."""
        return min(self._counted, CAP)

    @cached_property
    def has_more(self) -> bool:
        """Whether there are rows beyond the cap."""
        return self._counted > CAP


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that filters, sorts or turns the page."""

    text: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its choices; `chosen` is the text of the one in force."""

    title: str
    choices: list[Choice]

    @property
    def chosen(self) -> str:
        """What is chosen now."""
        return next((choice.text for choice in self.choices if choice.chosen), "")


class WorkspaceList(ChangeList):
    """Django's list as `templates/admin/change_list.html` shows it."""

    search_name = SEARCH_VAR

    @cached_property
    def headings(self) -> list[dict[str, Any]]:
        """The columns: text, and where they can be sorted the address that does."""
        return list(result_headers(self))

    @property
    def rows(self) -> Iterator[list[SafeString]]:
        """The cells of each row, each with its column's name for narrow screens."""
        for result in self.result_list:
            yield [
                _labelled(cell, capfirst(heading["text"]))
                for cell, heading in zip(items_for_result(self, result, None), self.headings, strict=True)
            ]

    @cached_property
    def filters(self) -> list[Filter]:
        """The filters with their choices as links."""
        return [Filter(str(spec.title), _choices(spec.choices(self))) for spec in self.filter_specs]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The filters and the order that a new search keeps."""
        return [(name, value) for name, value in self.params.items() if name != SEARCH_VAR]

    @property
    def pages(self) -> list[Choice]:
        """The pages to turn to, gaps left out; empty where there is one page."""
        if not self.multi_page:
            return []
        return [
            Choice(str(n), self.get_query_string({PAGE_VAR: n}) if isinstance(n, int) else "", n == self.page_num)
            for n in self.paginator.get_elided_page_range(self.page_num, on_each_side=1, on_ends=1)
        ]

    @override
    def url_for_result(self, result: Model) -> str:
        """The page of a row."""
        return self.model_admin.url_of(result)  # type: ignore[attr-defined,no-any-return]  # a ListPage


class ListPage(admin.ModelAdmin):  # type: ignore[type-arg]  # takes no parameter at run time
    """What every list of the workspace builds on; `list_display`, `search_fields` and the like are Django's.

    A subclass names `heading` and the words for an empty list, says in `pages` which further addresses there are,
    and in `has_view_permission` who may look. Django's forms to add, change and delete have no address.
    """

    heading = ""
    words_when_empty = ""
    actions = None
    list_per_page = 50
    list_max_show_all = 0
    paginator = CappedPaginator
    preserve_filters = False
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    empty_value_display = "—"

    def url_of(self, obj: Any) -> str:
        """Where a row leads: the page under the engine's name for it, unless a subclass has another."""
        return reverse(f"workspace:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])

    def pages(self) -> list[URLPattern]:
        """The further pages under the list's address; wrap each view in `self.admin_site.admin_view`."""
        return []

    @override
    def get_urls(self) -> list[URLPattern]:
        """The list, and the subclass's own pages."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_changelist"
        return [path("", self.admin_site.admin_view(require_safe(self.changelist_view)), name=name), *self.pages()]

    @override
    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return WorkspaceList

    @override
    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The list that was asked for. 404 for a page or a filter that does not exist."""
        if any("\0" in value for value in request.GET.values()):
            raise Http404  # no column can hold it, and the database refuses to compare
        try:
            return super().get_changelist_instance(request)
        except IncorrectLookupParameters as error:
            raise Http404 from error

    @override
    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list under its own heading."""
        words = {"title": self.heading, "words_when_empty": self.words_when_empty}
        return super().changelist_view(request, words | (extra_context or {}))

    @override
    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what is offered as a filter; Django lets any column of the table be asked."""
        offered = [getattr(one, "parameter_name", one) for one in self.get_list_filter(request)]
        return any(lookup in {one, f"{one}__exact"} for one in offered)

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @override
    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


def _labelled(cell: SafeString, label: object) -> SafeString:
    """The engine's cell, a `td` or `th` with its content escaped already, with the name of its column."""
    scope = mark_safe(' scope="row"') if cell.startswith("<th") else ""
    return format_html('{}{} data-label="{}"{}', mark_safe(cell[:3]), scope, label, mark_safe(cell[3:]))  # noqa: S308


def _choices(choices: Any) -> list[Choice]:
    return [Choice(str(one["display"]), one["query_string"], one["selected"]) for one in choices]
