"""A backup is whole, or it is refused; what cannot be restored whole is taken back."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from accounts.backup import BackupRefused, restore_backup, verify_backup, write_backup
from accounts.backup.parts import BackupKey, opened, written
from accounts.masterkeys import MasterKeyError
from accounts.models import Organization, User
from accounts.ownership import as_owner
from accounts.tenancy import PLATFORM_ORGANIZATION_ID
from letters.delivery.doubting import hold_everything
from tests.accounts.backup.installation import MASTER_KEY, tree

FLIPS = 150


@pytest.fixture(autouse=True)
def same_keys(settings: Settings) -> None:
    settings.MASTER_KEYS = {"first": MASTER_KEY}


@pytest.fixture
def copy(backup: Path, tmp_path: Path) -> Path:
    """The backup once more, to be spoilt."""
    return Path(shutil.copytree(backup, tmp_path / "copy"))


def parts(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def flip(path: Path, position: int) -> None:
    with path.open("r+b") as file:
        file.seek(position)
        [byte] = file.read(1)
        file.seek(position)
        file.write(bytes([byte ^ (1 << random.randrange(8))]))


def test_a_whole_backup_is_not_refused(backup: Path) -> None:
    _, manifest = verify_backup(backup)
    assert (manifest.organizations, len(manifest.files)) == (3, len(tree(backup / "files")))


def test_a_flipped_bit_anywhere_is_refused(copy: Path) -> None:
    whole = {path: path.read_bytes() for path in parts(copy)}
    ends = [(path, position) for path, data in whole.items() for position in (0, 17, 33, len(data) - 1)]
    anywhere = [(path, random.randrange(len(whole[path]))) for path in random.choices(list(whole), k=FLIPS)]
    for path, position in [*ends, *anywhere]:
        flip(path, position)
        with pytest.raises((BackupRefused, MasterKeyError)):
            verify_backup(copy)
        path.write_bytes(whole[path])
    verify_backup(copy)


def spoil_by_removing(path: Path) -> None:
    path.unlink()


def spoil_by_cutting(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def spoil_by_cutting_a_chunk(path: Path) -> None:
    chunk = (1 << 18) + 16
    data = path.read_bytes()
    path.write_bytes(data[: max(len(data) - len(data) % chunk, 40)])


def spoil_by_adding(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def spoil_by_emptying(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    "spoil", [spoil_by_removing, spoil_by_cutting, spoil_by_cutting_a_chunk, spoil_by_adding, spoil_by_emptying]
)
def test_an_incomplete_backup_is_refused(copy: Path, spoil: Callable[[Path], None]) -> None:
    for path in [copy / "manifest", *(copy / "rows").iterdir(), parts(copy / "files")[0]]:
        before = path.read_bytes()
        spoil(path)
        with pytest.raises(BackupRefused):
            verify_backup(copy)
        path.write_bytes(before)
    verify_backup(copy)


def test_parts_that_changed_places_are_refused(copy: Path) -> None:
    first, second = sorted((copy / "rows").iterdir())[:2]
    first.rename(copy / "other")
    second.rename(first)
    (copy / "other").rename(second)
    with pytest.raises(BackupRefused, match="was altered"):
        verify_backup(copy)


def test_a_part_of_another_backup_is_refused(copy: Path) -> None:
    with written(copy / "rows", "new", BackupKey.new()) as part:
        part.write(b"")
    (copy / "rows" / "new").rename(copy / "rows" / "shared")
    with pytest.raises(BackupRefused, match="another backup"):
        verify_backup(copy)


@pytest.mark.parametrize("size", [0, 1, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, 3 << 18])
def test_a_part_of_any_size_comes_back(tmp_path: Path, size: int) -> None:
    data, key = random.randbytes(size), BackupKey.new()
    with written(tmp_path, "part", key) as part:
        for start in range(0, size, 1000):
            part.write(data[start : start + 1000])
    with opened(tmp_path, "part", key) as (_, reader):
        assert b"".join(reader.take(size)) == data
        reader.finish()


def test_a_folder_that_holds_something_is_not_written_to(tmp_path: Path, transactional_db: None) -> None:
    (tmp_path / "yesterday").touch()
    with pytest.raises(BackupRefused, match="is not empty"):
        write_backup(tmp_path)


def test_a_backup_that_broke_off_is_none(
    tmp_path: Path, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_folder: Path) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("accounts.backup.writing.files.copy_out", full)
    with pytest.raises(OSError, match="no space"):
        write_backup(tmp_path)
    with pytest.raises(BackupRefused, match="no complete backup"):
        verify_backup(tmp_path)


def test_a_backup_of_another_version_is_refused(backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.backup.schema.last_migrations", lambda: ("accounts.0099_later",))
    with pytest.raises(BackupRefused, match=r"another version of Redress \(.*accounts\.0099_later"):
        restore_backup(backup, last=hold_everything)


def test_a_database_of_something_else_is_refused(backup: Path, transactional_db: None) -> None:
    with as_owner():
        connection.cursor().execute("CREATE TABLE songs (title text)")
        try:
            with pytest.raises(BackupRefused, match="something else"):
                restore_backup(backup, last=hold_everything)
        finally:
            connection.cursor().execute("DROP TABLE songs")


@pytest.mark.parametrize("place", ["accounts.backup.restoring.first_fault", "accounts.backup.files.stored_sha256"])
def test_what_comes_out_otherwise_is_taken_back_whole(
    backup: Path,
    private_folders: Path,
    transactional_db: None,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(place, lambda *_args: "entry 3 is missing")
        with pytest.raises(BackupRefused, match=r"entry 3 is missing|out of the vault otherwise"):
            restore_backup(backup, last=hold_everything)
    assert list(Organization.objects.values_list("pk", flat=True)) == [PLATFORM_ORGANIZATION_ID]
    assert not User.objects.exists()
    assert tree(private_folders / "vault") == {}
    assert restore_backup(backup, last=hold_everything).organizations == 3
    assert tree(private_folders / "vault") == tree(backup / "files")
