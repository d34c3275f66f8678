"""Consents name an agency that exists, each agency once: a mistyped key must not lose a consent in silence."""

import re
from collections.abc import Collection, Container, Iterator
from typing import Any

from cases.institutions import institution_slug
from cases.intake.formats import COUNTRIES
from cases.intake.parsing import rows
from cases.intake.problems import Found, Place, shown

# Keys of plan rows where the directory has none (contract, plan.json).
_LOCAL = re.compile("([a-z]{2})-(?:local-police|anti-trafficking|embassy-([a-z]{2}))")


def consent_problems(document: Any, known_agencies: Collection[str], broken: Container[Place]) -> Iterator[Found]:
    """Find consents for unknown agencies and second consents; `broken` places have a problem already."""
    seen: set[str] = set()
    known = _institution_keys(document, broken).union(known_agencies)
    for index, row in rows(document, "consents"):
        agency, place = row.get("agency"), ("consents", index, "agency")
        if not isinstance(agency, str) or place in broken:
            continue
        if agency in seen:
            yield Found(place, f"{shown(agency)} has a consent already; keep one")
        elif agency not in known and not _is_local(agency):
            yield Found(place, f"{shown(agency)} is no agency; write the key that the directory or the plan shows")
        seen.add(agency)


def _institution_keys(document: Any, broken: Container[Place]) -> set[str]:
    """Give the keys of all institutions that sent or received a transfer of the document."""
    return {
        f"institution-{institution_slug(row[key])}"
        for index, row in rows(document, "transfers")
        for key in ("from_institution", "to_institution")
        if isinstance(row.get(key), str) and ("transfers", index, key) not in broken
    }


def _is_local(agency: str) -> bool:
    match = _LOCAL.fullmatch(agency)
    return match is not None and all(code.upper() in COUNTRIES for code in match.groups() if code)
