"""Taking an accepted intake into the organization's cases: one new case, or the same case brought up to date."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts import vault
from accounts.actions.audit import record
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import can, require
from cases.actions.parts import Stored, replace_parts
from cases.actions.safeguards import entered_safeguards, with_safeguards
from cases.intake import Intake
from cases.media_types import media_type
from cases.models import Case, CaseAssignment, CaseCounter


@dataclass(frozen=True, slots=True)
class Taken:
    """A case that was taken in, and the paths of what a member recorded and its file did not take back."""

    case: Case
    kept: tuple[str, ...] = ()


def take_intake(
    intake: Intake, *, by: User | None, today: date, new_id: UUID | None = None, entered: bool = False
) -> Case:
    """Make the case of an intake, or bring it up to date, and return it: `bring_in` without what was kept."""
    return bring_in(intake, by=by, today=today, new_id=new_id, entered=entered).case


@transaction.atomic
def bring_in(
    intake: Intake, *, by: User | None, today: date, new_id: UUID | None = None, entered: bool = False
) -> Taken:
    """Make the case of an intake, or bring it up to date.

    The same `external_id` never makes a second case; without one every intake makes a new case, unless `new_id`, the
    id that a new case gets, is taken already: then the form was sent twice, and the first case is returned as it is.
    An intake that says what the case says already changes nothing, and none takes back what a member recorded to
    protect the person; `entered` says that a member typed this one into the form. A caseworker's new case is their
    own; `by=None` is the command. Runs in the active organization; raises PermissionDenied, IntakeRefused where the
    intake contradicts a member (`with_safeguards`), and EvidenceChanged where a file is no longer the one that was
    checked, and then keeps nothing.
    """
    counter = _locked_counter(today.year)
    digest = intake_sha256(intake)
    case = _known_case(intake)
    _may(by, case)
    if case is None and new_id and (made := Case.objects.filter(pk=new_id).first()):
        return Taken(made)
    if case and case.intake_sha256 == digest:
        return Taken(case)
    if case:
        return _updated(case, intake, digest, by)
    evidence = _stored(intake)
    case = Case(number=_next_number(counter), **({"pk": new_id} if new_id else {}))
    _put(case, intake, digest, evidence)
    if by and can(by, Verb.CASE_CHANGE):
        CaseAssignment.objects.create(case=case, user=by)
    record("case.create", by=by, target=case, fields=entered_safeguards(intake) if entered else ())
    return Taken(case)


def _updated(case: Case, intake: Intake, digest: str, by: User | None) -> Taken:
    intake, kept = with_safeguards(intake, case)
    _put(case, intake, digest, _stored(intake))
    record("case.update", by=by, target=case)
    return Taken(case, tuple(kept))


def _put(case: Case, intake: Intake, digest: str, evidence: list[Stored]) -> None:
    _fill(case, intake, digest)
    case.save()
    replace_parts(case, intake, evidence)


def _may(by: User | None, case: Case | None) -> None:
    if by:
        require(by, Verb.CASE_CHANGE if case else Verb.CASE_CREATE, case)


def intake_sha256(intake: Intake) -> str:
    """The digest of everything that an intake says, evidence by its hashes."""
    return hashlib.sha256(repr(intake).encode()).hexdigest()


def _locked_counter(year: int) -> CaseCounter:
    # The lock also keeps two intakes with one external_id from making two cases.
    counter, _ = CaseCounter.objects.select_for_update().get_or_create(year=year)
    return counter


def _known_case(intake: Intake) -> Case | None:
    if intake.external_id is None:
        return None
    # Storing its evidence takes seconds: nobody decides on this case until the file is in, or their decision were lost.
    return Case.objects.select_for_update(no_key=True).filter(external_id=intake.external_id).first()


def _next_number(counter: CaseCounter) -> str:
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"RD-{counter.year}-{counter.last:06}"


def _stored(intake: Intake) -> list[Stored]:
    return [_store(item.path, item.read()) for item in intake.evidence]


def _store(path: str, data: bytes) -> Stored:
    return Stored(vault.store(data), len(data), media_type(data, path))


def _fill(case: Case, intake: Intake, digest: str) -> None:
    case.external_id = intake.external_id
    case.intake_sha256 = digest
    fill_facts(case, intake)
    case.purposes = [purpose.value for purpose in intake.purposes]


def fill_facts(case: Case, intake: Intake) -> None:
    """Give the case what the intake says of the fraud, its impact, the screening and safety. The caller saves."""
    _fill_fraud(case, intake)
    _fill_impact(case, intake)
    _fill_screening(case, intake)
    _fill_safety(case, intake)


def _fill_fraud(case: Case, intake: Intake) -> None:
    fraud = intake.fraud
    case.fraud_kind = fraud.kind.value
    case.started_on, case.discovered_on = fraud.started_on, fraud.discovered_on
    case.stated_loss_amount = fraud.stated_loss.amount if fraud.stated_loss else None
    case.stated_loss_currency = fraud.stated_loss.currency if fraud.stated_loss else ""
    case.first_contact_on = fraud.first_contact.on if fraud.first_contact else None
    case.first_contact_service = (fraud.first_contact.service or "") if fraud.first_contact else ""


def _fill_impact(case: Case, intake: Intake) -> None:
    impact, english = intake.fraud.impact, intake.fraud.impact.in_english
    case.impact_emotional, case.impact_financial = impact.emotional or "", impact.financial or ""
    case.impact_emotional_in_english = (english.emotional or "") if english else ""
    case.impact_financial_in_english = (english.financial or "") if english else ""
    case.impact_translated_by = english.translated_by if english else ""


def _fill_screening(case: Case, intake: Intake) -> None:
    triage = intake.triage
    case.money_sent_to = _list(triage.money_sent_to)
    case.chinese_named_recipient_in = _list(triage.chinese_named_recipient_in)
    case.offender_spoke = _list(triage.offender_spoke)
    case.offender_had_chinese_name = triage.offender_had_chinese_name
    case.held_in = triage.held_in or ""


def _fill_safety(case: Case, intake: Intake) -> None:
    safety = intake.safety
    case.life_at_risk = safety.life_at_risk
    case.do_not_contact_victim = safety.do_not_contact_victim
    case.do_not_reveal_location = safety.do_not_reveal_location
    case.no_dispatch_without_supervisor = safety.no_dispatch_without_supervisor
    case.self_harm_risk = safety.self_harm_risk
    case.legal_advice_first = safety.legal_advice_first
    case.ties_to = _list(safety.ties_to)


def _list(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)
