"""The rows of tests/data/identifiers: one rule each, with the reason in the column why."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from cases.identifiers import Canonical, canonicalize

FOLDER = Path(__file__).resolve().parents[2] / "data" / "identifiers"


@dataclass(frozen=True)
class Row:
    kind: str
    value: str
    service: str
    country: str
    canonical: str
    found: str
    problems: str
    why: str

    def read(self) -> Canonical:
        return canonicalize(self.kind, self.value, service=self.service, country=self.country)

    def expected_fields(self) -> dict[str, str]:
        return dict(pair.split("=", 1) for pair in self.found.split(";")) if self.found else {}


def rows(name: str = "*") -> list[Row]:
    """The rows of one file, or of all; \\uXXXX in a value stands for an invisible character."""
    found = []
    for path in sorted(FOLDER.glob(f"{name}.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                row["value"] = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match.group(1), 16)), row["value"])
                row["canonical"] = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m.group(1), 16)), row["canonical"])
                found.append(Row(**row))
    return found


def label(row: object) -> str:
    return f"{row.kind}: {row.value[:30]!r} {row.why}" if isinstance(row, Row) else ""
