"""An installation of its own: a database, a folder for all that it keeps, and commands run as child processes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from django.conf import settings
from psycopg import sql

from config.secrets import derived_password
from letters.documents.fonts import FONTS, ensure_fonts

MASTER_KEY = bytes(range(32))
KEYS = f"first:{b64encode(MASTER_KEY).decode()}"


@dataclass(frozen=True)
class Installation:
    """Shares nothing with another one but the database server and its owner."""

    database: str
    var: Path
    more: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        ensure_fonts()  # they are the machine's: building them takes half a minute
        self.var.mkdir(exist_ok=True)
        if not (self.var / "fonts").exists():
            (self.var / "fonts").symlink_to(FONTS)
        inherited = {name: value for name, value in os.environ.items() if name != "APP_DATABASE_URL"}
        own = {"DATABASE_URL": self._url(), "REDRESS_VAR": str(self.var), "REDRESS_MASTER_KEYS": KEYS}
        return inherited | {"DJANGO_SETTINGS_MODULE": "config.settings"} | own | self.more

    def manage(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command of manage.py to its end."""
        return self.run("manage.py", *arguments)

    def python(self, code: str) -> str:
        """Run code with Django set up and `call_command` at hand; return what it printed."""
        setup = "import django; django.setup(); from django.core.management import call_command\n"
        done = self.run("-c", setup + code)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run Python with these arguments to its end."""
        command = [sys.executable, *map(str, arguments)]
        return subprocess.run(
            command, env=self.environment(), cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
        )

    def connect(self, *, application: bool = False) -> psycopg.Connection:
        """Enter the database as its owner, or as the application's role, by any way but the product's."""
        if not application:
            return psycopg.connect(self._url())
        return psycopg.connect(self._url(), user=self.role, password=derived_password(MASTER_KEY, self.role))

    @property
    def role(self) -> str:
        """The application's role, which is made when the database is."""
        return f"{self.database}_app"

    def exists(self) -> bool:
        """Whether the database is there."""
        with _server() as db:
            return bool(db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database]).fetchone())

    def rows(self) -> dict[tuple[str, str], tuple[int, str]]:
        """Count and MD5 of the rows of every table that has any, per organization ('' for a shared table)."""
        with self.connect() as db:
            organizations = [str(row[0]) for row in db.execute("SELECT id FROM accounts_organization").fetchall()]
            found = {}
            for name, walled in db.execute(
                "SELECT relname::text, relrowsecurity FROM pg_class"
                " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'django_migrations'"
            ).fetchall():
                for tenant in organizations if walled else [""]:
                    db.execute("SELECT set_config('app.organization', %s, true)", [tenant])
                    # Said again: a superuser's login, which a real server may have as owner, sees through the wall.
                    own = sql.SQL("WHERE organization_id = {}").format(tenant) if tenant else sql.SQL("")
                    query = sql.SQL("SELECT count(*), md5(string_agg(t::text, ';' ORDER BY t::text)) FROM {} t {}")
                    count, digest = db.execute(query.format(sql.Identifier(name), own)).fetchone() or (0, "")
                    if count:
                        found[name, tenant] = (count, digest)
        return found

    def files(self) -> dict[str, str]:
        """SHA-256 of every file of the vault's folder."""
        return tree(self.var / "vault")

    def drop(self) -> None:
        """Leave nothing on the server."""
        with _server() as db:
            db.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.database)))
            db.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(self.role)))

    def _url(self) -> str:
        return owner_url(self.database)


def owner_url(database: str) -> str:
    """The owner's address of a database on the tests' server."""
    login = settings.DATABASE_OWNER
    user, password = (quote(str(login[key]), safe="") for key in ("USER", "PASSWORD"))
    options = {name: value for name, value in {"host": login["HOST"], "port": login["PORT"]}.items() if value}
    return f"postgres://{user}:{password}@/{database}?{urlencode(options)}"


def tree(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _server() -> psycopg.Connection:
    return psycopg.connect(owner_url("postgres"), autocommit=True)
