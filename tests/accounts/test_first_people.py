"""How an installation gets its first people: directors by invitation, curators by appointment, both at the machine."""

from __future__ import annotations

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.actions.invitations import InvitationClosed, accept_invitation, invite_first_director, open_invitation
from accounts.models import AuditEntry, Invitation, Organization, User
from accounts.roles import Role, Verb
from accounts.rules import can
from accounts.tasks import send_invitation
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization
from tests.people import AMARA, CHIARA, DAVID

PASSWORD = "a long sentence of my own"


def command(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def first_director(tenant: Organization, email: str = DAVID.email) -> str:
    """The token in the link that the command prints."""
    return command("invite_director", email, "--organization", tenant.slug).rstrip().rstrip("/").rpartition("/")[2]


def test_the_first_director_comes_by_a_link_that_the_command_prints(north: Organization) -> None:
    membership = accept_invitation(token=first_director(north), name=DAVID.name, password=PASSWORD)
    with organization(north.pk):
        assert membership.user.roles() == [Role.DIRECTOR]
        entries = list(AuditEntry.objects.values_list("verb", flat=True))
    assert entries[-3:] == ["invitation.create", "membership.begin", "invitation.accept"]


def test_the_mail_names_no_inviter_where_there_is_none(north: Organization) -> None:
    with organization(north.pk):
        invitation = invite_first_director(email=DAVID.email)
    send_invitation(str(north.pk), str(invitation.pk))
    assert f"You are invited to work with {north.name} on Redress, as its first director." in mail.outbox[0].body


def test_where_there_is_a_director_nobody_comes_in_past_them(north: Organization) -> None:
    with organization(north.pk):
        AMARA.sign_up()
    with pytest.raises(CommandError, match="has a director, who invites everybody else"):
        first_director(north)
    with organization(north.pk):
        assert not Invitation.objects.exists()


def test_a_first_invitation_opens_nothing_once_there_is_a_director(north: Organization) -> None:
    waiting = first_director(north)
    accept_invitation(token=first_director(north, CHIARA.email), name=CHIARA.name, password=PASSWORD)
    with pytest.raises(InvitationClosed):
        open_invitation(waiting)


def test_nobody_invites_only_directors(north: Organization) -> None:
    with organization(north.pk), pytest.raises(IntegrityError, match="invitation_by_somebody"), transaction.atomic():
        Invitation.objects.create(email=DAVID.email, role=Role.CASEWORKER)


@pytest.mark.parametrize("slug", ["nowhere", "platform"])
def test_there_is_no_director_of_the_platform_or_of_nothing(db: None, slug: str) -> None:
    with pytest.raises(CommandError, match=f"there is no organization {slug}"):
        command("invite_director", DAVID.email, "--organization", slug)


def test_what_is_no_address_is_refused(north: Organization) -> None:
    with pytest.raises(CommandError, match="valid email"):
        first_director(north, "david")
    with pytest.raises(CommandError, match="valid email"):
        command("appoint", "david")
    assert not User.objects.exists()


def test_a_new_curator_chooses_a_password_and_may_curate(client: Client, db: None) -> None:
    printed = command("appoint", CHIARA.email, "--name", CHIARA.name)
    path = urlsplit(printed.split()[-1]).path
    form = client.get(path, follow=True)
    answer = client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 302
    curator = User.objects.get(email=CHIARA.email)
    assert curator.check_password(PASSWORD)
    assert can(curator, Verb.DIRECTORY_CURATE)
    assert client.get(path, follow=True).status_code == 200
    assert not client.get(path, follow=True).redirect_chain, "a used link leads to no form"


def test_a_known_person_is_appointed_once_and_keeps_their_password(north: Organization) -> None:
    with organization(north.pk):
        member = AMARA.sign_up()
    member.set_password(PASSWORD)
    member.save()
    assert [command("appoint", AMARA.email.upper()) for _ in range(2)] == [f"{AMARA.email.upper()} is curator\n"] * 2
    with organization(PLATFORM_ORGANIZATION_ID):
        assert AuditEntry.objects.filter(verb="platform_role.create").count() == 1
    assert User.objects.get().check_password(PASSWORD)


def test_a_duty_ends_at_once_and_on_record(north: Organization) -> None:
    command("appoint", CHIARA.email)
    command("appoint", CHIARA.email, "--end")
    assert not can(User.objects.get(), Verb.DIRECTORY_CURATE)
    with organization(PLATFORM_ORGANIZATION_ID):
        assert AuditEntry.objects.filter(verb="platform_role.end").count() == 1
    with pytest.raises(CommandError, match="is no curator"):
        command("appoint", CHIARA.email, "--end")
