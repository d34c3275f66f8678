"""A secret opens where it was sealed, and nowhere else."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django import Settings

from accounts import masterkeys
from accounts.actions.keys import add_data_key, erase_data_keys
from accounts.masterkeys import MasterKeyError
from accounts.models import DataKey, Organization, SigningKey
from accounts.secrets import SEALING, Place, SecretError, keyed_hash, open_sealed, seal
from accounts.tenancy import NoOrganization, WrongOrganization, organization


def place_in(tenant: Organization) -> Place:
    return Place(tenant.id, "cases_victim", "full_name", str(uuid.uuid4()))


def test_what_is_sealed_opens_in_its_place(north: Organization) -> None:
    place = place_in(north)
    with organization(north.id):
        assert open_sealed(seal("诈骗".encode(), place), place).decode() == "诈骗"


def test_the_same_text_is_never_sealed_alike(north: Organization) -> None:
    place = place_in(north)
    with organization(north.id):
        assert seal(b"text", place) != seal(b"text", place)


@pytest.mark.parametrize("elsewhere", [{"table": "cases_case"}, {"column": "email"}, {"row": str(uuid.uuid4())}])
def test_moved_to_another_place_it_does_not_open(north: Organization, elsewhere: dict[str, Any]) -> None:
    place = place_in(north)
    with organization(north.id):
        token = seal(b"text", place)
        with pytest.raises(SecretError, match="moved"):
            open_sealed(token, replace(place, **elsewhere))


def test_places_that_read_alike_are_different(north: Organization) -> None:
    with organization(north.id):
        token = seal(b"text", Place(north.id, "a", "b", "c"))
        with pytest.raises(SecretError):
            open_sealed(token, Place(north.id, 'a", "b', "c", ""))


def test_another_organization_cannot_open_it(north: Organization, south: Organization) -> None:
    place = place_in(north)
    with organization(north.id):
        token = seal(b"text", place)
    with organization(south.id):
        with pytest.raises(WrongOrganization):
            open_sealed(token, place)
        with pytest.raises(SecretError, match="another organization"):
            open_sealed(token, replace(place, organization_id=south.id))


def test_one_flipped_bit_anywhere_is_noticed(north: Organization) -> None:
    place = place_in(north)
    with organization(north.id):
        token = seal(b"text", place)
        for at in range(len(token)):
            flipped = token[:at] + bytes([token[at] ^ 1]) + token[at + 1 :]
            with pytest.raises(SecretError):
                open_sealed(flipped, place)


@pytest.mark.parametrize("rubbish", [b"", b"\x01", b"plain text that is long enough to be a token, but is none"])
def test_what_is_no_token_is_refused(north: Organization, rubbish: bytes) -> None:
    with organization(north.id), pytest.raises(SecretError):
        open_sealed(rubbish, place_in(north))


def test_without_an_organization_there_is_no_key(north: Organization) -> None:
    with pytest.raises(NoOrganization):
        seal(b"text", place_in(north))


def test_a_new_data_key_seals_and_the_old_one_still_opens(north: Organization) -> None:
    place = place_in(north)
    with organization(north.id):
        before = seal(b"text", place)
        add_data_key(kind=SEALING, by=None)
        after = seal(b"text", place)
        assert before[1:17] != after[1:17]
        assert open_sealed(before, place) == open_sealed(after, place) == b"text"


def test_a_key_made_elsewhere_meanwhile_is_found(north: Organization) -> None:
    place = place_in(north)
    with organization(north.id):
        seal(b"text", place)  # the block knows its keys now
        key = DataKey(kind=SEALING)
        key.wrapped, key.master_key_id = masterkeys.wrap(b"k" * 32, key.binding())
        key.save(force_insert=True)
        with organization(north.id):
            assert open_sealed(seal(b"text", place), place) == b"text"


def test_deleting_the_keys_erases(north: Organization) -> None:
    place = place_in(north)
    with organization(north.id):
        token = seal(b"text", place)
        assert erase_data_keys(by=None) == 2
        with pytest.raises(SecretError, match="deleted"):
            open_sealed(token, place)
        with pytest.raises(SecretError, match="no sealing key"):
            seal(b"text", place)
        with pytest.raises(SecretError, match="no hashing key"):
            keyed_hash(b"text", "test")


def test_a_keyed_hash_differs_by_organization_and_purpose(north: Organization, south: Organization) -> None:
    with organization(north.id):
        here = {keyed_hash(b"text", "files"), keyed_hash(b"text", "mail")}
        assert keyed_hash(b"text", "files") in here
    with organization(south.id):
        here.add(keyed_hash(b"text", "files"))
    assert len(here) == 3


def test_a_new_master_key_wraps_everything_anew(north: Organization, settings: Settings) -> None:
    place, old = place_in(north), dict(settings.MASTER_KEYS)
    with organization(north.id):
        token = seal(b"text", place)
    settings.MASTER_KEYS = {"new": b"n" * 32, **old}
    call_command("rotate_master_key", verbosity=0)
    settings.MASTER_KEYS = {"new": b"n" * 32}
    with organization(north.id):
        assert {key.master_key_id for key in DataKey.objects.all()} == {"new"}
        assert open_sealed(token, place) == b"text"


def test_without_its_master_key_nothing_opens(north: Organization, settings: Settings) -> None:
    settings.MASTER_KEYS = {"other": b"o" * 32}
    with organization(north.id), pytest.raises(MasterKeyError, match="is not in MASTER_KEYS"):
        seal(b"text", place_in(north))


def test_a_wrapped_key_does_not_unwrap_in_another_row(north: Organization) -> None:
    with organization(north.id):
        first, second = DataKey.objects.order_by("kind")
        DataKey.objects.filter(pk=second.pk).update(wrapped=first.wrapped)
    with organization(north.id), pytest.raises(MasterKeyError, match="altered"):
        seal(b"text", place_in(north))


# The same through model fields; the signing key's is a text.


def test_the_column_holds_no_plain_text(north: Organization) -> None:
    with organization(north.id):
        with connection.cursor() as cursor:
            cursor.execute("SELECT private_key FROM accounts_signingkey")
            stored = bytes(cursor.fetchone()[0])
        assert b"PRIVATE KEY" not in stored
        assert "PRIVATE KEY" in SigningKey.objects.get().private_key


def test_a_copied_row_does_not_take_the_secret_along(north: Organization) -> None:
    with organization(north.id):
        key = SigningKey.objects.get()
        key.id, key.serial = uuid.uuid4(), "copied"
        with pytest.raises(SecretError):
            key.save(force_insert=True)


def test_ciphertext_moved_between_rows_fails_when_it_is_read(north: Organization) -> None:
    with organization(north.id):
        key = SigningKey.objects.get()
        other = SigningKey.objects.create(
            private_key="other", certificate="-", serial="2", valid_from=key.valid_from, valid_to=key.valid_to
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE accounts_signingkey SET private_key ="
                " (SELECT private_key FROM accounts_signingkey WHERE id = %s) WHERE id = %s",
                [key.pk, other.pk],
            )
        with pytest.raises(SecretError):
            _ = SigningKey.objects.get(pk=other.pk).private_key


def test_update_with_plain_text_is_refused(north: Organization) -> None:
    with organization(north.id):
        key = SigningKey.objects.get()
        with pytest.raises(TypeError, match="encrypted"), transaction.atomic():
            SigningKey.objects.update(private_key="plain")
        key.private_key = "plain"
        with pytest.raises(TypeError, match="encrypted"):
            SigningKey.objects.bulk_update([key], ["private_key"])


def test_an_encrypted_field_cannot_be_searched(north: Organization) -> None:
    with organization(north.id), pytest.raises(FieldError):
        SigningKey.objects.filter(private_key__contains="A").exists()
    with organization(north.id), pytest.raises(FieldError):
        SigningKey.objects.filter(private_key="A").exists()


def test_saving_other_fields_keeps_the_secret(north: Organization) -> None:
    with organization(north.id):
        key = SigningKey.objects.get()
        plain, key.certificate = key.private_key, "-"
        key.save()
        key.refresh_from_db()
        assert key.private_key == plain
        assert SigningKey.objects.defer("private_key").get().private_key == plain


def test_values_show_ciphertext_that_does_not_print(north: Organization) -> None:
    with organization(north.id):
        assert str(SigningKey.objects.values("private_key").get()) == "{'private_key': <sealed>}"
