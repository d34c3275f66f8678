"""The application's wall does not see SQL of our own, so every place that writes some is known by name."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "directory", "cases", "letters", "config")
RAW = re.compile(r"\.cursor\(|\.raw\(|\.extra\(|RawSQL")

#: Reviewed by hand: none of them reads or writes a tenant's rows.
REVIEWED = {
    "accounts/ownership.py": "roles and grants",
    "accounts/queries/catalog.py": "PostgreSQL's own tables",
    "accounts/tenancy.py": "the setting that row security reads",
}


def test_sql_of_our_own_stands_only_where_it_was_reviewed() -> None:
    sources = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    found = {str(path.relative_to(ROOT)) for path in sources if RAW.search(path.read_text())}
    assert found - REVIEWED.keys() == set()
