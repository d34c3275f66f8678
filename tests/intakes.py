"""Intake documents for tests: the smallest one, and changes to it by path."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

CASES = Path(__file__).parents[1] / "cases" / "data" / "demo"
Document = dict[str, Any]


def minimal(**changes: Any) -> Document:
    """A US resident with an impact statement and one website; `a__b=…` sets a key below another, None removes it."""
    document: Document = {
        "external_id": "T-1",
        "victim": {
            "full_name": "Margaret Ellen Testperson",
            "email": "margaret.testperson@example.org",
            "phone": "+1 508-555-0142",
            "date_of_birth": "1961-02-28",
            "language": "en",
            "address": {
                "street": "14 Sample Terrace",
                "city": "Worcester",
                "region": "Massachusetts",
                "postal_code": "01602",
                "country": "US",
            },
        },
        "safety": {"ties_to": []},
        "fraud": {"kind": "romance", "impact": {"emotional": "I cannot sleep.", "financial": "I lost my savings."}},
        "identifiers": [{"kind": "website", "value": "https://trade.example"}],
    }
    return changed(document, **changes)


def chinese(**changes: Any) -> Document:
    """The smallest case whose offenders spoke Chinese."""
    return changed(minimal(triage={"offender_spoke": ["zh"]}), **changes)


def held(**changes: Any) -> Document:
    """A Kenyan who is held in Cambodia; a sister speaks for them."""
    document = minimal(
        victim={
            "full_name": "Joseph Mwangi Sample",
            "address": {"city": "Nakuru", "country": "KE"},
            "nationalities": ["KE"],
        },
        reporter={
            "full_name": "Grace Wanjiru Sample",
            "relation": "sister",
            "email": "grace@example.org",
            "country": "KE",
        },
        fraud={
            "kind": "forced_criminality",
            "impact": {"emotional": "We are afraid.", "financial": "We sold our land."},
        },
        triage={"held_in": "KH", "offender_spoke": ["zh"]},
    )
    return changed(document, **changes)


def consent(agency: str, **more: Any) -> Document:
    """A consent in the victim's full name."""
    return {"agency": agency, "given_on": "2026-01-05", "signed_as": "Margaret Ellen Testperson", **more}


def sample(name: str) -> Document:
    """One of the sample cases, as a document."""
    document: Document = json.loads((CASES / name).read_text())
    return document


def changed(document: Document, **changes: Any) -> Document:
    """A copy of the document with changes; a path is joined with two underscores."""
    document = copy.deepcopy(document)
    for path, value in changes.items():
        *parents, last = path.split("__")
        place = document
        for parent in parents:
            place = place.setdefault(parent, {})
        if value is None:
            place.pop(last, None)
        else:
            place[last] = value
    return document
