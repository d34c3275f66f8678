"""The vault in object storage keeps the promises of the vault in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from pytest_django import Settings

from accounts import vault
from accounts.models import Organization
from accounts.secrets import SecretError
from accounts.tenancy import organization
from accounts.vault import VaultError
from config import files
from tests.accounts.bucket import client, s3_server
from tests.accounts.test_vault import RECEIPT, SHA256


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    with s3_server() as environment:
        yield environment


@pytest.fixture(autouse=True)
def bucket(server: dict[str, str], settings: Settings, private_folders: Path) -> Iterator[dict[str, str]]:
    """The vault of this test is the server's bucket; it is empty before and after."""
    settings.STORAGES = django_settings.STORAGES | {"vault": files.vault(server, private_folders)}
    yield server
    for name in names(server):
        client(server).delete_object(Bucket="vault", Key=name)


def names(server: dict[str, str]) -> list[str]:
    return [entry["Key"] for entry in client(server).list_objects_v2(Bucket="vault").get("Contents", [])]


def test_a_file_comes_back_by_its_hash(north: Organization) -> None:
    with organization(north.id):
        assert vault.store(RECEIPT) == SHA256
        assert vault.read(SHA256) == RECEIPT


def test_the_same_content_is_kept_once(north: Organization, bucket: dict[str, str]) -> None:
    with organization(north.id):
        vault.store(RECEIPT)
        vault.store(RECEIPT)
    assert len(names(bucket)) == 1


def test_neither_content_nor_hash_leaves_the_machine(north: Organization, bucket: dict[str, str]) -> None:
    with organization(north.id):
        vault.store(RECEIPT)
    [name] = names(bucket)
    assert SHA256 not in name
    assert b"receipt" not in client(bucket).get_object(Bucket="vault", Key=name)["Body"].read()


def test_nobody_reads_it_without_credentials_and_it_has_no_address(north: Organization, bucket: dict[str, str]) -> None:
    with organization(north.id):
        vault.store(RECEIPT)
    [name] = names(bucket)
    grants = client(bucket).get_object_acl(Bucket="vault", Key=name)["Grants"]
    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"], "only the bucket's owner"
    with pytest.raises(ValueError, match="no address"):
        storages["vault"].url(name)


def test_another_organization_does_not_have_it(north: Organization, south: Organization) -> None:
    with organization(north.id):
        vault.store(RECEIPT)
    with organization(south.id), pytest.raises(VaultError):
        vault.read(SHA256)


def test_a_file_moved_to_another_organization_does_not_open(
    north: Organization, south: Organization, bucket: dict[str, str]
) -> None:
    with organization(south.id):
        vault.store(RECEIPT)
    [place] = names(bucket)
    with organization(north.id):
        vault.store(RECEIPT)
    [moved] = set(names(bucket)) - {place}
    client(bucket).copy_object(Bucket="vault", Key=place, CopySource={"Bucket": "vault", "Key": moved})
    with organization(south.id), pytest.raises(SecretError):
        vault.read(SHA256)


def test_an_altered_file_does_not_open(north: Organization, bucket: dict[str, str]) -> None:
    with organization(north.id):
        vault.store(RECEIPT)
        [name] = names(bucket)
        data = client(bucket).get_object(Bucket="vault", Key=name)["Body"].read()
        client(bucket).put_object(Bucket="vault", Key=name, Body=data[:-1] + bytes([data[-1] ^ 1]))
        with pytest.raises(SecretError):
            vault.read(SHA256)


def test_a_name_is_never_changed_to_another(bucket: dict[str, str]) -> None:
    assert storages["vault"].save("a/b", ContentFile(b"1")) == "a/b"
    assert storages["vault"].save("a/b", ContentFile(b"2")) == "a/b"


def test_an_upload_that_breaks_off_leaves_no_file_under_the_name(north: Organization, bucket: dict[str, str]) -> None:
    class Broken(ContentFile):  # type: ignore[type-arg]
        def read(self, *_args: object) -> bytes:
            raise OSError("the other end has gone")

    with pytest.raises(OSError, match="gone"):
        storages["vault"].save("a/broken", Broken(b"content"))
    assert names(bucket) == []


def test_without_a_bucket_the_vault_is_a_private_folder(tmp_path: Path) -> None:
    entry = files.vault({"REDRESS_S3_BUCKET": ""}, tmp_path)
    assert entry["BACKEND"] == "accounts.vault.VaultStorage"
    assert entry["OPTIONS"]["location"] == tmp_path
