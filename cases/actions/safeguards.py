"""What a member recorded to protect the person: a file that comes again may add to it, and takes none of it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter
from typing import Any

from accounts.models import AuditEntry
from cases.enums import FraudKind
from cases.intake import Intake, IntakeRefused, Problem
from cases.models import Case, Victim

_ANOTHER_COUNTRY = (
    "the case names another country; settle it in the facts of the case first, then take the file in again"
)


def _either(recorded: Any, given: Any) -> Any:
    return recorded or given


def _same_place(recorded: str | None, given: str | None) -> str | None:
    """The place that one of them names. Neither is safer than the other: one would be printed beside the other."""
    if recorded and given and recorded != given:
        raise IntakeRefused([Problem("triage.held_in", _ANOTHER_COUNTRY)])
    return recorded or given


def _both(recorded: Any, given: Any) -> Any:
    return recorded and given


def _both_notes(recorded: str | None, given: str | None) -> str | None:
    if not recorded or not given:
        return recorded or given
    return recorded if given in recorded else f"{recorded}; {given}"


def _forced(recorded: FraudKind, given: FraudKind) -> FraudKind:
    """Who is held and made to defraud others stays so: no Chinese agency then, and a place that is never printed."""
    return recorded if recorded == FraudKind.FORCED_CRIMINALITY else given


def _together(recorded: list[str] | None, given: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Both lists. Asked stays asked, also where there were none."""
    if recorded is None:
        return given
    return (*(given or ()), *(one for one in recorded if one not in (given or ())))


# By path of the intake document: how two answers become the safer one, and what counts as nothing said.
_SAFER: dict[str, tuple[Callable[[Any, Any], Any], Any]] = {
    "fraud.kind": (_forced, FraudKind.OTHER),
    "triage.held_in": (_same_place, None),
    "safety.ties_to": (_together, None),
    "safety.life_at_risk": (_either, False),
    "safety.do_not_contact_victim": (_either, False),
    "safety.do_not_reveal_location": (_either, False),
    "safety.no_dispatch_without_supervisor": (_either, False),
    "safety.self_harm_risk": (_either, False),
    "safety.legal_advice_first": (_either, False),
    "victim.nationalities": (_together, ()),
    "victim.safe_contact.email_is_safe": (_both, True),
    "victim.safe_contact.phone_is_safe": (_both, True),
    "victim.safe_contact.note": (_both_notes, None),
}
# The form writes whole paths into the audit trail, the act on the case's page the name of the column.
_RECORDED_AS = {"ties_to": "safety.ties_to"}
_BY_MEMBERS = ("case.create", "case.change", "case.ties")


def entered_safeguards(intake: Intake) -> list[str]:
    """The paths of what a new case says to protect the person."""
    return [path for path, (safer, nothing) in _SAFER.items() if safer(attrgetter(path)(intake), nothing) != nothing]


def with_safeguards(intake: Intake, case: Case) -> tuple[Intake, list[str]]:
    """The intake as it may be taken in for a known case, and the paths of what is kept although the file says less.

    Only what a member recorded is kept; what an earlier file brought, a later one may take back. Raises IntakeRefused
    where the file says that the person is held in another country than a member recorded.
    """
    kept = []
    for path in _recorded_by_members(case):
        safer, _ = _SAFER[path]
        given = attrgetter(path)(intake)
        value = safer(_recorded(case, path), given)
        if value != given:
            intake = _with(intake, path, value)
            kept.append(path)
    return intake, kept


def _recorded_by_members(case: Case) -> list[str]:
    entries = AuditEntry.objects.filter(target_id=str(case.pk), verb__in=_BY_MEMBERS)
    touched = {_RECORDED_AS.get(name, name) for fields in entries.values_list("fields", flat=True) for name in fields}
    return [path for path in _SAFER if path in touched]


def _recorded(case: Case, path: str) -> Any:
    part, _, name = path.rpartition(".")
    if path == "fraud.kind":
        return FraudKind(case.fraud_kind)
    if path == "triage.held_in":
        return case.held_in or None
    if part == "safety":
        return getattr(case, name)
    victim = Victim.objects.get(case=case)
    return victim.safe_contact_note or None if name == "note" else getattr(victim, name)


def _with(record: Any, path: str, value: object) -> Any:
    name, _, rest = path.partition(".")
    return replace(record, **{name: _with(getattr(record, name), rest, value) if rest else value})
