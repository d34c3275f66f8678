"""Members and settings: who may change them, and what never happens."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client

from accounts.actions.invitations import invite
from accounts.actions.members import change_role, end_membership
from accounts.actions.organizations import change_organization, create_organization
from accounts.models import AuditEntry, Invitation, Membership, Organization, User
from accounts.roles import Role
from accounts.tenancy import organization
from tests.accounts.sign_in.conftest import delivered, sign_in, with_password
from tests.people import AMARA, BJORN, CHIARA, DAVID, Person

ERIKA = Person("Erika Mustermann", "erika@north.example.org", Role.SUPERVISOR)
SOFIA = Person("Sofia Marín", "sofia@south.example.org", Role.DIRECTOR)


def membership_of(person: Person, tenant: Organization) -> Membership:
    with organization(tenant.id):
        return Membership.objects.get(user__email=person.email)


def last_act(tenant: Organization) -> tuple[str, list[str]]:
    with organization(tenant.id):
        entry = AuditEntry.objects.order_by("-number")[0]
    return entry.verb, entry.fields


def test_a_role_is_changed_on_record(desk: Client, bjorn: User, north: Organization) -> None:
    address = f"/workspace/members/{membership_of(BJORN, north).pk}/role/"
    assert desk.post(address, {"role": "supervisor"})["Location"] == "/workspace/members/"
    assert membership_of(BJORN, north).role == Role.SUPERVISOR
    assert last_act(north) == ("membership.change", ["role"])


def test_a_role_that_there_is_not_changes_nothing(desk: Client, bjorn: User, north: Organization) -> None:
    desk.post(f"/workspace/members/{membership_of(BJORN, north).pk}/role/", {"role": "emperor"})
    assert membership_of(BJORN, north).role == Role.CASEWORKER


def test_an_ended_membership_ends_at_once(desk: Client, bjorn: User, north: Organization) -> None:
    other = Client()
    sign_in(other, BJORN.email)
    address = f"/workspace/members/{membership_of(BJORN, north).pk}/end/"
    assert "Björn Lindqvist" in desk.get(address).content.decode()
    assert membership_of(BJORN, north).is_active  # looking ends nothing
    desk.post(address)
    assert other.get("/workspace/").status_code == 302
    assert last_act(north) == ("membership.end", [])
    assert BJORN.email not in desk.get("/workspace/members/").content.decode()


@pytest.mark.parametrize("act", ["end", "role"])
def test_the_last_director_stays(desk: Client, north: Organization, act: str) -> None:
    address = f"/workspace/members/{membership_of(AMARA, north).pk}/{act}/"
    answer = desk.post(address, {"role": "supervisor"}, follow=True)
    assert "keeps at least one director" in answer.content.decode()
    assert membership_of(AMARA, north).role == Role.DIRECTOR
    assert membership_of(AMARA, north).is_active


def test_a_director_whose_account_is_closed_does_not_count(amara: User, north: Organization) -> None:
    with organization(north.id):
        erika = Person(ERIKA.name, ERIKA.email, Role.DIRECTOR).sign_up()
        User.objects.filter(pk=erika.pk).update(is_active=False)
        with pytest.raises(ValidationError):
            end_membership(membership=Membership.objects.get(user=amara), by=amara)


@pytest.mark.django_db(transaction=True)
def test_two_directors_cannot_end_each_other_at_once() -> None:
    tenant = create_organization(slug="north", name="Northern Victim Support", by=None)
    with organization(tenant.id):
        people = [AMARA.sign_up(), Person(ERIKA.name, ERIKA.email, Role.DIRECTOR).sign_up()]
        rows = [Membership.objects.get(user=person) for person in people]
    both = Barrier(2)

    def end(number: int) -> None:
        both.wait(timeout=30)
        try:
            with organization(tenant.id):
                end_membership(membership=rows[number], by=people[1 - number])
        except (PermissionDenied, ValidationError):
            pass
        finally:
            connection.close()

    threads = [Thread(target=end, args=[number]) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    with organization(tenant.id):
        assert Membership.objects.filter(role=Role.DIRECTOR, is_active=True).count() == 1


@pytest.mark.parametrize("person", [BJORN, CHIARA, ERIKA], ids=lambda person: person.role)
def test_only_directors_come_here(north: Organization, amara: User, person: Person) -> None:
    client, user = Client(), with_password(person, north)
    sign_in(client, person.email)
    target = membership_of(AMARA, north).pk
    for page in ("members/", "organization/", f"members/{target}/end/"):
        assert client.get(f"/workspace/{page}").status_code == 403
    for page in ("members/", "organization/", f"members/{target}/end/", f"members/{target}/role/"):
        assert client.post(f"/workspace/{page}", {"role": "analyst", "name": "Mine"}).status_code == 403
    with organization(north.id), pytest.raises(PermissionDenied):
        change_role(membership=Membership.objects.get(user=user), role=Role.DIRECTOR, by=user)
    with organization(north.id), pytest.raises(PermissionDenied):
        change_organization(by=user, name="Mine")


def test_nobody_reaches_another_organization_s_members(desk: Client, north: Organization, south: Organization) -> None:
    with organization(south.id):
        sofia = SOFIA.sign_up()
        invitation = invite(email=DAVID.email, role=Role.INTAKE, by=sofia)
    theirs = membership_of(SOFIA, south)
    for page in (
        f"members/{theirs.pk}/end/",
        f"members/{theirs.pk}/role/",
        f"members/invitations/{invitation.pk}/withdraw/",
    ):
        assert desk.post(f"/workspace/{page}", {"role": "analyst"}).status_code == 404
    page = desk.get("/workspace/members/").content.decode()
    assert SOFIA.email not in page
    assert DAVID.email not in page
    with organization(south.id):
        assert Invitation.objects.get().is_open


def test_inviting_shows_the_link_once(desk: Client, north: Organization) -> None:
    answer = desk.post("/workspace/members/", {"email": DAVID.email, "role": "intake"}, follow=True)
    with organization(north.id):
        token = Invitation.objects.get().token
    assert f"/accounts/invitation/{token}/" in answer.content.decode()
    again = desk.get("/workspace/members/").content.decode()
    assert str(token) not in again
    assert DAVID.email in again


def test_inviting_a_member_says_why_not(desk: Client, bjorn: User) -> None:
    answer = desk.post("/workspace/members/", {"email": BJORN.email, "role": "intake"})
    assert "is a member already" in answer.content.decode()


def test_withdrawing_closes_the_link(desk: Client, north: Organization) -> None:
    desk.post("/workspace/members/", {"email": DAVID.email, "role": "intake"})
    with organization(north.id):
        invitation = Invitation.objects.get()
        address = f"/accounts/invitation/{invitation.token}/"
    assert Client().get(address).status_code == 200
    desk.post(f"/workspace/members/invitations/{invitation.pk}/withdraw/")
    assert Client().get(address).status_code == 404


def settings_of(desk: Client) -> dict[str, str]:
    form = desk.get("/workspace/organization/").context["form"]
    return {field.name: field.value() or "" for field in form} | {"languages": "en", "countries": "GB"}


def test_settings_are_changed_on_record_by_the_names_of_fields(desk: Client, north: Organization) -> None:
    fields = settings_of(desk) | {"reply_email": "answers@north.example.org", "accent_color": "#AA0033"}
    assert desk.post("/workspace/organization/", fields)["Location"] == "/workspace/organization/"
    north.refresh_from_db()
    assert (north.reply_email, north.accent_color) == ("answers@north.example.org", "#aa0033")
    assert last_act(north) == ("organization.change", ["accent_color", "countries", "languages", "reply_email"])


def test_saving_without_a_change_leaves_no_trace(desk: Client, north: Organization) -> None:
    fields = settings_of(desk)
    for _ in range(2):
        desk.post("/workspace/organization/", fields)
    with organization(north.id):
        assert AuditEntry.objects.filter(verb="organization.change").count() == 1


def test_a_new_privacy_notice_gets_the_next_version(desk: Client, north: Organization) -> None:
    desk.post("/workspace/organization/", settings_of(desk) | {"privacy_notice": "We tell nobody."})
    north.refresh_from_db()
    assert north.privacy_notice_version == 2


@pytest.mark.parametrize(
    "wrong",
    [{"holding_hours": "337"}, {"holding_hours": "-1"}, {"name": ""}, {"accent_color": "red"}, {"countries": "gb"}],
)
def test_values_that_do_not_fit_are_refused(desk: Client, north: Organization, wrong: dict[str, str]) -> None:
    answer = desk.post("/workspace/organization/", settings_of(desk) | wrong)
    assert (answer.status_code, "errorlist" in answer.content.decode()) == (200, True)
    assert "Constraint" not in answer.content.decode()


def test_a_slug_is_not_changed_by_a_crafted_form(desk: Client, north: Organization) -> None:
    desk.post("/workspace/organization/", settings_of(desk) | {"slug": "taken", "privacy_notice_version": "99"})
    north.refresh_from_db()
    assert (north.slug, north.privacy_notice_version) == ("north", 1)


def test_switching_between_organizations_is_on_record_there(
    desk: Client, amara: User, north: Organization, south: Organization
) -> None:
    with organization(south.id):
        Membership.objects.create(user=amara, role=Role.ANALYST)
    assert desk.get("/workspace/")["Location"] == "/accounts/organization/"  # two now: none is chosen for her
    desk.post("/accounts/organization/", {"organization": str(south.pk)})
    assert "analyst · Southern Victim Support" in desk.get("/workspace/").content.decode()
    assert last_act(south) == ("membership.enter", [])
    assert desk.get("/workspace/members/").status_code == 403


def test_nobody_enters_an_organization_that_is_not_theirs(desk: Client, south: Organization) -> None:
    for chosen in (str(south.pk), "", "nonsense"):
        assert desk.post("/accounts/organization/", {"organization": chosen}).status_code == 404


@pytest.mark.parametrize(
    "email",
    [
        "david@ex\N{CYRILLIC SMALL LETTER A}mple.org",
        "david@ex\N{ZERO WIDTH SPACE}ample.org",
        "david@example.org\N{RIGHT-TO-LEFT OVERRIDE}",
        "david@\N{KELVIN SIGN}ite.example",
    ],
)
def test_an_address_that_looks_like_another_is_not_invited(desk: Client, north: Organization, email: str) -> None:
    answer = desk.post("/workspace/members/", {"email": email, "role": "caseworker"})
    assert "Write the address in the letters a to z." in answer.content.decode()
    with organization(north.id):
        assert not Invitation.objects.exists()


def test_an_address_that_is_too_long_is_refused_and_no_server_error(desk: Client, client: Client) -> None:
    email = f"{'x' * 250}@example.org"
    assert desk.post("/workspace/members/", {"email": email, "role": "caseworker"}).status_code == 200
    assert client.post("/accounts/password/reset/", {"email": email}).status_code == 302
    assert delivered()[-1].to == [email]


def test_what_another_director_changed_meanwhile_stays(desk: Client, north: Organization) -> None:
    Organization.objects.filter(pk=north.pk).update(letterhead="One line\nand another", privacy_notice="We ask.")
    form = desk.get("/workspace/organization/").context["form"]
    opened = {field.html_name: field.value() for field in form}
    opened |= {field.html_initial_name: field.value() for field in form}
    Organization.objects.filter(pk=north.pk).update(reply_email="new@north.example.org")
    desk.post("/workspace/organization/", opened | {"phone": "+44 20 7946 0000"}, follow=True)
    now = Organization.objects.get(pk=north.pk)
    assert (now.phone, now.reply_email) == ("+44 20 7946 0000", "new@north.example.org")
    assert (now.letterhead, now.privacy_notice_version) == ("One line\nand another", 1)


def test_the_form_of_the_settings_brings_back_what_it_was_opened_with(desk: Client) -> None:
    page = desk.get("/workspace/organization/").content.decode()
    assert 'type="hidden" name="initial-reply_email"' in page
