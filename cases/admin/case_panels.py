"""The panels that cases itself puts on a case's page."""

from __future__ import annotations

from accounts.roles import Verb
from accounts.rules import can
from cases.admin.facts_form import wording
from cases.admin.facts_form.names import language_name, name_of
from cases.admin.panels import CasePage, Panel, add_panel
from cases.admin.trail import trail
from cases.case_file import currency_totals
from cases.models import CaseAssignment, CaseShare, Transfer
from cases.money import grouped
from cases.queries.colleagues import colleagues

_SHOWN = 8  # entries of the audit trail on the page itself


def _screening(page: CasePage) -> dict[str, object]:
    nexus = page.plan.nexus
    return {"nexus": nexus, "to_confirm": nexus.answer == "likely" and not nexus.confirmed}


def _facts(page: CasePage) -> dict[str, object]:
    totals, victim, reporter = currency_totals(page.file.transfers), page.file.victim, page.file.reporter
    return {
        "totals": [(one.currency, grouped(one.lost), one.returned and grouped(one.returned)) for one in totals],
        "address": _said(
            victim.street, f"{victim.postal_code} {victim.city}".strip(), victim.region, name_of(victim.country)
        ),
        "language": language_name(victim.language),
        "nationalities": [name_of(code) for code in victim.nationalities],
        "reporter": reporter and _said(reporter.full_name, reporter.relation, reporter.email, reporter.phone),
        "kind": wording.FRAUD_KINDS[page.case.fraud_kind],
        "identifiers": [(one, wording.IDENTIFIER_KINDS[one.kind]) for one in page.file.identifiers],
        "payments": [
            (one, grouped(one.amount), wording.MECHANISMS[one.mechanism], _recipient(one))
            for one in page.file.transfers
        ],
    }


def _recipient(payment: Transfer) -> list[str]:
    return _said(payment.to_name, payment.to_institution, name_of(payment.to_country))


def _said(*texts: str) -> list[str]:
    """What is not blank."""
    return [text for text in texts if text]


def _ties(page: CasePage) -> dict[str, object]:
    return {"states": [name_of(code) for code in page.case.ties_to or ()]}


def _people(page: CasePage) -> dict[str, object]:
    assigned = CaseAssignment.objects.filter(case=page.case).select_related("user")
    shared = CaseShare.objects.filter(content_object=page.case).select_related("user")
    return {
        "assigned": [one.user for one in assigned],
        "shared": [one.user for one in shared],
        "at_work": colleagues(),
        "may_assign": bool(can(page.user, Verb.CASE_ASSIGN, page.case)),
    }


def _audit(page: CasePage) -> dict[str, object]:
    if not can(page.user, Verb.AUDIT_READ):
        return {"lines": None}
    return {"lines": trail(page.case, readings=False).lines[:_SHOWN]}


add_panel(Panel("screening", "Screening", "workspace/cases/screening.html", 30, _screening))
add_panel(Panel("facts", "Facts", "workspace/cases/facts.html", 40, _facts))
add_panel(Panel("people", "Who works on it", "workspace/cases/people.html", 10, _people, aside=True))
add_panel(Panel("ties", "Ties", "workspace/cases/ties.html", 20, _ties, aside=True))
add_panel(Panel("audit", "What happened", "workspace/cases/audit.html", 90, _audit, aside=True))
