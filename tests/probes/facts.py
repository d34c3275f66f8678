"""The two forms of a case's facts, whole and valid: no class has their fields, they are made for each page."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from cases.admin import changing_facts, taking_in
from cases.admin.facts_form.entry import Entry, Layout
from cases.admin.tokens import new_token
from tests.cases.admin.forms import FormReader
from tests.intakes import Document, minimal
from tests.probes.world import Names

_LAYOUTS: dict[str, Layout] = {"cases_case_add": taking_in._LAYOUT, "cases_case_facts": changing_facts._LAYOUT}


def is_of_facts(address_name: str) -> bool:
    """Whether one of the two forms is at this address."""
    return address_name in _LAYOUTS


def facts_body(address_name: str, names: Names, seen: str) -> dict[str, Any]:
    """What a browser sends, with everything of the target's named that a form could be made to take.

    `seen` is when the case was last changed, so that no form is refused as stale.
    """
    layout = _LAYOUTS[address_name]
    entry = Entry(layout, document=_document(names))
    reader = FormReader()
    reader.feed(f"<main><form>{entry.form}{''.join(map(str, entry.rows.values()))}</form></main>")
    found = reader.values | _references(layout, names)
    found |= {"seen": seen, "token": new_token(User(pk=names["user"]))}
    if "evidence" in layout.fields:
        found["evidence"] = [SimpleUploadedFile("note.txt", b"Seen today.\n", "text/plain")]
    return found


def _references(layout: Layout, names: Names) -> dict[str, str]:
    """Rows that no field asks for: of the form, and of each of its lists."""
    rows = {"id": names["identifier_id"], "case": names["case_id"], "organization": names["organization"]}
    found = {"id": names["case_id"], "case_id": names["case_id"], "report": names["report"], **rows}
    return found | {f"{kind.path}-0-{name}": value for kind in layout.rows for name, value in rows.items()}


def _document(names: Names) -> Document:
    return minimal(
        external_id=names["external_id"],
        identifiers=[{"kind": "website", "value": f"https://{names['identifier']}"}],
        transfers=[{"sent_on": "2025-11-02", "amount": "1000", "currency": "USD", "mechanism": "bank_wire"}],
        fraud__timeline=[{"on": "2025-11-01", "fact": "First message."}],
        reports=[{"agency": names["report"], "filed_on": "2025-12-01", "kind": "police", "reference_number": "1"}],
    )
