"""The application's wall does not see SQL of our own, so every place that writes some is known by name."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "directory", "cases", "letters", "config")
RAW = re.compile(r"\.cursor\(|\.raw\(|\.extra\(|RawSQL")

#: Reviewed by hand: none reads or writes a tenant's rows, but the backup, which does so organization by organization.
REVIEWED = {
    "accounts/backup/restoring.py": "when constraints are checked",
    "accounts/backup/tables.py": "rows as COPY text, behind the database's wall; its own tests compare every row",
    "accounts/ownership.py": "roles and grants",
    "accounts/queries/catalog.py": "PostgreSQL's own tables",
    "accounts/queries/snapshot.py": "the isolation level of a transaction",
    "accounts/tenancy.py": "the setting that row security reads",
    "config/health.py": "a time-out for the question whether the database answers",
}


def test_sql_of_our_own_stands_only_where_it_was_reviewed() -> None:
    sources = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    found = {str(path.relative_to(ROOT)) for path in sources if RAW.search(path.read_text())}
    assert found - REVIEWED.keys() == set()
