"""Files at rest: whole, encrypted, private, and one organization's only."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from accounts import vault
from accounts.actions.keys import erase_data_keys
from accounts.models import Organization
from accounts.secrets import SecretError
from accounts.tenancy import NoOrganization, organization
from accounts.vault import VaultError

RECEIPT = b"%PDF-1.7 a receipt over 1,000 USDT"
SHA256 = hashlib.sha256(RECEIPT).hexdigest()


def files(folder: Path) -> list[Path]:
    return [path for path in (folder / "vault").rglob("*") if path.is_file()]


def test_a_file_comes_back_by_its_hash(north: Organization) -> None:
    with organization(north.id):
        assert vault.store(RECEIPT) == SHA256
        assert vault.read(SHA256) == RECEIPT


def test_the_same_content_is_kept_once(north: Organization, private_folders: Path) -> None:
    with organization(north.id):
        vault.store(RECEIPT)
        vault.store(RECEIPT)
    assert len(files(private_folders)) == 1


def test_neither_content_nor_hash_stands_on_disk(north: Organization, private_folders: Path) -> None:
    with organization(north.id):
        vault.store(RECEIPT)
    [path] = files(private_folders)
    assert b"receipt" not in path.read_bytes()
    assert SHA256 not in str(path)


def test_only_our_own_user_reads_it(north: Organization, private_folders: Path) -> None:
    with organization(north.id):
        vault.store(RECEIPT)
    [path] = files(private_folders)
    assert path.stat().st_mode & 0o777 == 0o600
    assert {
        parent.stat().st_mode & 0o777 for parent in path.parents if parent.is_relative_to(private_folders / "vault")
    } == {0o700}


def test_another_organization_does_not_have_it(north: Organization, south: Organization) -> None:
    with organization(north.id):
        vault.store(RECEIPT)
    with organization(south.id), pytest.raises(VaultError):
        vault.read(SHA256)


def test_a_file_moved_to_another_organization_does_not_open(
    north: Organization, south: Organization, private_folders: Path
) -> None:
    with organization(south.id):
        vault.store(RECEIPT)
        [place] = files(private_folders)
        place.unlink()
    with organization(north.id):
        vault.store(RECEIPT)
        [path] = files(private_folders)
        path.rename(place)
    with organization(south.id), pytest.raises(SecretError):
        vault.read(SHA256)


def test_an_altered_file_does_not_open(north: Organization, private_folders: Path) -> None:
    with organization(north.id):
        vault.store(RECEIPT)
        [path] = files(private_folders)
        data = path.read_bytes()
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        with pytest.raises(SecretError):
            vault.read(SHA256)


def test_erasing_the_keys_erases_the_files(north: Organization) -> None:
    with organization(north.id):
        vault.store(RECEIPT)
        erase_data_keys(by=None)
        with pytest.raises(SecretError):
            vault.read(SHA256)


def test_a_write_that_breaks_off_leaves_no_file_under_the_name(
    north: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("accounts.vault.os.fsync", full)
    with organization(north.id):
        with pytest.raises(OSError, match="no space"):
            vault.store(RECEIPT)
        monkeypatch.undo()
        with pytest.raises(VaultError):
            vault.read(SHA256)
        vault.store(RECEIPT)
        assert vault.read(SHA256) == RECEIPT


def test_a_name_is_never_changed_to_another(db: None) -> None:
    storage = storages["vault"]
    assert storage.save("a/b", ContentFile(b"1")) == "a/b"
    assert storage.save("a/b", ContentFile(b"2")) == "a/b"


def test_without_an_organization_there_is_no_vault(db: None) -> None:
    with pytest.raises(NoOrganization):
        vault.store(RECEIPT)
