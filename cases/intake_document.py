"""A case's facts as an intake document: the reverse of reading one.

What a form shows of a case, and how two states of its facts are compared. Reports, consents, evidence and purposes
are no facts of this kind; they have doors of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from cases.case_file import CaseFile
from cases.enums import Direction
from cases.models import Case, Identifier, Reporter, TimelineEvent, Transfer, Victim
from cases.money import plain

Document = dict[str, Any]

# As `cases.actions.parts` keeps the zone of a payment: "2024-01-10 09:15 UTC+01:00".
_ZONE = re.compile(r"UTC(?:([+-])(\d{2}):(\d{2}))?$")
_SAFETY = (
    "life_at_risk",
    "do_not_contact_victim",
    "do_not_reveal_location",
    "no_dispatch_without_supervisor",
    "self_harm_risk",
    "legal_advice_first",
)
_SCREENING = ("money_sent_to", "chinese_named_recipient_in", "offender_spoke", "offender_had_chinese_name")


def facts_document(file: CaseFile) -> Document:
    """The facts of a case in the shape of the intake schema. What it reads back as says the same facts."""
    case = file.case
    return _without_blanks(
        {
            "victim": _victim(file.victim),
            "reporter": _reporter(file.reporter) if file.reporter else {},
            "safety": {key: True for key in _SAFETY if getattr(case, key)} | {"ties_to": case.ties_to},
            "fraud": _fraud(case) | {"timeline": [_event(event) for event in file.timeline]},
            "triage": {key: getattr(case, key) for key in _SCREENING} | {"held_in": case.held_in},
            "identifiers": [_identifier(row) for row in file.identifiers],
            "transfers": [_transfer(row) for row in file.transfers],
        }
    )


def changed_facts(before: Document, after: Document) -> list[str]:
    """The paths of what differs between two documents; a list of rows is one path ("transfers")."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    return sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))


def _leaves(value: Document, path: str = "") -> Iterator[tuple[str, object]]:
    for key, child in value.items():
        if isinstance(child, dict):
            yield from _leaves(child, f"{path}{key}.")
        else:
            yield f"{path}{key}", child


def _without_blanks(document: Document) -> Document:
    """Leave out what says nothing: "", None, and objects without members. Lists stay: an empty one is an answer."""
    kept: Document = {}
    for key, value in document.items():
        child = _without_blanks(value) if isinstance(value, dict) else value
        if isinstance(child, list):
            kept[key] = [_without_blanks(row) if isinstance(row, dict) else row for row in child]
        elif child not in ("", None, {}):
            kept[key] = child
    return kept


def _victim(victim: Victim) -> Document:
    unsafe = {
        key: False for key in ("email_is_safe", "phone_is_safe") if not getattr(victim, key)
    }  # safe is what the schema takes for granted
    return {
        **_texts(victim, "full_name", "email", "phone", "language"),
        "date_of_birth": _day(victim.date_of_birth),
        "address": _texts(victim, "street", "city", "region", "postal_code", "country"),
        "nationalities": victim.nationalities or None,
        "safe_contact": {**unsafe, "note": victim.safe_contact_note},
    }


def _reporter(reporter: Reporter) -> Document:
    return _texts(reporter, "full_name", "relation", "email", "phone", "country")


def _fraud(case: Case) -> Document:
    return {
        "kind": case.fraud_kind,
        "started_on": _day(case.started_on),
        "discovered_on": _day(case.discovered_on),
        "first_contact": {"on": _day(case.first_contact_on), "service": case.first_contact_service},
        "stated_loss": {"amount": _amount(case.stated_loss_amount), "currency": case.stated_loss_currency},
        "impact": {
            "emotional": case.impact_emotional,
            "financial": case.impact_financial,
            "in_english": {
                "emotional": case.impact_emotional_in_english,
                "financial": case.impact_financial_in_english,
                "translated_by": case.impact_translated_by,
            },
        },
    }


def _event(event: TimelineEvent) -> Document:
    return {"on": _day(event.on), "fact": event.fact}


def _identifier(row: Identifier) -> Document:
    return _texts(row, "kind", "value", "service", "country", "note")


def _transfer(row: Transfer) -> Document:
    return {
        "sent_on": _day(row.sent_on),
        "sent_at": _moment(row),
        "amount": _amount(row.amount),
        **_texts(row, "currency", "network", "mechanism", "from_institution", "from_account", "to_institution"),
        "to_account": row.to_account or row.to_own_account,
        **_texts(row, "to_bank_code", "to_name", "to_country", "reference", "tag"),
        "direction": row.direction if row.direction != Direction.SENT else None,
        "second_fraud": row.second_fraud or None,
        "institution_informed": {
            "on": _day(row.informed_on),
            "outcome": row.informed_outcome,
            "reference": row.informed_reference,
        },
    }


def _texts(row: object, *names: str) -> Document:
    return {name: getattr(row, name) for name in names}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _amount(amount: Decimal | None) -> str:
    return plain(amount) if amount is not None else ""


def _moment(row: Transfer) -> str:
    """The moment in the zone in which it was given; the column keeps it in UTC."""
    found = _ZONE.search(row.sent_at_text)
    if row.sent_at is None or found is None:
        return ""
    sign, hours, minutes = found.groups(default="0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return _in_zone(row.sent_at, -offset if sign == "-" else offset)


def _in_zone(moment: datetime, offset: timedelta) -> str:
    return moment.astimezone(timezone(offset)).isoformat()
