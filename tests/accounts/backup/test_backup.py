"""What was backed up on one machine is what another one has after restoring, and it works there."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from uuid import UUID

import pytest

from tests.accounts.backup.installation import KEYS, MASTER_KEY, Installation, tree
from tests.accounts.bucket import client, s3_server

LETTERS = """
from accounts import vault
from accounts.models import Organization
from accounts.tenancy import organization
from letters.models import Letter
from pathlib import Path
from uuid import UUID
for tenant in Organization.objects.all():
    with organization(tenant.id):
        for letter in Letter.objects.filter(state="sealed"):
            path = Path(%r) / f"{tenant.slug}-{letter.agency_key}.pdf"
            path.write_bytes(vault.read(letter.document_sha256))
            print(path)
"""


def test_rows_are_equal_in_every_table_of_every_organization(source: Installation, restored: Installation) -> None:
    rows = source.rows()
    assert restored.rows() == rows
    tenants = {tenant for table, tenant in rows if table == "letters_letter"}
    assert len(tenants) == 2
    assert {"cases_evidence", "cases_transfer", "accounts_auditentry", "directory_mission"} <= {t for t, _ in rows}


def test_files_are_equal(source: Installation, restored: Installation) -> None:
    files = source.files()
    assert len(files) > 10
    assert restored.files() == files
    assert {path.stat().st_mode & 0o777 for path in (restored.var / "vault").rglob("*") if path.is_file()} == {0o600}


def test_a_letter_opens_and_its_signature_is_valid(restored: Installation, tmp_path: Path) -> None:
    paths = restored.python(LETTERS % str(tmp_path)).split()
    assert {Path(path).name.partition("-")[0] for path in paths} == {"north", "south"}
    for path in paths:
        said = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout
        assert "Signature is Valid" in said


def test_walls_and_audit_trails_are_whole(restored: Installation) -> None:
    assert restored.manage("check_isolation").stdout == "The walls are whole.\n"
    audit = restored.manage("verify_audit")
    assert (audit.returncode, audit.stdout) == (0, "north: whole\nplatform: whole\nsouth: whole\n")


def test_the_application_s_role_sees_its_own_organization_alone(restored: Installation) -> None:
    with restored.connect(application=True) as db:
        assert db.execute("SELECT current_user::text").fetchone() == (restored.role,)
        assert db.execute("SELECT count(*) FROM cases_case").fetchone() == (0,)
        ids: dict[str, UUID] = dict(db.execute("SELECT slug, id FROM accounts_organization").fetchall())
        for slug, cases in {"north": 1, "south": 2}.items():
            db.execute("SELECT set_config('app.organization', %s, true)", [str(ids[slug])])
            assert db.execute("SELECT DISTINCT organization_id FROM cases_case").fetchall() == [(ids[slug],)]
            assert db.execute("SELECT count(*) FROM cases_case").fetchone() == (cases,)


def test_work_goes_on_after_it_under_a_new_master_key_too(backup: Path, folder: Path) -> None:
    """In an installation of its own, because other tests compare the restored one. Numbers go on where they were."""
    keys = {"REDRESS_MASTER_KEYS": f"second:{'A' * 43}= {KEYS}"}
    rotated = Installation(f"test_backup_{os.getpid()}_rotated", folder / "rotated", keys)
    try:
        assert rotated.manage("restore", backup).returncode == 0
        assert rotated.manage("rotate_master_key").stdout.startswith("4 data keys wrapped anew\n")
        rotated.python("from django.contrib.contenttypes.models import ContentType as C; C.objects.create(model='new')")
        made = rotated.manage("create_organization", "--slug", "east", "--name", "East")
        assert (made.returncode, made.stdout) == (0, "east\n")
        assert rotated.manage("verify_audit").returncode == 0
    finally:
        rotated.drop()


def test_nothing_personal_and_no_key_stands_in_a_backup(backup: Path) -> None:
    everything = b"".join(path.read_bytes() for path in backup.rglob("*") if path.is_file())
    assert len(everything) > 500_000
    for told in (b"Testperson", b"Margaret", b"27 transfers", b"north.example.org", b"%PDF", MASTER_KEY):
        assert told not in everything, told
    assert {path.stat().st_mode & 0o777 for path in backup.rglob("*") if path.is_file()} == {0o600}


def test_a_backup_can_be_checked_without_a_database(backup: Path, folder: Path) -> None:
    nowhere = Installation("test_backup_nowhere", folder / "nowhere")
    done = nowhere.manage("restore", "--check", backup)
    assert (done.returncode, done.stdout.split()[-2:]) == (0, ["are", "whole"])
    assert not nowhere.exists()


def test_a_database_in_which_people_worked_is_refused_and_stays_as_it_is(backup: Path, restored: Installation) -> None:
    rows, files = restored.rows(), restored.files()
    done = restored.manage("restore", backup)
    assert done.returncode == 1
    assert "restore into an empty one" in done.stderr
    assert (restored.rows(), restored.files()) == (rows, files)


def test_a_restore_that_ended_while_it_migrated_is_begun_again(backup: Path, folder: Path) -> None:
    """Also after it had put files into the vault: they are the same."""
    again = Installation(f"test_backup_{os.getpid()}_again", folder / "again")
    try:
        again.python("call_command('migrate', 'contenttypes', verbosity=0)")
        shutil.copytree(backup / "files", again.var / "vault")
        assert again.manage("restore", backup).returncode == 0
        assert again.files() == tree(backup / "files")
    finally:
        again.drop()


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        (f"first:{'A' * 43}=", "the master key is another"),
        (f"second:{'A' * 43}=", "master key 'first' is not in MASTER_KEYS"),
    ],
)
def test_a_wrong_master_key_is_refused_and_changes_nothing(
    backup: Path, tmp_path: Path, keys: str, reason: str
) -> None:
    stranger = Installation("test_backup_stranger", tmp_path / "stranger", {"REDRESS_MASTER_KEYS": keys})
    done = stranger.manage("restore", backup)
    assert done.returncode == 1
    assert reason in done.stderr
    assert not stranger.exists()
    assert stranger.files() == {}


def test_an_altered_backup_is_refused_and_changes_nothing(backup: Path, tmp_path: Path) -> None:
    altered = tmp_path / "altered"
    shutil.copytree(backup, altered)
    part = max((altered / "rows").iterdir(), key=lambda path: path.stat().st_size)
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(data)
    target = Installation("test_backup_target", tmp_path / "target")
    done = target.manage("restore", altered)
    assert done.returncode == 1
    assert "was altered" in done.stderr
    assert not target.exists()
    assert target.files() == {}


def test_a_vault_that_holds_something_else_is_refused(backup: Path, source: Installation, tmp_path: Path) -> None:
    target = Installation("test_backup_target", tmp_path / "target")
    name = next(iter(source.files()))
    (target.var / "vault" / name).parent.mkdir(parents=True)
    (target.var / "vault" / name).write_bytes(b"something else")
    done = target.manage("restore", backup)
    assert done.returncode == 1
    assert "the vault holds another file" in done.stderr
    assert not target.exists()


def test_a_bucket_is_restored_into_and_backed_up_like_a_folder(
    backup: Path, source: Installation, folder: Path, tmp_path: Path
) -> None:
    with s3_server() as environment:
        in_bucket = Installation(f"test_backup_{os.getpid()}_bucket", folder / "in-bucket", environment)
        try:
            assert in_bucket.manage("restore", backup).returncode == 0
            assert in_bucket.rows() == source.rows()
            listed = client(environment).list_objects_v2(Bucket="vault")["Contents"]
            assert {entry["Key"] for entry in listed} == source.files().keys()
            assert in_bucket.files() == {}
            assert in_bucket.python(LETTERS % str(tmp_path)).split()
            assert in_bucket.manage("backup", tmp_path / "again").returncode == 0
            assert tree(tmp_path / "again" / "files") == source.files()
        finally:
            in_bucket.drop()
