"""The list of cases, and where each page about one case is."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import display
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from typing_extensions import override

from accounts.admin.lists import ListPage
from accounts.roles import Verb
from accounts.rules import can
from accounts.signed_in import membership_of, signed_in
from cases.admin import case_page, changing_facts, evidence, reports, taking_in
from cases.admin.facts_form import wording
from cases.admin.filters import KindFilter, NobodysFilter
from cases.enums import Outcome
from cases.models import Case
from cases.models.case import CaseQuerySet
from cases.queries.colleagues import at_work
from cases.queries.search import find_cases


class CaseAdmin(ListPage):
    """Cases, as far as they are open to the person."""

    heading = "Cases"
    words_when_empty = "No case here yet. Take one in, or ask a supervisor to share one with you."
    search_fields = ("number",)  # shows the search; `find_cases` does it
    search_help_text = "A case number, your own number, or a wallet, website, account or phone number of the offender"
    list_display = ("number", "victim", "kind", "filed", "caseworkers", "updated")
    list_filter = (KindFilter, NobodysFilter)
    ordering = ("-updated_at",)
    change_list_template = "workspace/cases/list.html"

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        """The open cases with what a row shows, in one query; the victims come with a second one."""
        working = at_work().filter(case=OuterRef("pk")).values("case")
        names = working.annotate(names=StringAgg("user__name", ", ", order_by="user__name")).values("names")
        filed = Count("reports", filter=~Q(reports__outcome=Outcome.REFUSED.value))
        cases = Case.objects.open_to(signed_in(request))
        return cases.prefetch_related("victims").annotate(filed_count=filed, names=Subquery(names))

    @override
    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if not search_term.strip():
            return queryset, False
        assert isinstance(queryset, CaseQuerySet)
        return find_cases(queryset, search_term), False

    @override
    def has_view_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return membership_of(request) is not None and bool(can(signed_in(request), Verb.CASE_READ, obj))

    @override
    def url_of(self, obj: Case) -> str:
        return reverse("workspace:cases_case_change", args=[obj.pk])

    @display(description="Victim")
    def victim(self, case: Case) -> str:
        """The victim's name, decrypted for this page."""
        return next((victim.full_name for victim in case.victims.all()), "")

    @display(description="Kind", ordering="fraud_kind")
    def kind(self, case: Case) -> str:
        """What was done."""
        return wording.FRAUD_KINDS[case.fraud_kind]

    @display(description="Reports filed", ordering="filed_count")
    def filed(self, case: Case) -> int:
        """How many reports were filed and not refused."""
        return case.filed_count  # type: ignore[attr-defined,no-any-return]  # annotated

    @display(description="Whose")
    def caseworkers(self, case: Case) -> str:
        """Who works on it."""
        return case.names or "nobody yet"  # type: ignore[attr-defined]  # annotated

    @display(description="Last change", ordering="updated_at")
    def updated(self, case: Case) -> str:
        """The day of the last change."""
        return f"{case.updated_at:%Y-%m-%d}"

    @override
    def pages(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("add/", wrap(taking_in.add), name="cases_case_add"),
            path("intake/", wrap(taking_in.intake), name="cases_case_intake"),
            path("taken/", wrap(taking_in.taken), name="cases_case_taken"),
            path("<uuid:case_id>/", wrap(case_page.show), name="cases_case_change"),
            path("<uuid:case_id>/facts/", wrap(changing_facts.change), name="cases_case_facts"),
            path("<uuid:case_id>/evidence/", wrap(evidence.add), name="cases_case_evidence"),
            path("<uuid:case_id>/evidence/<uuid:evidence_id>/", wrap(evidence.download), name="cases_case_copy"),
            path("<uuid:case_id>/evidence/<uuid:evidence_id>/about/", wrap(evidence.describe), name="cases_case_about"),
            path("<uuid:case_id>/reports/", wrap(reports.add), name="cases_case_reports"),
            path("<uuid:case_id>/reports/<uuid:report_id>/", wrap(reports.correct), name="cases_case_report"),
            path(
                "<uuid:case_id>/reports/<uuid:report_id>/take-back/",
                wrap(reports.take_back),
                name="cases_case_report_back",
            ),
            path("<uuid:case_id>/history/", wrap(case_page.trail), name="cases_case_history"),
            path("<uuid:case_id>/<slug:act>/", wrap(case_page.perform), name="cases_case_act"),
        ]
