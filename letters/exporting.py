"""Writing the reports of a case into a folder: what is there afterwards is what the plan says."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from accounts import vault
from letters.plan_file import files_of
from letters.standing import Asked

_NAMES = ("report.pdf", "report.eml")
_KEY = re.compile("[a-z0-9-]+")  # of an agency; nothing that could lead out of the folder


def write_reports(folder: Path, document: dict[str, Any], asked: list[Asked]) -> None:
    """Write plan.json and the files of every report; remove those of an earlier run that are no more.

    Each file appears whole or not at all. Runs in the organization whose vault has the files. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for key in _earlier_keys(folder / "plan.json") - {one.standing.row.key for one in asked}:
        _remove_others(folder, key, {})
    for one in asked:
        key = one.standing.row.key
        files = files_of(key, one.letter)
        _remove_others(folder, key, files)
        for path, sha256 in files.items():
            _write(folder / path, vault.read(sha256))
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    _write(folder / "plan.json", text.encode())


def _earlier_keys(plan: Path) -> set[str]:
    """The agencies of the plan that stands there: one that left the plan must leave no letter behind."""
    try:
        reports = json.loads(plan.read_bytes())["reports"]
        return {row["agency"] for row in reports if _KEY.fullmatch(row["agency"])}
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return set()


def _remove_others(folder: Path, key: str, files: dict[str, str]) -> None:
    for name in _NAMES:
        if f"{key}/{name}" not in files:
            (folder / key / name).unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
