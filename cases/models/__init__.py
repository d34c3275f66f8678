"""The tables of a case. Every one is tenant-owned and walled."""

from cases.models.access import CaseAssignment, CaseShare
from cases.models.case import Case, CaseCounter
from cases.models.facts import Identifier, TimelineEvent, Transfer
from cases.models.filing import Consent, ConsentWithdrawal, Evidence, FormerPart, Report
from cases.models.people import Reporter, Victim

__all__ = [
    "Case",
    "CaseAssignment",
    "CaseCounter",
    "CaseShare",
    "Consent",
    "ConsentWithdrawal",
    "Evidence",
    "FormerPart",
    "Identifier",
    "Report",
    "Reporter",
    "TimelineEvent",
    "Transfer",
    "Victim",
]
