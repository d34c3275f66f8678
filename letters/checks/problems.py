"""A problem of one report: which rule, how grave, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from cases.plan import PlanRow
from letters.enums import Severity

# The China wording rules bind letters to Chinese agencies; elsewhere they are advice (PROCESS.md).
_ERRORS_FOR_CHINA = frozenset({"forbidden-word", "crime-and-fraud", "attention-line"})
# What every agency of a foreign state must find in a report (contract).
_ERRORS_ABROAD = frozenset(
    {"impact-statement", "victim-name", "victim-contact", "signature-name", "withheld-required", "hard-facts"}
)
# What no report may print, whoever reads it (contract).
_ERRORS_EVERYWHERE = frozenset(
    {
        "profile-link",
        "wallet-checksum",
        "iban-checksum",
        "missing-glyph",
        "location-revealed",
        "unsafe-contact",
        "organization-address",
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` is a path into the intake, as in `fraud.impact.emotional`; `message` says how to mend it."""

    rule: str
    severity: Severity
    field: str
    message: str


def problem(rule: str, field: str, message: str, *, row: PlanRow, foreign: bool) -> Problem:
    """A problem as grave as the rule is for this recipient."""
    return Problem(rule, severity_of(rule, row=row, foreign=foreign), field, message)


def severity_of(rule: str, *, row: PlanRow, foreign: bool) -> Severity:
    """How grave a broken rule is for this recipient."""
    grave = (
        rule in _ERRORS_EVERYWHERE
        or (foreign and rule in _ERRORS_ABROAD)
        or (row.chinese and (foreign or bool(row.attention)) and rule in _ERRORS_FOR_CHINA)
    )
    return Severity.ERROR if grave else Severity.WARNING
