"""Who may open a case: its caseworker, with whom it is shared, supervisors, and nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.models import AuditEntry, Membership, PlatformRole, User
from accounts.roles import PlatformDuty, Role, Verb
from accounts.rules import can
from accounts.tenancy import organization as acting_for
from cases.actions.access import assign_case, share_case, unassign_case, unshare_case
from cases.models import Case, CaseAssignment, CaseShare
from tests.letters.outbox.counter import Counter, document, open_counter
from tests.people import BJORN
from tests.workspace.conftest import SignedIn

Member = Callable[..., User]


def page(case: Case) -> str:
    return reverse("workspace:cases_case_change", args=[case.pk])


def act(case: Case, name: str) -> str:
    return reverse("workspace:cases_case_act", args=[case.pk, name])


def test_a_caseworker_opens_their_own_case_and_the_reading_is_on_record(counter: Counter, signed_in: SignedIn) -> None:
    case = counter.case(document())
    assert signed_in(counter.caseworker).get(page(case)).status_code == 200
    entry = AuditEntry.objects.get(verb="case.read")
    assert (entry.actor, entry.target_id) == (counter.caseworker, str(case.pk))


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.DIRECTOR, 200),
        (Role.SUPERVISOR, 200),
        (Role.CASEWORKER, 404),
        (Role.INTAKE, 404),
        (Role.ANALYST, 404),
    ],
)
def test_a_colleagues_case_is_open_to_supervisors_alone(
    counter: Counter, signed_in: SignedIn, member: Member, role: Role, status: int
) -> None:
    case, person = counter.case(document()), member(role)
    assert signed_in(person).get(page(case)).status_code == status
    assert Case.objects.open_to(person).filter(pk=case.pk).exists() == bool(can(person, Verb.CASE_READ, case))
    assert bool(can(person, Verb.CASE_READ, case)) == (status == 200)


def test_the_list_shows_what_is_open_and_nothing_else(counter: Counter, signed_in: SignedIn, member: Member) -> None:
    case, other = counter.case(document()), member(Role.CASEWORKER, "other")
    address = reverse("workspace:cases_case_changelist")
    assert case.number in signed_in(counter.caseworker).get(address).content.decode()
    assert case.number not in signed_in(other).get(address).content.decode()
    assert signed_in(member(Role.ANALYST)).get(address).status_code == 403


def test_a_filter_that_no_case_can_have_finds_no_page(counter: Counter, signed_in: SignedIn) -> None:
    address = reverse("workspace:cases_case_changelist")
    assert signed_in(counter.caseworker).get(address, {"fraud_kind": "\0"}).status_code == 404


def test_a_curator_reads_that_the_list_of_cases_is_not_theirs(counter: Counter, signed_in: SignedIn) -> None:
    curator = User.objects.create_user("curator@example.org", name="Carla Curator")
    PlatformRole.objects.create(user=curator, duty=PlatformDuty.CURATOR.value)
    assert signed_in(curator).get(reverse("workspace:cases_case_changelist")).status_code == 403


def test_a_shared_case_is_open_until_it_is_shared_no_longer(
    counter: Counter, signed_in: SignedIn, member: Member
) -> None:
    case, colleague = counter.case(document()), member(Role.CASEWORKER, "colleague")
    share_case(case=case, user=colleague, by=counter.caseworker)
    assert signed_in(colleague).get(page(case)).status_code == 200
    assert CaseShare.objects.count() == 1
    unshare_case(case=case, user=colleague, by=counter.caseworker)
    assert signed_in(colleague).get(page(case)).status_code == 404


def test_a_case_is_shared_with_members_who_work_on_cases_only(counter: Counter, member: Member) -> None:
    case = counter.case(document())
    stranger = User.objects.create_user("stranger@example.org", name="Stranger")
    for person in (stranger, member(Role.ANALYST), member(Role.INTAKE)):
        with pytest.raises(ValidationError, match="works on cases"):
            share_case(case=case, user=person, by=counter.caseworker)
        with pytest.raises(ValidationError, match="works on cases"):
            assign_case(case=case, user=person, by=counter.director)


def test_supervisors_assign_and_a_caseworker_does_not(counter: Counter, member: Member) -> None:
    case, colleague = counter.case(document()), member(Role.CASEWORKER, "colleague")
    with pytest.raises(PermissionDenied):
        assign_case(case=case, user=colleague, by=counter.caseworker)
    with pytest.raises(PermissionDenied):
        unassign_case(case=case, user=counter.caseworker, by=counter.caseworker)
    assign_case(case=case, user=colleague, by=counter.director)
    unassign_case(case=case, user=counter.caseworker, by=counter.director)
    assert bool(can(colleague, Verb.CASE_CHANGE, case))
    assert not can(counter.caseworker, Verb.CASE_CHANGE, case)
    verbs = list(AuditEntry.objects.filter(target_id=str(case.pk)).values_list("verb", flat=True))
    assert verbs[-2:] == ["case.assign", "case.unassign"]


def test_a_case_whose_caseworker_left_is_nobodys_and_can_be_given_to_another(
    counter: Counter, signed_in: SignedIn, member: Member
) -> None:
    case, left, colleague = counter.case(document()), counter.caseworker, member(Role.CASEWORKER, "colleague")
    list_of_nobodys = reverse("workspace:cases_case_changelist") + "?whose=nobody"
    client = signed_in(counter.director)
    assert case.number not in client.get(list_of_nobodys).content.decode()
    Membership.objects.filter(user=left).update(is_active=False)
    assert case.number in client.get(list_of_nobodys).content.decode()
    assert "works on no cases now" in client.get(page(case)).content.decode()
    client.post(act(case, "unassign"), {"unassign-user": str(left.pk)})
    client.post(act(case, "assign"), {"assign-user": str(colleague.pk)})
    assert [one.user for one in CaseAssignment.objects.filter(case=case)] == [colleague]


def test_who_never_worked_on_a_case_is_not_named_when_it_is_taken_from_them(
    counter: Counter, signed_in: SignedIn
) -> None:
    case, stranger = counter.case(document()), User.objects.create_user("s@example.org", name="Samira Stranger")
    for name in ("unassign", "unshare"):
        answer = signed_in(counter.director).post(act(case, name), {f"{name}-user": str(stranger.pk)})
        assert "This person does not work on it" in answer.content.decode()
        assert stranger.name not in answer.content.decode()


def test_nobody_shares_a_case_that_is_not_theirs(counter: Counter, member: Member) -> None:
    case, stranger = counter.case(document()), member(Role.CASEWORKER, "stranger")
    with pytest.raises(PermissionDenied):
        share_case(case=case, user=stranger, by=stranger)


def test_a_member_of_another_organization_finds_nothing(counter: Counter, signed_in: SignedIn) -> None:
    case = counter.case(document())
    south = open_counter("south", holding_hours=0)
    with acting_for(south.pk):
        theirs = Counter(south, caseworker=User.objects.create_user("s@example.org", name="S"))
        director = theirs.director
    client = signed_in(director)
    # Amara directs both: she acts for the one that she chose, and the other one's case is not there.
    client.post(reverse("choose_organization"), {"organization": str(south.pk)})
    assert client.get(page(case)).status_code == 404
    client.post(reverse("choose_organization"), {"organization": str(counter.organization.pk)})
    assert client.get(page(case)).status_code == 200


def test_an_intake_read_again_asks_who_may_change_its_case(counter: Counter, member: Member) -> None:
    from cases.actions.take_intake import take_intake
    from tests.desk import TODAY

    counter.case(document())
    intake = counter.desk.read(document(identifiers=[{"kind": "website", "value": "https://other.example"}]))
    with pytest.raises(PermissionDenied):
        take_intake(intake, by=member(Role.CASEWORKER, "stranger"), today=TODAY)
    with pytest.raises(PermissionDenied):
        take_intake(intake, by=member(Role.ANALYST), today=TODAY)
    assert take_intake(intake, by=counter.caseworker, today=TODAY).number == "RD-2026-000001"


def test_a_caseworkers_new_case_is_their_own_and_a_volunteers_is_nobodys(counter: Counter, member: Member) -> None:
    from cases.actions.take_intake import take_intake
    from tests.desk import TODAY

    mine = take_intake(counter.desk.read(document(7)), by=BJORN.sign_up(), today=TODAY)
    assert bool(can(counter.caseworker, Verb.CASE_CHANGE, mine))
    volunteer = member(Role.INTAKE)
    theirs = take_intake(counter.desk.read(document(8)), by=volunteer, today=TODAY)
    assert not can(volunteer, Verb.CASE_READ, theirs)
    assert not theirs.assignments.exists()
