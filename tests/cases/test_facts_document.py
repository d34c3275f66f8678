"""A case's facts as an intake document: what it reads back as says the same facts."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cases.case_file import read_case_file
from cases.intake import Intake, parse_intake
from cases.intake.evidence_paths import EvidenceFolder
from cases.intake_document import changed_facts, facts_document
from directory.queries import agency_keys
from tests.cases.intake.samples import FULL
from tests.desk import TODAY, Desk
from tests.intakes import CASES, Document, held, minimal

SAMPLES = sorted(path for path in CASES.glob("*.json"))


def read(document: Document) -> Intake:
    """As `Desk.read`, for a document of facts alone."""
    data = json.dumps(document).encode()
    return parse_intake(data, known_agencies=agency_keys(), today=TODAY, evidence=EvidenceFolder(CASES))


def facts_of(intake: Intake) -> Intake:
    """What is left of an intake without the parts that are no facts."""
    return replace(intake, external_id=None, reports=(), evidence=(), consents=(), purposes=())


@pytest.mark.parametrize("path", [*SAMPLES, FULL], ids=lambda path: path.stem)
def test_what_is_read_from_a_case_says_what_the_file_said(desk: Desk, path: Path) -> None:
    document = json.loads(path.read_text())
    document["external_id"] = "round-trip"
    for part in ("reports", "evidence", "consents", "purposes"):
        document.pop(part, None)
    given = read(document)
    back = facts_document(read_case_file(desk.take(document)))
    assert read(back) == facts_of(given)


@pytest.mark.parametrize(
    "document",
    [
        minimal(),
        held(),
        minimal(safety=None, triage=None),
        minimal(safety={"ties_to": ["CN", "MM"]}, triage={"money_sent_to": [], "offender_had_chinese_name": False}),
        minimal(victim__safe_contact={"email_is_safe": False, "phone_is_safe": True, "note": "after six"}),
        minimal(transfers=[{"amount": "0.000000000000000001", "currency": "ETH", "mechanism": "crypto"}]),
        minimal(
            transfers=[
                {
                    "sent_at": "2026-01-02T23:30:00.000001-09:30",
                    "amount": "7",
                    "currency": "USD",
                    "mechanism": "cash",
                    "second_fraud": True,
                    "direction": "returned",
                    "institution_informed": {"on": "2026-01-03"},
                }
            ]
        ),
    ],
)
def test_answers_defaults_zones_and_small_amounts_survive_the_way_there_and_back(
    desk: Desk, document: Document
) -> None:
    back = facts_document(read_case_file(desk.take(document)))
    assert read(back) == facts_of(read(document))


def test_what_changed_is_named_by_path_and_a_list_as_one(desk: Desk) -> None:
    before = facts_document(read_case_file(desk.take(minimal(external_id="1"))))
    after = facts_document(
        read_case_file(
            desk.take(
                minimal(
                    external_id="2",
                    victim__phone=None,
                    victim__address__city="Boston",
                    fraud__impact__emotional="I am better.",
                    safety=None,
                    identifiers=[],
                )
            )
        )
    )
    assert changed_facts(before, before) == []
    assert changed_facts(before, after) == [
        "fraud.impact.emotional",
        "identifiers",
        "safety.ties_to",
        "victim.address.city",
        "victim.phone",
    ]
