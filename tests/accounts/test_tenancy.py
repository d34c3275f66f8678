"""Which organization is acting, and who may see what of their own."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import Membership, Organization, SigningKey
from accounts.tenancy import (
    NoOrganization,
    WrongOrganization,
    acting_user,
    current_organization_id,
    organization,
)
from tests.people import AMARA, BJORN


def setting() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.organization', true), '')")
        return str(cursor.fetchone()[0])


def test_without_an_organization_a_tenant_query_fails_loudly(db: None) -> None:
    with pytest.raises(NoOrganization):
        SigningKey.objects.exists()
    with pytest.raises(NoOrganization):
        SigningKey()


def test_a_queryset_may_be_made_before_an_organization_is_known(north: Organization) -> None:
    newest = SigningKey.objects.order_by("-valid_from")
    with organization(north.id):
        assert newest.count() == 1


def test_the_organization_ends_with_its_block(north: Organization) -> None:
    with organization(north.id):
        assert current_organization_id() == north.id
        assert setting() == str(north.id)
    assert setting() == ""
    with pytest.raises(NoOrganization):
        current_organization_id()


def test_a_nested_block_gives_the_outer_one_back(north: Organization, south: Organization) -> None:
    with organization(north.id):
        with organization(south.id):
            assert setting() == str(south.id)
        assert current_organization_id() == north.id
        assert setting() == str(north.id)


def test_an_error_in_a_nested_block_gives_the_outer_one_back(north: Organization, south: Organization) -> None:
    with organization(north.id):
        with pytest.raises(DatabaseError), organization(south.id), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert current_organization_id() == north.id
        assert setting() == str(north.id)


def test_the_same_organization_again_changes_nothing(north: Organization) -> None:
    with organization(north.id), organization(north.id):
        assert SigningKey.objects.count() == 1


def test_a_block_may_be_marked_for_rollback(north: Organization, south: Organization) -> None:
    with organization(north.id):
        with organization(south.id):
            AMARA.sign_up()
            transaction.set_rollback(True)
        assert setting() == str(north.id)
    with organization(south.id):
        assert not Membership.objects.exists()


def test_an_error_undoes_what_the_block_wrote(north: Organization) -> None:
    with pytest.raises(IntegrityError), organization(north.id):
        Membership.objects.create(user=AMARA.sign_up(), role="analyst")
    with organization(north.id):
        assert not Membership.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_setting_does_not_outlive_its_transaction() -> None:
    with organization(uuid.uuid4()):
        pass
    assert setting() == ""


def test_a_held_row_of_another_organization_is_neither_saved_nor_deleted(
    north: Organization, south: Organization
) -> None:
    with organization(south.id):
        key = SigningKey.objects.get()
    with organization(north.id):
        with pytest.raises(WrongOrganization):
            key.delete()
        with pytest.raises(WrongOrganization):
            key.save()


def test_a_person_sees_their_own_memberships_everywhere_and_nobody_else_s(
    north: Organization, south: Organization
) -> None:
    with organization(north.id):
        amara, bjorn = AMARA.sign_up(), BJORN.sign_up()
    with organization(south.id):
        AMARA.sign_up()
        BJORN.sign_up()
    with acting_user(amara.id):
        seen = {(row.user_id, row.organization_id) for row in Membership.own.all()}
    assert seen == {(amara.id, north.id), (amara.id, south.id)}
    assert bjorn.id != amara.id


def test_a_person_cannot_change_their_own_membership_without_the_organization(north: Organization) -> None:
    with organization(north.id):
        amara = AMARA.sign_up()
    with acting_user(amara.id), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_membership SET role = 'supervisor'")
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM accounts_membership")
        assert cursor.rowcount == 0


def test_own_memberships_need_somebody_who_acts(db: None) -> None:
    with pytest.raises(ImproperlyConfigured):
        Membership.own.exists()


def test_one_person_has_one_role_in_an_organization(north: Organization) -> None:
    with organization(north.id):
        amara = AMARA.sign_up()
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(user=amara, role="analyst")
