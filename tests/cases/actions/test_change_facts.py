"""Changing the facts of a case: who may, what changes, what stays, and nobody's work is overwritten unseen."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEntry, User
from cases.actions.facts import change_facts
from cases.actions.take_intake import take_intake
from cases.case_file import read_case_file
from cases.models import Case, CaseAssignment, Consent, Evidence, Identifier, Report
from tests.desk import TODAY, Desk
from tests.intakes import Document, consent, minimal
from tests.people import AMARA, BJORN, CHIARA

BEFORE = minimal(
    reports=[{"agency": "us-ic3", "filed_on": "2026-01-02"}],
    consents=[consent("us-ic3")],
    purposes=["statistics"],
)
AFTER = minimal(external_id=None, victim__phone="+1 508-555-0199", fraud__kind="loan", identifiers=[])


@pytest.fixture
def bjorn(desk: Desk) -> User:
    return BJORN.sign_up()


def case_of(desk: Desk, user: User, document: Document = BEFORE) -> Case:
    return take_intake(desk.read(document), by=user, today=TODAY)


def change(desk: Desk, case: Case, by: User, document: Document = AFTER) -> list[str]:
    return change_facts(case=case, intake=desk.read(document), seen=case.updated_at, by=by)


def entries() -> list[tuple[str, list[str]]]:
    return list(AuditEntry.objects.order_by("number").values_list("verb", "fields"))


def test_the_new_facts_stand_in_the_place_of_the_old_and_the_audit_names_them_without_values(
    desk: Desk, bjorn: User
) -> None:
    case = case_of(desk, bjorn)
    changed = change(desk, case, bjorn)
    file = read_case_file(case.pk)
    assert (file.victim.phone, file.case.fraud_kind, file.identifiers) == ("+1 508-555-0199", "loan", ())
    assert changed == ["fraud.kind", "identifiers", "victim.phone"]
    assert entries()[-1] == ("case.change", changed)


def test_reports_consents_and_the_partners_number_stay(desk: Desk, bjorn: User) -> None:
    case = case_of(desk, bjorn)
    digest = case.intake_sha256
    change(desk, case, bjorn)
    now = Case.objects.get(pk=case.pk)
    assert (now.external_id, now.intake_sha256, now.purposes) == ("T-1", digest, ["statistics"])
    assert (Report.objects.count(), Consent.objects.count(), Evidence.objects.count()) == (1, 1, 0)


def test_a_partners_unchanged_file_does_not_undo_what_a_member_changed(desk: Desk, bjorn: User) -> None:
    case = case_of(desk, bjorn)
    change(desk, case, bjorn)
    take_intake(desk.read(BEFORE), by=None, today=TODAY)
    assert read_case_file(case.pk).victim.phone == "+1 508-555-0199"


def test_the_same_facts_change_nothing_not_even_the_rows(desk: Desk, bjorn: User) -> None:
    case = case_of(desk, bjorn)
    rows, audit = list(Identifier.objects.values_list("pk")), entries()
    assert change(desk, case, bjorn, BEFORE) == []
    assert list(Identifier.objects.values_list("pk")) == rows
    assert Case.objects.get(pk=case.pk).updated_at == case.updated_at
    assert entries() == audit


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(desk: Desk, bjorn: User) -> None:
    case = case_of(desk, bjorn)
    amara = AMARA.sign_up()
    change(desk, case, amara)
    with pytest.raises(ValidationError, match="Somebody changed this case"):
        change(desk, case, bjorn, minimal(fraud__kind="romance"))
    with pytest.raises(ValidationError):
        change_facts(case=case, intake=desk.read(AFTER), seen=case.updated_at - timedelta(microseconds=1), by=bjorn)
    assert read_case_file(case.pk).case.fraud_kind == "loan"


@pytest.mark.parametrize("person", [CHIARA, BJORN])
def test_who_may_not_change_the_case_is_refused(desk: Desk, person: object) -> None:
    case = case_of(desk, AMARA.sign_up())
    with pytest.raises(PermissionDenied):
        change(desk, case, person.sign_up())  # type: ignore[attr-defined]  # an analyst, and a colleague's case
    assert read_case_file(case.pk).case.fraud_kind == "romance"


def test_an_id_for_a_new_case_makes_one_case_however_often_it_comes(desk: Desk, bjorn: User) -> None:
    chosen = UUID("6f7f3c39-8c43-4d6a-9d21-2a7f0f0f3a11")
    intake = desk.read(minimal(external_id=None))
    first = take_intake(intake, by=bjorn, today=TODAY, new_id=chosen)
    change(desk, first, bjorn)
    second = take_intake(intake, by=bjorn, today=TODAY, new_id=chosen)
    assert (first.pk, second.pk, Case.objects.count()) == (chosen, chosen, 1)
    assert read_case_file(chosen).case.fraud_kind == "loan"
    assert CaseAssignment.objects.count() == 1
