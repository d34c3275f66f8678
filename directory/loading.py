"""Bringing the directory's data files into the database, without undoing what a person changed there."""

import csv
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Manager

from directory.enums import AgencyKind, Channel, Purpose, Status
from directory.geography.countries import DATA
from directory.models import Agency, ContactPoint, Mission
from directory.models.base import Sourced

Row = dict[str, str]
Point = tuple[str, dict[str, Any]]  # the agency's key, and the values of a contact point
S = TypeVar("S", bound=Sourced)
_SOURCE = ("source", "source_date", "source_confidence", "note")


@dataclass
class Loaded:
    """What a load did, per table: rows added, updated, kept because a person changed them, and left as they were."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return any(counts["added"] or counts["updated"] for counts in self.counts.values())

    def __str__(self) -> str:
        states = ("added", "updated", "kept", "unchanged")
        return "\n".join(
            f"{table}: " + ", ".join(f"{counts[state]} {state}" for state in states)
            for table, counts in self.counts.items()
        )


@transaction.atomic
def load(folder: Path = DATA) -> Loaded:
    """Load `agencies.csv` and `missions.csv` of `folder`. Nothing is ever deleted.

    A row is updated only while its values are those last loaded and nobody verified it. Raise
    `django.db.IntegrityError` for rows that the tables' constraints refuse; then nothing is loaded.
    """
    agency_rows, mission_rows = _read(folder / "agencies.csv"), _read(folder / "missions.csv")
    loaded = Loaded()
    agencies = {agency.key: agency for agency in Agency.objects.all()}
    wanted = {row["key"]: _agency(row) for row in agency_rows} | {row["key"]: _agency_of(row) for row in mission_rows}
    loaded.counts["agencies"] = _sync(Agency.objects, wanted, agencies)
    missions = {mission.agency.key: mission for mission in Mission.objects.select_related("agency")}
    wanted_missions = {row["key"]: _mission(row, agencies[row["key"]]) for row in mission_rows}
    loaded.counts["missions"] = _sync(Mission.objects, wanted_missions, missions)
    contacts = {(contact.agency.key, contact.label): contact for contact in _contacts()}
    wanted_points = [point for row in (*agency_rows, *mission_rows) for point in _contact_points(row)]
    labelled = _labelled(wanted_points, contacts)
    new = {(key, values["label"]): values | {"agency": agencies[key]} for key, values in labelled}
    loaded.counts["contact points"] = _sync(ContactPoint.objects, new, contacts)
    return loaded


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _contacts() -> Iterable[ContactPoint]:
    return ContactPoint.objects.select_related("agency")


def _agency(row: Row) -> dict[str, Any]:
    same = ("key", "kind", "country", "jurisdiction", "name_en", "name_local", "reference_number_hint", *_SOURCE)
    takes_reports = row["takes_reports_from_public"] == "yes"
    return {name: row[name] for name in same} | {"takes_reports_from_public": takes_reports}


def _agency_of(row: Row) -> dict[str, Any]:
    same = {name: row[name] for name in ("key", "name_en", "name_local", "website", *_SOURCE)}
    country = {"country": row["sending_country"], "kind": AgencyKind.MISSION.value}
    return same | country | {"takes_reports_from_public": True}


def _mission(row: Row, agency: Agency) -> dict[str, Any]:
    same = ("sending_country", "kind", "region", "host_country", "city", "seat_country", "seat_city", *_SOURCE)
    point = {name: Decimal(row[name]).quantize(Decimal("0.00001")) for name in ("latitude", "longitude")}
    return {name: row[name] for name in same} | point | {"agency": agency}


def _contact_points(row: Row) -> Iterator[Point]:
    """Yield the key of the agency and the values of each contact point that a row of either file holds."""
    if "channel" in row:
        purpose = Purpose.REPORTS if row["takes_reports_from_public"] == "yes" else Purpose.INFORMATION
        found = [(row["channel"], purpose.value, row["value"], row["language"])]
    else:
        language = "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in row["address"]) else "en"
        phones = [(Channel.PHONE, row["phone_purpose"], phone.strip(), "") for phone in row["phone"].split(";")]
        found = [(Channel.EMAIL, row["email_purpose"], row["email"], ""), *phones]
        found.append((Channel.POST, Purpose.GENERAL.value, row["address"], language))
    seen: Counter[str] = Counter()
    for channel, purpose_, value, language_ in found:
        if value:
            seen[channel] += 1
            number = f"-{seen[channel]}" if seen[channel] > 1 else ""
            label = channel.replace("_", "-") + number
            values = {"label": label, "purpose": purpose_, "channel": str(channel), "value": value}
            # The status is among the values, so that a point which a person closed counts as changed.
            values |= {"language": language_, "status": Status.UNKNOWN.value}
            yield row["key"], values | {name: row[name] for name in _SOURCE}


def _labelled(wanted: list[Point], present: dict[tuple[str, str], ContactPoint]) -> Iterator[Point]:
    """Give each point of the files the label under which it is kept.

    One that the agency has keeps its label, by a person's hand or from an older file, in which the list was another;
    the rest take those that are left.
    """
    label_of = {(key, point.channel, point.value): label for (key, label), point in present.items()}
    kept = [label_of.get((key, values["channel"], values["value"])) for key, values in wanted]
    taken = {(key, label) for (key, _), label in zip(wanted, kept, strict=True)}
    left: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, values in wanted:
        if (key, values["label"]) not in taken:
            left[key, values["channel"]].append(values["label"])
    for (key, values), label in zip(wanted, kept, strict=True):
        yield key, values | {"label": label or left[key, values["channel"]].pop(0)}


def _digest(values: dict[str, Any]) -> str:
    plain = {name: str(getattr(value, "pk", value)) for name, value in values.items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def _sync(rows: Manager[S], wanted: dict[Any, dict[str, Any]], present: dict[Any, S]) -> Counter[str]:
    """Bring rows to the wanted values and count what was done; `present` gains the added ones."""
    counts: Counter[str] = Counter()
    add: list[S] = []
    update: list[S] = []
    for key, values in wanted.items():
        digest = _digest(values)
        state = _state(present.get(key), values, digest)
        counts[state] += 1
        if state == "added":
            present[key] = rows.model(**values, loaded_digest=digest)
            add.append(present[key])
        elif state == "updated":
            for name, value in (values | {"loaded_digest": digest}).items():
                setattr(present[key], name, value)
            update.append(present[key])
    rows.bulk_create(add)
    if update:
        rows.bulk_update(update, sorted({name for values in wanted.values() for name in values} | {"loaded_digest"}))
    return counts


def _state(row: Sourced | None, values: dict[str, Any], digest: str) -> str:
    if row is None:
        return "added"
    as_it_stands = _digest({name: getattr(row, name) for name in values})
    if as_it_stands == digest:
        return "unchanged"
    if as_it_stands != row.loaded_digest or (isinstance(row, ContactPoint) and row.is_verified):
        return "kept"
    return "updated"
