"""The closed lists of a letter. Plain enums: no Django here."""

from __future__ import annotations

from enum import StrEnum


class LetterState(StrEnum):
    """Asked for, then made: a draft to read, a sealed document, or not made, with the reason."""

    ASKED = "asked"
    DRAFT = "draft"
    SEALED = "sealed"
    FAILED = "failed"


class Severity(StrEnum):
    """An error keeps the report from being made; a warning is told and does not."""

    ERROR = "error"
    WARNING = "warning"


class ReportStatus(StrEnum):
    """Where a report of the plan stands; the first that applies (contract)."""

    INFORMATION = "information"
    FILED = "filed"
    BLOCKED = "blocked"
    NEEDS_SUPERVISOR = "needs_supervisor"
    AWAITING_CONSENT = "awaiting_consent"
    READY = "ready"
