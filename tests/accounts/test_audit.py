"""The audit trail only grows, and every other change of it is named."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoDbBlocker, Settings

from accounts.actions import audit
from accounts.actions.auditheads import write_heads
from accounts.actions.organizations import create_organization
from accounts.auditchain import entry_hash
from accounts.models import AuditEntry, AuditHead, Organization
from accounts.queries.audit import first_fault, heads_file, written_heads
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, NoOrganization, organization
from tests.isolation.rows import case
from tests.isolation.switches import rolled_back
from tests.people import AMARA


@pytest.fixture(autouse=True)
def heads_elsewhere(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def add(tenant: Organization, acts: int = 5) -> None:
    with organization(tenant.id):
        for _ in range(acts):
            audit.record("case.read", by=None)


def test_an_entry_says_who_did_what_to_which(north: Organization) -> None:
    with organization(north.id):
        amara, target = AMARA.sign_up(), case()
        entry = audit.record("case.change", by=amara, target=target, fields=["held_in", "fraud_kind"])
        entry.refresh_from_db()
    assert (entry.actor_id, entry.verb) == (amara.id, "case.change")
    assert (entry.target_type, entry.target_id) == ("cases.case", str(target.pk))
    assert entry.fields == ["fraud_kind", "held_in"]


def test_an_entry_and_its_act_share_one_transaction(north: Organization) -> None:
    with organization(north.id):
        before = AuditEntry.objects.count()
        with transaction.atomic():
            audit.record("case.read", by=None)
            transaction.set_rollback(True)
        assert AuditEntry.objects.count() == before
    assert first_fault(north, []) is None


def test_without_an_organization_nothing_is_recorded(db: None) -> None:
    with pytest.raises(NoOrganization):
        audit.record("person.sign_in", by=None)


def test_acts_without_an_organization_are_recorded_under_the_platform(db: None) -> None:
    with organization(PLATFORM_ORGANIZATION_ID):
        assert audit.record("directory.verify", by=None).number == 1


def test_each_organization_has_a_chain_of_its_own(north: Organization, south: Organization) -> None:
    add(north, 3)
    add(south, 1)
    assert first_fault(north, []) is None
    assert first_fault(south, []) is None
    with organization(south.id):
        numbers = list(AuditEntry.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


CHANGES = pytest.mark.parametrize(
    "change",
    [
        "UPDATE accounts_auditentry SET verb = 'x'",
        "DELETE FROM accounts_auditentry",
        "TRUNCATE accounts_auditentry",
        "TRUNCATE accounts_organization CASCADE",
    ],
)


@CHANGES
def test_the_application_can_change_nothing(north: Organization, change: str) -> None:
    with organization(north.id), pytest.raises(DatabaseError, match="permission denied"):
        execute(change)


@CHANGES
def test_the_owner_is_refused_too(trail: Organization, change: str) -> None:
    with pytest.raises(DatabaseError, match="the audit trail only grows"):
        execute(change)


# From here on somebody who has the owner's powers switches the trigger off.


@pytest.fixture
def trail(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Organization]:
    """An organization with ten entries, acting with the database owner's powers; undone afterwards."""
    with django_db_blocker.unblock(), rolled_back(owner=True):
        tenant = create_organization(slug="trail", name="Trail", by=None)
        with organization(tenant.id):
            while audit.record("case.read", by=None).number < 10:
                pass
            yield tenant


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # so that no check is pending
        cursor.execute(statement)


def tamper(statement: str) -> None:
    execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER USER")
    execute(statement)
    execute("ALTER TABLE accounts_auditentry ENABLE TRIGGER USER")


def test_a_whole_trail_has_no_fault(trail: Organization) -> None:
    assert first_fault(trail, written_heads()) is None


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'case.export'",
        "at = at + interval '1 second'",
        "target_id = '1'",
        "fields = '{held_in}'",
        "actor_id = (SELECT id FROM accounts_user LIMIT 1)",
    ],
)
def test_a_changed_entry_is_named(trail: Organization, change: str) -> None:
    AMARA.sign_up()
    tamper(f"UPDATE accounts_auditentry SET {change} WHERE number = 4")
    assert first_fault(trail, []) == "entry 4 was changed"


def test_a_deleted_entry_is_named(trail: Organization) -> None:
    tamper("DELETE FROM accounts_auditentry WHERE number = 6")
    assert first_fault(trail, []) == "entry 6 is missing"


def test_entries_in_another_order_are_named(trail: Organization) -> None:
    tamper("UPDATE accounts_auditentry SET number = 100 WHERE number = 5")
    tamper("UPDATE accounts_auditentry SET number = 5 WHERE number = 6")
    tamper("UPDATE accounts_auditentry SET number = 6 WHERE number = 100")
    assert first_fault(trail, []) == "entry 5 does not follow the one before it"


def test_a_cut_tail_is_named_by_the_head(trail: Organization) -> None:
    tamper("DELETE FROM accounts_auditentry WHERE number > 7")
    assert first_fault(trail, []) == "entry 8 is missing: the head counts 10"


def cut_with_care(trail: Organization) -> None:
    """Cut the tail and set the head back, as somebody would who knows how the chain works."""
    tamper("DELETE FROM accounts_auditentry WHERE number > 7")
    last = AuditEntry.objects.get(number=7)
    AuditHead.objects.update(number=7, hash=last.hash)


def test_a_tail_cut_with_care_is_named_by_the_heads_written_outside(trail: Organization) -> None:
    write_heads()
    cut_with_care(trail)
    assert first_fault(trail, []) is None
    assert first_fault(trail, written_heads()) == "entry 8 is missing: there were 10 when the head was written outside"


def test_a_tail_written_anew_is_named_by_the_heads_written_outside(trail: Organization) -> None:
    write_heads()
    cut_with_care(trail)
    for _ in range(5):
        audit.record("case.read", by=None)
    assert first_fault(trail, []) is None
    assert first_fault(trail, written_heads()) == "entry 10 is another than when the head was written outside"


def test_a_head_that_was_written_anew_does_not_hide_the_one_before_it(trail: Organization) -> None:
    write_heads()
    cut_with_care(trail)
    for _ in range(3):
        audit.record("case.read", by=None)
    write_heads()
    assert first_fault(trail, written_heads()) == "entry 10 is another than when the head was written outside"


def test_an_organization_that_is_gone_is_named(trail: Organization, capsys: pytest.CaptureFixture[str]) -> None:
    write_heads()
    with heads_file().open("a") as heads:
        heads.write(f"2026-11-23T12:00:00+00:00 00000000-0000-4000-8000-00000000dead 4 {'a' * 64}\n")
    with pytest.raises(SystemExit) as leaving:
        call_command("verify_audit")
    assert leaving.value.code == 1
    assert "00000000-0000-4000-8000-00000000dead: the organization is missing; 4 entries" in capsys.readouterr().err
    call_command("verify_audit", organization=trail.slug)


def test_an_entry_slipped_in_is_named(trail: Organization) -> None:
    last = AuditEntry.objects.get(number=10)
    slipped = AuditEntry(number=11, at=last.at, verb="case.read", previous_hash=last.hash)
    slipped.hash = entry_hash(slipped)
    slipped.save()
    assert first_fault(trail, []) == "entry 11 is unknown to the head"


def test_the_command_names_the_organization_and_the_entry(
    trail: Organization, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper("DELETE FROM accounts_auditentry WHERE number = 1")
    with pytest.raises(SystemExit) as leaving:
        call_command("verify_audit")
    assert leaving.value.code == 1
    assert capsys.readouterr().err == "trail: entry 1 is missing\n"


def test_the_command_takes_one_organization(north: Organization, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_audit", organization="north")
    assert capsys.readouterr().out == "north: whole\n"
    with pytest.raises(CommandError, match="there is no organization nowhere"):
        call_command("verify_audit", organization="nowhere")


def test_acts_recorded_during_the_walk_are_no_fault(
    north: Organization, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(entry: AuditEntry) -> str:
        if entry.number == 1:
            thread = Thread(target=work)
            thread.start()
            thread.join()
        return entry_hash(entry)

    def work() -> None:
        add(north)
        connection.close()

    monkeypatch.setattr("accounts.queries.audit.entry_hash", meanwhile)
    assert first_fault(north, []) is None


def test_heads_are_appended_and_never_overwritten(north: Organization) -> None:
    call_command("write_audit_heads", verbosity=0)
    call_command("write_audit_heads", verbosity=0)
    heads = [head for head in written_heads() if head.organization_id == north.id]
    assert len(heads) == 2
    assert heads[0] == heads[1]


def test_a_spoilt_line_is_named_and_the_trails_are_walked_all_the_same(
    trail: Organization, capsys: pytest.CaptureFixture[str]
) -> None:
    write_heads()
    whole = heads_file().read_bytes()
    heads_file().write_bytes(whole + whole[:-20])  # the last line is half: its hash is short
    write_heads()
    tamper("DELETE FROM accounts_auditentry WHERE number = 4")
    with pytest.raises(SystemExit) as leaving:
        call_command("verify_audit")
    assert leaving.value.code == 1
    last = whole.count(b"\n") * 2
    assert capsys.readouterr().err.splitlines() == [
        f"audit-heads.log, line {last}: not the head of an audit trail, or half of one",
        "trail: entry 4 is missing",
    ]
    assert len(written_heads()) == 3 * whole.count(b"\n") - 1


@pytest.mark.parametrize("place", ["write", "fsync"])
def test_a_full_disk_leaves_no_half_line(north: Organization, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    write_heads()
    before, write = heads_file().read_bytes(), os.write

    def full(descriptor: int, data: bytes = b"") -> int:
        if place == "write":
            return write(descriptor, data[:100])
        raise OSError(errno.ENOSPC, "no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(f"accounts.actions.auditheads.os.{place}", full)
        with pytest.raises(OSError, match=r"disk is full|no space"):
            write_heads()
    assert heads_file().read_bytes() == before
