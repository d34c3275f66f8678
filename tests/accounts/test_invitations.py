"""Invitations: one address, one role, one use, 72 hours, and nothing for strangers."""

from __future__ import annotations

import datetime as dt
from threading import Barrier, Thread

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.actions.invitations import (
    InvitationClosed,
    SignInFirst,
    accept_invitation,
    invite,
    open_invitation,
    withdraw_invitation,
)
from accounts.actions.members import end_membership
from accounts.actions.organizations import create_organization
from accounts.models import AuditEntry, Invitation, InvitationCode, Membership, Organization, User
from accounts.roles import Role
from accounts.tasks import send_invitation
from accounts.tenancy import organization
from tests.people import AMARA, BJORN, CHIARA, DAVID, Person

PASSWORD = "a long sentence of my own"
ERIKA = Person("Erika Mustermann", "erika@north.example.org", Role.SUPERVISOR)


def token_of(invitation: Invitation) -> str:
    with organization(invitation.organization.pk):
        token = Invitation.objects.get(pk=invitation.pk).token
    assert token is not None
    return token


def invited(tenant: Organization, *, email: str = DAVID.email, role: Role = Role.CASEWORKER) -> str:
    """The token of an invitation that Amara made."""
    with organization(tenant.id):
        return token_of(invite(email=email, role=role, by=AMARA.sign_up()))


def verbs(tenant: Organization) -> list[str]:
    with organization(tenant.id):
        return list(AuditEntry.objects.values_list("verb", flat=True))


def test_a_new_person_becomes_a_member_in_the_invited_role(north: Organization) -> None:
    membership = accept_invitation(token=invited(north), name=DAVID.name, password=PASSWORD)
    person = User.objects.get(email=DAVID.email)
    assert (membership.role, membership.user, membership.organization_id) == (Role.CASEWORKER, person, north.id)
    assert person.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=person).verified
    assert verbs(north)[-3:] == ["invitation.create", "membership.begin", "invitation.accept"]


def test_a_link_works_once(north: Organization) -> None:
    token = invited(north)
    accept_invitation(token=token, name=DAVID.name, password=PASSWORD)
    with pytest.raises(InvitationClosed):
        accept_invitation(token=token, by=User.objects.get(email=DAVID.email))


def test_a_link_works_for_72_hours(north: Organization) -> None:
    start = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False):
        token = invited(north)
    with time_machine.travel(start + dt.timedelta(hours=71, minutes=59), tick=False):
        assert open_invitation(token).email == DAVID.email
    with time_machine.travel(start + dt.timedelta(hours=72), tick=False), pytest.raises(InvitationClosed):
        accept_invitation(token=token, name=DAVID.name, password=PASSWORD)


def test_a_link_that_nobody_made_opens_nothing(north: Organization) -> None:
    with pytest.raises(InvitationClosed):
        open_invitation("guessed")
    with pytest.raises(InvitationClosed):
        accept_invitation(token="guessed", name=DAVID.name, password=PASSWORD)


def test_a_withdrawn_invitation_opens_nothing(north: Organization) -> None:
    with organization(north.id):
        invitation = invite(email=DAVID.email, role=Role.INTAKE, by=AMARA.sign_up())
        token = token_of(invitation)
        withdraw_invitation(invitation=invitation, by=AMARA.sign_up())
    with pytest.raises(InvitationClosed):
        accept_invitation(token=token, name=DAVID.name, password=PASSWORD)
    assert verbs(north)[-1] == "invitation.withdraw"


def test_inviting_again_withdraws_the_earlier_invitation(north: Organization) -> None:
    earlier, later = invited(north), invited(north, email=DAVID.email.upper(), role=Role.ANALYST)
    with pytest.raises(InvitationClosed):
        open_invitation(earlier)
    assert open_invitation(later).role == Role.ANALYST


@pytest.mark.parametrize("person", [BJORN, CHIARA, ERIKA], ids=lambda person: person.role)
def test_only_a_director_invites(north: Organization, person: Person) -> None:
    with organization(north.id), pytest.raises(PermissionDenied):
        invite(email=DAVID.email, role=Role.ANALYST, by=person.sign_up())


def test_nobody_invites_above_their_own_role(north: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    from accounts import rules
    from accounts.roles import VERBS_OF_ROLE, Verb

    more = VERBS_OF_ROLE | {Role.SUPERVISOR: VERBS_OF_ROLE[Role.SUPERVISOR] | {Verb.MEMBERS_CHANGE}}
    monkeypatch.setattr(rules, "VERBS_OF_ROLE", more)  # today only directors may invite at all
    with organization(north.id):
        erika = ERIKA.sign_up()
        assert invite(email="one@example.org", role=Role.SUPERVISOR, by=erika).role == Role.SUPERVISOR
        with pytest.raises(PermissionDenied):
            invite(email="two@example.org", role=Role.DIRECTOR, by=erika)


def test_an_invitation_ends_with_the_right_to_make_it(north: Organization) -> None:
    token = invited(north)
    with organization(north.id):
        erika = Person("Erika Mustermann", "erika@north.example.org", Role.DIRECTOR).sign_up()
        end_membership(membership=Membership.objects.get(user__email=AMARA.email), by=erika)
    with pytest.raises(InvitationClosed):
        accept_invitation(token=token, name=DAVID.name, password=PASSWORD)


def test_members_are_not_invited(north: Organization) -> None:
    with organization(north.id):
        BJORN.sign_up()
        with pytest.raises(ValidationError, match="member already"):
            invite(email=BJORN.email.upper(), role=Role.ANALYST, by=AMARA.sign_up())


def test_an_address_is_an_address(north: Organization) -> None:
    with organization(north.id), pytest.raises(ValidationError):
        invite(email="david at example", role=Role.ANALYST, by=AMARA.sign_up())


def test_a_known_address_is_for_its_person_alone(north: Organization, south: Organization) -> None:
    david = User.objects.create_user(DAVID.email, PASSWORD, name=DAVID.name)
    stranger = User.objects.create_user("stranger@example.org", PASSWORD, name="Stranger")
    token = invited(north)
    for attempt in ({"name": "Mallory", "password": "another long sentence"}, {"by": stranger}):
        with pytest.raises(SignInFirst):
            accept_invitation(token=token, **attempt)
    assert accept_invitation(token=token, by=david).user == david
    assert User.objects.get(pk=david.pk).check_password(PASSWORD)


def test_somebody_else_who_is_signed_in_does_not_take_a_new_person_s_place(north: Organization) -> None:
    stranger = User.objects.create_user("stranger@example.org", PASSWORD, name="Stranger")
    with pytest.raises(SignInFirst):
        accept_invitation(token=invited(north), by=stranger)


def test_a_closed_account_does_not_come_back_by_an_invitation(north: Organization) -> None:
    david = User.objects.create_user(DAVID.email, PASSWORD, name=DAVID.name, is_active=False)
    with pytest.raises(SignInFirst):
        accept_invitation(token=invited(north), by=david)


def test_a_former_member_comes_back_in_the_invited_role(north: Organization) -> None:
    with organization(north.id):
        bjorn = BJORN.sign_up()
        end_membership(membership=Membership.objects.get(user=bjorn), by=AMARA.sign_up())
    membership = accept_invitation(token=invited(north, email=BJORN.email, role=Role.INTAKE), by=bjorn)
    assert (membership.is_active, membership.role) == (True, Role.INTAKE)


def test_who_became_a_member_in_between_keeps_their_role(north: Organization) -> None:
    token = invited(north, role=Role.ANALYST)
    with organization(north.id):
        david = User.objects.create_user(DAVID.email, PASSWORD, name=DAVID.name)
        Membership.objects.create(user=david, role=Role.SUPERVISOR)
    assert accept_invitation(token=token, by=david).role == Role.SUPERVISOR


def test_a_weak_password_is_refused_and_the_link_stays_open(north: Organization) -> None:
    token = invited(north)
    with pytest.raises(ValidationError):
        accept_invitation(token=token, name=DAVID.name, password="password")
    assert not User.objects.filter(email=DAVID.email).exists()
    assert accept_invitation(token=token, name=DAVID.name, password=PASSWORD).is_active


def test_the_database_knows_only_a_hash_and_a_sealed_token(north: Organization) -> None:
    token = invited(north)
    with organization(north.id), connection.cursor() as cursor:
        cursor.execute("SELECT token FROM accounts_invitation")
        [(sealed,)] = cursor.fetchall()
    assert token.encode() not in bytes(sealed)
    assert token not in InvitationCode.objects.get().code_sha256
    accept_invitation(token=token, name=DAVID.name, password=PASSWORD)
    with organization(north.id):
        assert Invitation.objects.get().token is None


def test_the_mail_waits_for_the_commit_and_is_sent_once(
    north: Organization,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(send_invitation, "delay", lambda *ids: asked.append(ids))
    with django_capture_on_commit_callbacks(execute=True):
        token = invited(north)
        assert asked == []
    [ids] = asked
    for _ in range(2):
        send_invitation(*ids)
    [message] = mail.outbox
    assert message.to == [DAVID.email]
    assert f"/accounts/invitation/{token}/" in message.body
    assert north.name in message.body
    assert token not in "".join(ids)


def test_a_withdrawn_invitation_is_not_mailed(north: Organization) -> None:
    with organization(north.id):
        invitation = invite(email=DAVID.email, role=Role.INTAKE, by=AMARA.sign_up())
        withdraw_invitation(invitation=invitation, by=AMARA.sign_up())
    send_invitation(str(north.id), str(invitation.pk))
    assert mail.outbox == []


def test_an_invitation_of_another_organization_is_out_of_reach(north: Organization, south: Organization) -> None:
    with organization(north.id):
        invitation = invite(email=DAVID.email, role=Role.INTAKE, by=AMARA.sign_up())
    with organization(south.id):
        director = Person("Sofia Marín", "sofia@south.example.org", Role.DIRECTOR).sign_up()
        with pytest.raises(PermissionDenied):
            withdraw_invitation(invitation=invitation, by=director)
    send_invitation(str(south.id), str(invitation.pk))
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_of_two_acceptances_at_once_one_makes_a_member() -> None:
    tenant = create_organization(slug="north", name="Northern Victim Support", by=None)
    token, both, ends = invited(tenant), Barrier(2), []

    def accept() -> None:
        both.wait(timeout=30)
        try:
            accept_invitation(token=token, name=DAVID.name, password=PASSWORD)
            ends.append("member")
        except InvitationClosed:
            ends.append("closed")
        finally:
            connection.close()

    threads = [Thread(target=accept) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(ends) == ["closed", "member"]
    with organization(tenant.id):
        assert Membership.objects.filter(user__email=DAVID.email).count() == 1
