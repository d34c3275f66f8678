"""A complete intake of nobody, ways to spoil it, and what comes of it."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cases.intake import Intake, IntakeRefused, parse_intake
from cases.intake.evidence_paths import EvidenceFolder

DATA = Path(__file__).parents[2] / "data"
FULL = DATA / "intake" / "full.json"
TODAY = date(2025, 6, 15)
AGENCIES = frozenset({"cn-embassy-de", "cn-embassy-us", "cn-government-mailbox", "us-ftc", "us-ic3"})

Place = tuple[str | int, ...]
REMOVED: Any = object()


def full() -> dict[str, Any]:
    """A document with every key of the schema."""
    document: dict[str, Any] = json.loads(FULL.read_text("utf-8"))
    return document


def with_value(place: Place, value: Any) -> dict[str, Any]:
    """The complete document with another value at one place; REMOVED takes the key away."""
    document = full()
    parent: Any = document
    for step in place[:-1]:
        parent = parent[step]
    if value is REMOVED:
        del parent[place[-1]]
    else:
        parent[place[-1]] = deepcopy(value)
    return document


def value_at(place: Place) -> Any:
    value: Any = full()
    for step in place:
        value = value[step]
    return value


def place_of(path: str) -> Place:
    """`transfers.0.amount` as steps."""
    return tuple(int(step) if step.isdigit() else step for step in path.split("."))


def path_of(place: Place) -> str:
    return ".".join(map(str, place))


def taken(document: Any) -> Intake:
    """Parse a document (or its bytes) beside the evidence of the complete one."""
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    folder = EvidenceFolder(FULL.parent)
    return parse_intake(data, known_agencies=AGENCIES, today=TODAY, evidence=folder)


def problems_of(call: Callable[[], Intake]) -> list[str]:
    """The lines of the refusal, [] where there is none."""
    try:
        call()
    except IntakeRefused as refused:
        return [str(problem) for problem in refused.problems]
    return []


def refused(document: Any) -> list[str]:
    return problems_of(lambda: taken(document))


def paths(lines: list[str]) -> list[str]:
    return [line.split(": ")[0] for line in lines]


def values(record: Any) -> Iterator[Any]:
    """Every plain value inside a record."""
    if is_dataclass(record):
        for field in fields(record):
            yield from values(getattr(record, field.name))
    elif isinstance(record, tuple):
        for item in record:
            yield from values(item)
    else:
        yield record
