"""Faults put into the walls on purpose: ``check_isolation`` names each, and the probes get through the leaks."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from threading import Thread
from typing import Any
from unittest.mock import patch

import pytest
from celery import shared_task
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models
from psycopg import sql
from pytest_django import DjangoDbBlocker

from accounts import tenancy
from accounts.ownership import as_owner
from accounts.queries.isolation import faults
from accounts.tenancy import NoOrganization, TenantManager, organization
from accounts.tenant_task import TenantTask
from accounts.walls import OWN_ORGANIZATION
from cases.models import Case, Victim
from tests.isolation.probes import PROBES
from tests.isolation.switches import Walls, application_wall_down, rolled_back
from tests.isolation.test_probes import rows_of_two_organizations

READING = {"list_all", "get", "count", "values", "sql_select", "subquery_exists"}
PLACING = {"create_elsewhere", "bulk_create_elsewhere", "sql_copy"}
MOVING = {"move_row_by_update", "sql_move"}


@dataclass(frozen=True)
class Seed:
    """A fault in SQL, as the owner may make it; what the check says of it; probes that get through because of it."""

    statements: str
    fault: str
    leaks: AbstractSet[str] = frozenset()
    model: type[models.Model] = Case


SEEDS = {
    "row security off": Seed(
        "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
        "cases_case: row security is not enabled",
        READING | {"update", "delete", "sql_delete"} | PLACING | MOVING,
    ),
    "row security not forced": Seed(
        "ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY",
        "cases_case: row security is not forced upon the owner",
    ),
    "a policy that checks nothing that is written": Seed(
        f"DROP POLICY tenant ON cases_case;"
        f"CREATE POLICY tenant ON cases_case USING ({OWN_ORGANIZATION}) WITH CHECK (true)",
        "cases_case: policy tenant is not what the wall makes",
        PLACING,
    ),
    "a policy without WITH CHECK": Seed(
        f"DROP POLICY tenant ON cases_case; CREATE POLICY tenant ON cases_case USING ({OWN_ORGANIZATION})",
        "cases_case: policy tenant is not what the wall makes",
    ),
    "a policy for everybody": Seed(
        "DROP POLICY tenant ON cases_case; CREATE POLICY tenant ON cases_case USING (true)",
        "cases_case: policy tenant is not what the wall makes",
        READING | PLACING | MOVING,
    ),
    "one more policy": Seed(
        "CREATE POLICY helpers ON cases_case FOR SELECT USING (true)",
        "cases_case: policy helpers is not on the reviewed list",
        READING,
    ),
    "no policy": Seed("DROP POLICY tenant ON cases_case", "cases_case: policy tenant is missing"),
    "a unique key without the organization": Seed(
        "CREATE UNIQUE INDEX case_number_everywhere ON cases_case (number)",
        "cases_case: unique case_number_everywhere does not contain the organization",
    ),
    "no tenant key": Seed(
        "ALTER TABLE cases_victim DROP CONSTRAINT cases_victim_tenant_key",
        "cases_victim: UNIQUE (organization_id, id) is missing",
    ),
    "no composite foreign key": Seed(
        "ALTER TABLE cases_victim DROP CONSTRAINT cases_victim_case_id_tenant_fk",
        "cases_victim: case_id has no composite foreign key",
        {"point_to_their_row"},
        Victim,
    ),
    "a plain foreign key": Seed(
        "ALTER TABLE cases_victim DROP CONSTRAINT cases_victim_case_id_tenant_fk;"
        "ALTER TABLE cases_victim ADD CONSTRAINT plain FOREIGN KEY (case_id) REFERENCES cases_case (id)",
        "cases_victim: foreign key plain accepts rows of other organizations",
        {"point_to_their_row"},
        Victim,
    ),
    "a shared table that points to a case": Seed(
        "ALTER TABLE accounts_user ADD COLUMN case_id uuid REFERENCES cases_case (id)",
        "accounts_user: is shared, but points to cases_case",
    ),
    "a table that nobody reviewed": Seed(
        "CREATE TABLE notes (id uuid PRIMARY KEY, note text)",
        "notes: has no organization, and is not on the reviewed list",
    ),
    "a tenant table without a wall": Seed(
        "CREATE TABLE notes (id uuid PRIMARY KEY, organization_id uuid NOT NULL)",
        "notes: row security is not enabled",
    ),
    "rows without an organization": Seed(
        "ALTER TABLE cases_case ALTER COLUMN organization_id DROP NOT NULL",
        "cases_case: organization_id is not a required uuid",
    ),
    "keys that can be counted": Seed(
        "CREATE TABLE notes (id bigint PRIMARY KEY, organization_id uuid NOT NULL)",
        "notes: id is no uuid",
    ),
    "a view that reads as its owner": Seed(
        "CREATE VIEW all_cases AS SELECT * FROM cases_case",
        "all_cases: a view without security_invoker",
    ),
    "a materialized view": Seed(
        "CREATE MATERIALIZED VIEW all_cases AS SELECT * FROM cases_case",
        "all_cases: a materialized view",
    ),
    "a function that acts as its owner": Seed(
        "CREATE FUNCTION count_cases() RETURNS bigint LANGUAGE sql SECURITY DEFINER"
        " AS 'SELECT count(*) FROM cases_case'",
        "count_cases(): a SECURITY DEFINER function",
    ),
    "the application may truncate": Seed(
        "GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {role}", "may TRUNCATE cases_case", {"sql_truncate"}
    ),
    "the application owns a table": Seed(
        "GRANT CREATE ON SCHEMA public TO {role}; ALTER TABLE cases_case OWNER TO {role}",
        "the application owns cases_case",
    ),
    "the application bypasses row security": Seed(
        "ALTER ROLE {role} BYPASSRLS", "which has BYPASSRLS", READING | PLACING
    ),
    "the application may make tables": Seed(
        "GRANT CREATE ON SCHEMA public TO {role}", "may CREATE in the schema public"
    ),
    "an audit trail without its trigger": Seed(
        "DROP TRIGGER audit_append_only ON accounts_auditentry", "accounts_auditentry: no trigger refuses"
    ),
    "an audit trail that the application may change": Seed(
        "GRANT UPDATE ON accounts_auditentry TO {role}", "accounts_auditentry: the application may UPDATE"
    ),
}


@contextmanager
def seeded(statements: str) -> Iterator[None]:
    """Make the fault as the owner, then go on with the application's powers; nothing of it remains."""
    role = sql.Identifier(str(settings.DATABASE_APPLICATION["USER"]))
    with rolled_back(owner=True):
        with connection.cursor() as cursor:
            if not is_superuser():
                if "BYPASSRLS" in statements:
                    pytest.skip("only a superuser can make this mistake")
                cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER WITH SET TRUE").format(role))
            cursor.execute(sql.SQL(statements).format(role=role))
            cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(role))
        yield


def is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


@pytest.fixture
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS.keys())
def test_the_check_names_the_fault(database: None, seed: Seed) -> None:
    with seeded(seed.statements):
        assert [fault for fault in faults() if seed.fault in fault]


LEAKS = {name: seed for name, seed in SEEDS.items() if seed.leaks}


@pytest.mark.parametrize("seed", LEAKS.values(), ids=LEAKS.keys())
def test_the_probes_get_through_the_fault(database: None, seed: Seed) -> None:
    with seeded(seed.statements):
        assert leaks(Walls.DATABASE, seed.model, seed.leaks) == seed.leaks


def leaks(
    walls: Walls, model: type[models.Model], names: AbstractSet[str], fault: AbstractContextManager[Any] | None = None
) -> set[str]:
    """Return which of the named probes get through when only these walls stand."""
    pair = rows_of_two_organizations(model)
    with walls.only(), fault or nullcontext(), organization(pair.ours.organization_id):
        return {probe.name for probe in PROBES if probe.name in names and probe.leaks(pair)}


def test_whole_walls_have_no_fault(db: None) -> None:
    assert faults() == []
    call_command("check_isolation", verbosity=0)


def test_the_command_says_no_with_its_exit_status(database: None, capsys: pytest.CaptureFixture[str]) -> None:
    with seeded(SEEDS["no policy"].statements), pytest.raises(SystemExit) as leaving:
        call_command("check_isolation")
    assert leaving.value.code == 1
    assert capsys.readouterr().err == "cases_case: policy tenant is missing\n"


def test_a_plain_manager_is_found_by_the_probes(walls: Walls) -> None:
    def unfiltered(manager: TenantManager[Any]) -> models.QuerySet[Any]:
        return super(TenantManager, manager).get_queryset()

    expected = {"list_all", "get", "update", "delete", "subquery_in"}
    through = leaks(walls, Case, expected, patch.object(TenantManager, "get_queryset", unfiltered))
    # Behind it stands the database, unless that is the wall that is down.
    assert through == (expected if walls is Walls.APPLICATION else set())


def test_a_view_that_reads_as_its_owner_has_the_owner_s_powers(database: None) -> None:
    with as_owner():
        unbound = is_superuser()
    with seeded(SEEDS["a view that reads as its owner"].statements + "; GRANT SELECT ON all_cases TO {role}"):
        pair = rows_of_two_organizations(Case)
        with organization(pair.ours.organization_id), connection.cursor() as cursor:
            cursor.execute("SELECT id FROM all_cases")
            # FORCE binds an owner, but no superuser.
            assert ((pair.theirs.pk,) in cursor.fetchall()) is unbound


def test_a_view_of_the_caller_shows_the_caller_s_organization(database: None) -> None:
    good = "CREATE VIEW all_cases WITH (security_invoker = true) AS SELECT * FROM cases_case"
    with seeded(good + "; GRANT SELECT ON all_cases TO {role}"):
        pair = rows_of_two_organizations(Case)
        assert faults() == []
        with organization(pair.ours.organization_id), connection.cursor() as cursor:
            cursor.execute("SELECT id FROM all_cases")
            assert cursor.fetchall() == [(pair.ours.pk,)]


def test_a_thread_that_forgets_its_organization_fails(db: None) -> None:
    pair = rows_of_two_organizations(Case)
    raised: list[BaseException] = []

    def work() -> None:
        try:
            Case.objects.count()
        except NoOrganization as error:
            raised.append(error)

    with organization(pair.ours.organization_id):
        thread = Thread(target=work)
        thread.start()
        thread.join()
    assert len(raised) == 1


def test_a_task_that_forgets_its_organization_fails(db: None) -> None:
    @shared_task(name="tests.forgetful")
    def forgetful() -> int:
        return Case.objects.count()

    rows_of_two_organizations(Case)
    with pytest.raises(NoOrganization):
        forgetful.apply(throw=True)


def test_a_task_of_an_organization_sees_its_rows_only(db: None) -> None:
    @shared_task(name="tests.counting", base=TenantTask)
    def counting(organization_id: str) -> int:
        return Case.objects.count()

    pair = rows_of_two_organizations(Case)
    assert counting.apply((str(pair.ours.organization_id),), throw=True).get() == 1
    assert counting.apply((str(pair.empty),), throw=True).get() == 0


def visible_after_a_nested_switch() -> set[Any]:
    pair = rows_of_two_organizations(Case)
    with application_wall_down(), organization(pair.ours.organization_id):
        with organization(pair.theirs.organization_id):
            pass
        return {row.pk == pair.theirs.pk for row in Case.objects.all()}


def test_a_nested_switch_does_not_leak_outwards(db: None) -> None:
    assert visible_after_a_nested_switch() == {False}


def test_a_switch_that_forgets_to_restore_would_be_seen(db: None) -> None:
    @contextmanager
    def careless(name: str, value: str, before: str) -> Iterator[None]:
        tenancy._set_config(name, value)
        yield

    with patch.object(tenancy, "_setting", careless):
        assert visible_after_a_nested_switch() == {True}
