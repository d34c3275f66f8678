"""From an accepted document to its records; the document has passed every check, so nothing can fail here.

The records have the names and the shape of the schema, so their types say what each value becomes.
"""

from collections.abc import Callable
from dataclasses import is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from cases.intake.evidence import EvidenceLedger
from cases.intake.evidence_paths import EvidenceSource
from cases.intake.formats import moment
from cases.intake.records import EvidenceItem, Intake
from cases.intake.texts import kept

_VALUES: dict[object, Callable[[Any], Any]] = {
    bool: bool,
    date: date.fromisoformat,
    datetime: moment,
    Decimal: Decimal,
    str: kept,
}


def built(document: dict[str, Any], ledger: EvidenceLedger, source: EvidenceSource | None) -> Intake:
    """Turn a document without problems into an Intake."""
    members = {key: value for key, value in document.items() if key not in ("schema", "evidence")}
    if "transfers" in members:
        members["transfers"] = [_with_day(row) for row in members["transfers"]]
    intake: Intake = _reader(Intake)(members)
    if source is None:
        return intake
    return replace(intake, evidence=tuple(_item(row, ledger, source) for row in document.get("evidence", ())))


def _with_day(transfer: dict[str, Any]) -> dict[str, Any]:
    """Where only the time is given, the day is the one it names, in its own zone."""
    return {"sent_on": transfer["sent_at"][:10], **transfer} if "sent_at" in transfer else transfer


def _item(row: dict[str, Any], ledger: EvidenceLedger, source: EvidenceSource) -> EvidenceItem:
    """Keep the path exactly as given: a file system tells two normal forms of one name apart."""
    fingerprint = ledger[row["path"]]
    description = kept(row["description"]) if "description" in row else None
    return EvidenceItem(row["path"], fingerprint.sha256, fingerprint.size, source, description)


@cache
def _reader(wanted: Any) -> Callable[[Any], Any]:
    """Give the function that makes a value of the wanted type: a record, a tuple, a word, a plain value."""
    if wanted in _VALUES:
        return _VALUES[wanted]
    if is_dataclass(wanted):
        return _record_reader(wanted)
    if get_origin(wanted) is tuple:
        read_one = _reader(get_args(wanted)[0])
        return lambda values: tuple(map(read_one, values))
    if choices := get_args(wanted):  # X | None: a document has no null
        return _reader(choices[0])
    word: Callable[[Any], Any] = wanted
    return word


def _record_reader(wanted: Any) -> Callable[[Any], Any]:
    readers = {name: _reader(hint) for name, hint in get_type_hints(wanted).items() if hint is not EvidenceSource}
    return lambda members: wanted(**{name: readers[name](value) for name, value in members.items()})
