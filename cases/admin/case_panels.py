"""The panels that cases itself puts on a case's page."""

from __future__ import annotations

from accounts.models import AuditEntry
from accounts.roles import Verb
from accounts.rules import can
from cases.admin.panels import CasePage, Panel, add_panel
from cases.case_file import currency_totals
from cases.models import CaseAssignment, CaseShare
from cases.money import grouped

_SHOWN = 8  # entries of the audit trail on the page itself


def words(value: str) -> str:
    """A value of a closed list as people read it: "social_profile" → "Social profile"."""
    return value.replace("_", " ").capitalize()


def _screening(page: CasePage) -> dict[str, object]:
    nexus = page.plan.nexus
    return {"nexus": nexus, "to_confirm": nexus.answer == "likely" and not nexus.confirmed}


def _facts(page: CasePage) -> dict[str, object]:
    totals = currency_totals(page.file.transfers)
    return {
        "totals": [(one.currency, grouped(one.lost), one.returned and grouped(one.returned)) for one in totals],
        "kind": words(page.case.fraud_kind),
        "identifiers": [(one, words(one.kind)) for one in page.file.identifiers],
        "payments": [(one, grouped(one.amount), words(one.mechanism)) for one in page.file.transfers],
    }


def _people(page: CasePage) -> dict[str, object]:
    assigned = CaseAssignment.objects.filter(case=page.case).select_related("user")
    shared = CaseShare.objects.filter(content_object=page.case).select_related("user")
    return {
        "assigned": [one.user for one in assigned],
        "shared": [one.user for one in shared],
        "may_assign": bool(can(page.user, Verb.CASE_ASSIGN, page.case)),
    }


def _audit(page: CasePage) -> dict[str, object]:
    if not can(page.user, Verb.AUDIT_READ):
        return {"entries": None}
    return {"entries": history(page)[:_SHOWN]}


def history(page: CasePage) -> list[AuditEntry]:
    """Every entry of the audit trail about the case itself, the latest first."""
    entries = AuditEntry.objects.filter(target_type="cases.case", target_id=str(page.case.pk))
    return list(entries.select_related("actor").order_by("-number")[:200])


add_panel(Panel("screening", "Screening", "workspace/cases/screening.html", 30, _screening))
add_panel(Panel("facts", "Facts", "workspace/cases/facts.html", 40, _facts))
add_panel(Panel("people", "Who works on it", "workspace/cases/people.html", 10, _people, aside=True))
add_panel(Panel("ties", "Ties", "workspace/cases/ties.html", 20, lambda _page: {}, aside=True))
add_panel(Panel("audit", "What happened", "workspace/cases/audit.html", 90, _audit, aside=True))
