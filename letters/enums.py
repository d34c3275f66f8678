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


class ApprovalMethod(StrEnum):
    """How the victim approved the exact document: in the portal themselves, or to a member who records it."""

    PORTAL = "portal"
    IN_WRITING = "in_writing"
    BY_PHONE_READ_BACK = "by_phone_read_back"


class Carrier(StrEnum):
    """Who carries a released letter to its agency."""

    EMAIL = "email"
    POST = "post"
    VICTIM = "victim"


class DispatchState(StrEnum):
    """Where a released letter is. The first eight are the outbox's; the rest are paper and the victim's own hands."""

    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"
    POSTED = "posted"
    HANDED_OVER = "handed_over"
    VICTIM_SENT = "victim_sent"


# A letter that was stopped, or that a relay refused, has not left: it may be released anew.
NOT_SENT = frozenset({DispatchState.CANCELLED, DispatchState.FAILED})


class SendingStage(StrEnum):
    """How far one attempt is: claimed, or everything but the final dot is with the relay."""

    CLAIMED = "claimed"
    DATA_SENT = "data_sent"
