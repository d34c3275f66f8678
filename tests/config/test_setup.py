"""What set-up promises: private secrets, an application that the walls bind, a server that leaves with us."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from accounts import ownership
from config import embedded, secrets, server

ROOT = Path(__file__).resolve().parents[2]


# Secrets


def test_secrets_are_private_and_stay_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    made = secrets.master_keys(folder, production=False), secrets.secret_key(folder, production=False)
    assert made == (secrets.master_keys(folder, production=True), secrets.secret_key(folder, production=True))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


@pytest.fixture
def no_secrets_in_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "REDRESS_MASTER_KEYS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("no_secrets_in_environment")
def test_production_never_makes_up_a_secret(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        secrets.secret_key(tmp_path, production=True)
    with pytest.raises(ImproperlyConfigured, match="REDRESS_MASTER_KEYS"):
        secrets.master_keys(tmp_path, production=True)
    assert not list(tmp_path.iterdir())


def test_the_first_master_key_is_the_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDRESS_MASTER_KEYS", f"new:{'B' * 43}=, old:{'A' * 43}=")
    keys = secrets.master_keys(tmp_path, production=True)
    assert list(keys) == ["new", "old"]
    assert keys["old"] == bytes(32)


@pytest.mark.parametrize("text", ["AAAA", "a:AAAA", ":" + "A" * 43 + "=", f"a:{'A' * 43}= a:{'B' * 43}=", "a:***"])
def test_a_broken_master_key_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("REDRESS_MASTER_KEYS", text)
    with pytest.raises(ImproperlyConfigured, match="REDRESS_MASTER_KEYS"):
        secrets.master_keys(tmp_path, production=True)


# The application's role


@pytest.mark.django_db
def test_the_application_is_nobody_special() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles"
            " WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False,) * 5
        cursor.execute("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE accounts_organization CASCADE",
        "CREATE TABLE mine (id int)",
        "ALTER TABLE accounts_organization DISABLE ROW LEVEL SECURITY",
        "DROP TABLE accounts_organization CASCADE",
        "UPDATE django_migrations SET name = name",
        "SET ROLE {owner}",
    ],
)
def test_the_application_cannot(statement: str) -> None:
    owner = connection.ops.quote_name(str(settings.DATABASE_OWNER["USER"]))
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement.format(owner=owner))


@pytest.mark.django_db
def test_append_only_tables_take_new_rows_and_no_other_change() -> None:
    tables = ownership.append_only_tables()
    assert "accounts_auditentry" in tables
    with connection.cursor() as cursor:
        for table in tables:
            for privilege, allowed in {"SELECT": True, "INSERT": True, "UPDATE": False, "DELETE": False}.items():
                cursor.execute("SELECT has_table_privilege(current_user, %s, %s)", [table, privilege])
                assert cursor.fetchone() == (allowed,), (table, privilege)


@pytest.mark.django_db(transaction=True)
def test_the_owner_is_there_for_a_block_and_leaves_with_it() -> None:
    def who() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            return str(cursor.fetchone()[0])

    application, owner = settings.DATABASE_APPLICATION["USER"], settings.DATABASE_OWNER["USER"]
    with ownership.as_owner():
        with ownership.as_owner():
            assert who() == owner
        assert who() == owner
    assert who() == application
    with pytest.raises(RuntimeError), transaction.atomic(), ownership.as_owner():
        pass


@pytest.mark.django_db
def test_every_model_change_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# The embedded server


@pytest.fixture(scope="module")
def new_place(tmp_path_factory: pytest.TempPathFactory) -> embedded.Place:
    return embedded.Place.under(tmp_path_factory.mktemp("embedded"))


@pytest.fixture
def place(new_place: embedded.Place) -> Iterator[embedded.Place]:
    yield new_place
    assert not server_processes(new_place), "the server was left behind"


HOLDER = """
import signal, sys
from pathlib import Path
from config import embedded
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # `nohup make test` has it ignored
embedded.hold(embedded.Place.under(Path(sys.argv[1])))
print("held", flush=True)
sys.stdin.read()
"""


def start_holder(place: embedded.Place) -> "subprocess.Popen[str]":
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(place.data.parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def end(holder: "subprocess.Popen[str]", sign: int | None = None) -> int:
    if sign is not None:
        holder.send_signal(sign)
    holder.communicate(timeout=60)
    return holder.returncode


def runs(place: embedded.Place) -> bool:
    return (place.data / "postmaster.pid").exists()


def test_the_embedded_server_leaves_with_the_last_process_that_uses_it(place: embedded.Place) -> None:
    first, second = start_holder(place), start_holder(place)
    assert end(first) == 0
    assert runs(place)
    assert end(second, signal.SIGTERM) == 128 + signal.SIGTERM
    assert not runs(place)


def test_a_killed_process_does_not_keep_the_server_for_ever(place: embedded.Place) -> None:
    killed, last = start_holder(place), start_holder(place)
    assert end(killed, signal.SIGKILL) == -signal.SIGKILL
    assert end(last) == 0
    assert not runs(place)


@pytest.mark.django_db
def test_an_embedded_server_that_died_is_started_again_by_who_needs_it_next(
    place: embedded.Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EMBEDDED_POSTGRES", place)
    needy = connection.copy()
    needy.settings_dict |= {"HOST": str(place.sockets), "PORT": "5432", "NAME": "postgres", "USER": "postgres"}
    try:
        needy.connect()
        server.stop(place, "immediate")
        needy.close()
        needy.connect()
        assert needy.is_usable()
    finally:
        needy.close()
        embedded._leave(place, os.getpid())


def test_only_we_can_enter_the_embedded_server(place: embedded.Place) -> None:
    holder = start_holder(place)
    assert stat.S_IMODE(place.sockets.stat().st_mode) == 0o700
    listening = [c for c in psutil.net_connections("tcp") if c.status == "LISTEN" and c.pid in server_processes(place)]
    assert not listening
    end(holder)


def test_a_path_too_long_for_a_socket_gets_one_elsewhere(tmp_path: Path) -> None:
    place = embedded.Place.under(tmp_path / ("long" * 30))
    holder = start_holder(place)
    assert place.sockets.stat().st_mode & 0o777 == 0o700
    assert end(holder, signal.SIGHUP) == 128 + signal.SIGHUP
    assert not place.sockets.exists()
    assert not server_processes(place)


def test_a_socket_folder_that_another_prepared_is_refused(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "sockets").symlink_to(tmp_path / "theirs")
    place = embedded.Place(tmp_path / "postgres", tmp_path / "sockets")
    with pytest.raises(RuntimeError, match="is not a folder of"):
        embedded.hold(place)


def server_processes(place: embedded.Place) -> set[int]:
    return {p.pid for p in psutil.process_iter(["cmdline"]) if str(place.data) in (p.info["cmdline"] or [])}


# The lock file


def test_the_lock_names_no_host_and_every_file_by_its_hash(tmp_path: Path) -> None:
    check = ROOT / "bin/lock-names-no-host"
    assert subprocess.run([check], cwd=ROOT, check=False).returncode == 0
    told = tmp_path / "requirements.lock"
    told.write_text("--index-url https://packages.example.org/simple\n" + (ROOT / "requirements.lock").read_text())
    assert subprocess.run([check, told], cwd=ROOT, check=False, capture_output=True).returncode == 1
    pins = [line for line in (ROOT / "requirements.lock").read_text().splitlines() if line[:1].isalnum()]
    assert pins
    assert all(pin.endswith("\\") for pin in pins), "a pin without a hash"
