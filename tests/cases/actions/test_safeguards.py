"""What a member recorded to protect the person: a file that is taken in again adds to it and takes none of it back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from cases.actions.facts import change_facts
from cases.actions.new_case import make_case
from cases.actions.screening import record_ties
from cases.actions.take_intake import bring_in, take_intake
from cases.case_file import read_case_file
from cases.intake import IntakeRefused
from cases.models import Case
from tests.desk import TODAY, Desk
from tests.intakes import Document, changed, minimal
from tests.people import BJORN

MORE = {"transfers": [{"amount": "100", "currency": "USD", "mechanism": "cash"}]}
FLAGS = [
    "life_at_risk",
    "do_not_contact_victim",
    "do_not_reveal_location",
    "no_dispatch_without_supervisor",
    "self_harm_risk",
    "legal_advice_first",
]


@pytest.fixture
def bjorn(desk: Desk) -> User:
    return BJORN.sign_up()


@pytest.fixture
def case(desk: Desk, bjorn: User) -> Case:
    return take_intake(desk.read(minimal()), by=bjorn, today=TODAY)


def changed_by(desk: Desk, user: User, case: Case, **changes: Any) -> None:
    now = Case.objects.get(pk=case.pk)
    change_facts(case=now, intake=desk.read(minimal(**changes)), seen=now.updated_at, by=user)


def kept_of(desk: Desk, document: Document) -> tuple[str, ...]:
    return bring_in(desk.read(document), by=None, today=TODAY).kept


def ties_of(case: Case) -> list[str] | None:
    return Case.objects.get(pk=case.pk).ties_to


@pytest.mark.parametrize("flag", FLAGS)
def test_a_file_takes_no_mark_away_that_a_member_set(desk: Desk, bjorn: User, case: Case, flag: str) -> None:
    changed_by(desk, bjorn, case, safety={flag: True, "ties_to": []})
    assert kept_of(desk, minimal(**MORE)) == (f"safety.{flag}",)
    file = read_case_file(case.pk)
    assert getattr(file.case, flag) is True
    assert len(file.transfers) == 1


@pytest.mark.parametrize(
    ("recorded", "given", "then"),
    [
        (["CN"], [], ["CN"]),
        (["CN"], None, ["CN"]),
        (["CN"], ["MM"], ["MM", "CN"]),
        (["CN", "MM"], ["MM", "CN"], ["MM", "CN"]),
        ([], None, []),
        ([], ["CN"], ["CN"]),
    ],
)
def test_ties_that_a_member_recorded_are_joined_and_never_unasked(
    case: Case, recorded: list[str], given: list[str] | None, then: list[str], *, desk: Desk, bjorn: User
) -> None:
    record_ties(case=case, states=recorded, seen=case.updated_at, by=bjorn)
    kept = kept_of(desk, changed(minimal(**MORE), safety={"ties_to": given} if given is not None else None))
    assert ties_of(case) == then
    assert kept == (("safety.ties_to",) if then != given else ())


def test_ties_are_kept_also_where_they_were_entered_among_the_facts(desk: Desk, bjorn: User, case: Case) -> None:
    changed_by(desk, bjorn, case, safety={"ties_to": ["CN"]})
    kept_of(desk, minimal(**MORE))
    assert ties_of(case) == ["CN"]


def test_a_way_that_a_member_called_unsafe_stays_so_with_the_note_and_the_nationalities(
    desk: Desk, bjorn: User, case: Case
) -> None:
    unsafe = {"email_is_safe": False, "phone_is_safe": False, "note": "after six"}
    changed_by(desk, bjorn, case, victim__safe_contact=unsafe, victim__nationalities=["KE"])
    kept_of(desk, minimal(victim__safe_contact={"note": "any time"}, victim__nationalities=["US"], **MORE))
    victim = read_case_file(case.pk).victim
    assert (victim.email_is_safe, victim.phone_is_safe) == (False, False)
    assert victim.safe_contact_note == "after six; any time"
    assert set(victim.nationalities) == {"KE", "US"}


@pytest.mark.parametrize(
    ("given", "then"),
    [
        ({}, "never call, her brother listens"),
        ({"note": "never call"}, "never call, her brother listens"),
        ({"note": "write at noon"}, "never call, her brother listens; write at noon"),
    ],
)
def test_a_note_on_how_to_reach_them_is_joined_to_the_one_that_a_member_wrote(
    case: Case, given: Document, then: str, *, desk: Desk, bjorn: User
) -> None:
    changed_by(desk, bjorn, case, victim__safe_contact={"note": "never call, her brother listens"})
    for change in ({"fraud__kind": "loan"}, MORE):
        assert kept_of(desk, minimal(victim__safe_contact=given, **change)) == ("victim.safe_contact.note",)
        assert read_case_file(case.pk).victim.safe_contact_note == then


def test_who_a_member_found_to_be_held_stays_so(desk: Desk, bjorn: User, case: Case) -> None:
    changed_by(desk, bjorn, case, fraud__kind="forced_criminality", triage={"held_in": "KH"})
    assert kept_of(desk, minimal(**MORE)) == ("fraud.kind", "triage.held_in")
    file = read_case_file(case.pk)
    assert (file.held, file.case.held_in, len(file.transfers)) == (True, "KH", 1)


def test_a_file_that_names_another_place_than_a_member_is_refused_and_changes_nothing(
    desk: Desk, bjorn: User, case: Case
) -> None:
    changed_by(desk, bjorn, case, fraud__kind="forced_criminality", triage={"held_in": "MM"})
    another = minimal(fraud__kind="forced_criminality", triage={"held_in": "KH"}, **MORE)
    with pytest.raises(IntakeRefused) as refused:
        kept_of(desk, another)
    (problem,) = refused.value.problems
    assert problem.path == "triage.held_in"
    assert not {"MM", "KH", "Myanmar", "Cambodia"} & set(problem.message.replace(";", "").split())
    file = read_case_file(case.pk)
    assert (file.case.held_in, len(file.transfers)) == ("MM", 0)
    changed_by(desk, bjorn, case, fraud__kind="forced_criminality", triage={"held_in": "KH"})
    assert kept_of(desk, another) == ()
    assert len(read_case_file(case.pk).transfers) == 1


def test_a_file_may_correct_the_place_that_a_file_brought(desk: Desk, case: Case) -> None:
    for place in ("MM", "KH"):
        kept_of(desk, minimal(triage={"held_in": place}))
    assert read_case_file(case.pk).case.held_in == "KH"


def test_what_a_member_entered_in_the_form_of_a_new_case_is_theirs_too(desk: Desk, bjorn: User) -> None:
    intake = desk.read(minimal(safety={"ties_to": ["CN"], "do_not_reveal_location": True}))
    case = make_case(intake=intake, token=uuid4(), by=bjorn, today=TODAY)
    assert kept_of(desk, minimal(**MORE)) == ("safety.ties_to", "safety.do_not_reveal_location")
    assert ties_of(case) == ["CN"]


def test_a_file_may_add(desk: Desk, bjorn: User, case: Case) -> None:
    changed_by(desk, bjorn, case, victim__safe_contact={"note": "after six"})
    changed_by(desk, bjorn, case)
    kept = kept_of(desk, minimal(victim__safe_contact={"email_is_safe": False}, safety={"life_at_risk": True}))
    file = read_case_file(case.pk)
    assert (file.victim.email_is_safe, file.case.life_at_risk, kept) == (False, True, ())


def test_what_an_earlier_file_brought_a_later_one_may_take_back(desk: Desk, bjorn: User, case: Case) -> None:
    changed_by(desk, bjorn, case, fraud__kind="loan")
    kept_of(desk, minimal(safety={"ties_to": ["CN"], "life_at_risk": True}))
    assert kept_of(desk, minimal(**MORE)) == ()
    assert (ties_of(case), Case.objects.get(pk=case.pk).life_at_risk) == ([], False)


def test_a_member_takes_it_back_on_the_page(desk: Desk, bjorn: User, case: Case) -> None:
    for states in (["CN"], []):
        case = record_ties(case=case, states=states, seen=case.updated_at, by=bjorn)
    assert kept_of(desk, minimal(**MORE)) == ()
    assert ties_of(case) == []
