"""The published schema and the code cannot drift apart."""

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from jsonschema import Draft202012Validator

from cases import enums
from cases.intake import records
from cases.intake.schema import MAX_ROWS, MAX_TEXT, SCHEMA, TIGHTENED
from tests.cases.intake.samples import full

OBJECTS = {
    ("victim",): records.Victim,
    ("victim", "address"): records.Address,
    ("victim", "safe_contact"): records.SafeContact,
    ("reporter",): records.Reporter,
    ("safety",): records.Safety,
    ("fraud",): records.Fraud,
    ("fraud", "stated_loss"): records.Money,
    ("fraud", "impact"): records.Impact,
    ("fraud", "impact", "in_english"): records.ImpactInEnglish,
    ("fraud", "first_contact"): records.FirstContact,
    ("fraud", "timeline"): records.TimelineEntry,
    ("triage",): records.Triage,
    ("identifiers",): records.Identifier,
    ("transfers",): records.Transfer,
    ("transfers", "institution_informed"): records.InstitutionInformed,
    ("reports",): records.EarlierReport,
    ("evidence",): records.EvidenceItem,
    ("consents",): records.Consent,
}
WORDS = {
    ("fraud", "kind"): enums.FraudKind,
    ("identifiers", "kind"): enums.IdentifierKind,
    ("transfers", "mechanism"): enums.Mechanism,
    ("transfers", "direction"): enums.Direction,
    ("reports", "channel"): enums.Channel,
    ("reports", "kind"): enums.ReportKind,
    ("reports", "outcome"): enums.Outcome,
    ("consents", "withhold"): enums.Withhold,
    ("consents", "disclose"): enums.Disclose,
    ("consents", "given_by"): enums.ConsentGiver,
    ("consents", "method"): enums.ConsentMethod,
    ("purposes",): enums.Purpose,
}
# What jsonschema does as we need it, and what cases/intake/structure.py does in its place.
KEYWORDS = {"$ref", "properties", "type", "required", "additionalProperties", "items", "uniqueItems", "enum", "const"}
KEYWORDS |= {"minLength", "maxLength", "pattern", "format"}
ANNOTATIONS = {"$schema", "$id", "$defs", "title", "description"}


def nodes(node: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every node of a schema by the names that lead to it; rows of a list have the list's name."""
    node = SCHEMA["$defs"]["money"] if "$ref" in node else node
    node = node | node.get("items", {})
    yield place, node
    for key, child in node.get("properties", {}).items():
        yield from nodes(child, (*place, key))


def test_every_key_of_the_schema_has_its_field() -> None:
    described = {place: set(node["properties"]) for place, node in nodes(SCHEMA) if "properties" in node}
    kept = {place: {field.name for field in fields(record)} for place, record in OBJECTS.items()}
    kept[("evidence",)] -= {"size", "source"}
    kept[()] = {field.name for field in fields(records.Intake)} | {"schema"}
    assert kept == described


def test_every_closed_list_has_its_enum() -> None:
    described = {place: set(node["enum"]) for place, node in nodes(SCHEMA) if "enum" in node}
    assert {place: {word.value for word in words} for place, words in WORDS.items()} == described


def test_the_schema_uses_only_keywords_that_are_checked() -> None:
    used = {key for _, node in nodes(SCHEMA) for key in node} | set(SCHEMA)
    assert used <= KEYWORDS | ANNOTATIONS


def test_every_object_is_closed_so_that_no_value_escapes_the_walk() -> None:
    assert all(node.get("additionalProperties") is False for _, node in nodes(SCHEMA) if node.get("type") == "object")


def test_every_text_and_list_has_a_bound() -> None:
    raw = json.dumps(TIGHTENED)
    assert raw.count('"type": "string"') == raw.count('"maxLength"')
    assert raw.count('"type": "array"') == raw.count(f'"maxItems": {MAX_ROWS}')
    assert all(node["maxLength"] <= MAX_TEXT for _, node in nodes(TIGHTENED) if "maxLength" in node)


def test_the_complete_sample_is_complete_and_satisfies_the_schema_by_the_book() -> None:
    Draft202012Validator(SCHEMA).validate(full())
    for place, node in nodes(SCHEMA):
        value: Any = full()
        for step in place:
            value = value[step]
            value = value[0] if isinstance(value, list) else value
        assert isinstance(value, dict) or "properties" not in node
        assert set(node.get("properties", ())) <= set(value if isinstance(value, dict) else ())
