"""Refused, each with its exact place: wrong structure, and values that cannot be."""

from typing import Any

import pytest

from tests.cases.intake.samples import REMOVED, full, paths, place_of, refused, with_value

DIGITS = "1" * 16

REFUSED: list[tuple[str, Any, str]] = [
    # what is wrong, at which place; words of the message
    ("schema", "case-intake-2", 'write "case-intake-1"'),
    ("victim", REMOVED, "is missing"),
    ("fraud", REMOVED, "is missing"),
    ("victim.full_name", REMOVED, "is missing"),
    ("victim.address", REMOVED, "is missing"),
    ("victim.address.country", REMOVED, "is missing"),
    ("reporter.relation", REMOVED, "is missing"),
    ("fraud.kind", REMOVED, "is missing"),
    ("fraud.stated_loss.currency", REMOVED, "is missing"),
    ("fraud.impact.in_english.translated_by", REMOVED, "is missing"),
    ("fraud.timeline.0.fact", REMOVED, "is missing"),
    ("identifiers.0.value", REMOVED, "is missing"),
    ("transfers.0.amount", REMOVED, "is missing"),
    ("transfers.0.mechanism", REMOVED, "is missing"),
    ("transfers.0.institution_informed.on", REMOVED, "is missing"),
    ("reports.0.filed_on", REMOVED, "is missing"),
    ("evidence.0.path", REMOVED, "is missing"),
    ("consents.0.signed_as", REMOVED, "is missing"),
    # unknown keys
    ("victim.nickname", "x", "not a known key"),
    ("notes", "x", "not a known key"),
    ("transfers.1.fee", "1", "not a known key"),
    ("fraud.impact.in_english.by", "x", "not a known key"),
    # types
    ("victim", [], "must be an object"),
    ("victim", None, "must be an object"),
    ("victim.full_name", 7, "must be text in double quotes, not a number"),
    ("victim.full_name", ["x"], "not a list"),
    ("victim.full_name", None, "leave the key out"),
    ("victim.full_name", True, "not true or false"),
    ("safety.life_at_risk", 1, "must be true or false"),
    ("safety.life_at_risk", "true", "must be true or false"),
    ("safety.ties_to", "CN", "must be a list"),
    ("transfers", {}, "must be a list"),
    ("transfers.0", "x", "must be an object"),
    ("transfers.0.amount", 5, "must be text"),
    ("transfers.0.amount", 5.5, "must be text"),
    ("transfers.0.amount", float("nan"), "not JSON"),
    ("transfers.0.amount", float("-inf"), "not JSON"),
    # words of closed lists
    ("fraud.kind", "Romance", "is not one of the words"),
    ("fraud.kind", 3, "a number is not one of the words"),
    ("identifiers.0.kind", "wallet", "crypto_wallet"),
    ("transfers.0.mechanism", "", "is not one of the words"),
    ("transfers.0.direction", "received", "sent, returned"),
    ("reports.0.outcome", "lost", "accepted, refused"),
    ("consents.0.withhold.0", "victim.name", "victim.street"),
    ("consents.0.disclose.0", "everything", "reporter.contact"),
    ("purposes.0", "marketing", "statistics, indicators"),
    # each value of a set once
    ("purposes.1", "statistics", "stands in the list already"),
    ("victim.nationalities.1", "DE", "stands in the list already"),
    ("consents.0.withhold.1", "victim.street", "stands in the list already"),
    # countries
    ("victim.address.country", "usa", "ISO 3166-1"),
    ("victim.address.country", "us", "ISO 3166-1"),
    ("victim.address.country", "ZZ", "ISO 3166-1"),
    ("victim.address.country", "UK", "ISO 3166-1"),
    ("victim.address.country", "DE\n", "U+000A"),
    ("victim.nationalities.1", "XX", "ISO 3166-1"),
    ("reporter.country", "EU", "ISO 3166-1"),
    ("safety.ties_to.0", "AA", "ISO 3166-1"),
    ("triage.money_sent_to.1", "SU", "ISO 3166-1"),
    ("triage.chinese_named_recipient_in.0", "Cambodia", "ISO 3166-1"),
    ("triage.held_in", "QQ", "ISO 3166-1"),
    ("identifiers.0.country", "ⅮE", "ISO 3166-1"),
    ("transfers.0.to_country", "", "is blank"),
    # dates
    ("victim.date_of_birth", "31.01.1970", "year-month-day"),
    ("victim.date_of_birth", "19700131", "year-month-day"),
    ("victim.date_of_birth", "1970-W05-6", "year-month-day"),
    ("victim.date_of_birth", "١٩٧٠-٠١-٣١", "year-month-day"),
    ("victim.date_of_birth", "2025-06-17", "in the future"),
    ("fraud.started_on", "2023-02-29", "not in the calendar"),
    ("fraud.discovered_on", "2024-13-01", "not in the calendar"),
    ("fraud.first_contact.on", "0000-01-01", "not in the calendar"),
    ("fraud.timeline.0.on", "2099-01-01", "2099-01-01 lies in the future"),
    ("transfers.0.sent_on", "2025-06-17", "in the future"),
    ("transfers.0.institution_informed.on", "9999-12-31", "in the future"),
    ("reports.0.filed_on", "2024-01-32", "not in the calendar"),
    ("consents.0.given_on", "2026-01-01", "in the future"),
    # times
    ("transfers.0.sent_at", "2024-01-10T09:15:00", "with its zone"),
    ("transfers.0.sent_at", "2024-01-10", "with its zone"),
    ("transfers.0.sent_at", "2024-01-10 09:15:00Z", "with its zone"),
    ("transfers.0.sent_at", "2024-01-10T25:15:00Z", "not in the calendar"),
    ("transfers.0.sent_at", "2024-01-10T09:15:00+24:00", "not in the calendar"),
    ("transfers.0.sent_at", "2024-02-30T09:15:00Z", "not in the calendar"),
    ("transfers.0.sent_at", "0001-01-01T00:00:00+14:00", "not in the calendar"),
    ("transfers.0.sent_at", "2025-06-17T00:00:00Z", "in the future"),
    # amounts
    ("transfers.0.amount", "0", "not above zero"),
    ("transfers.0.amount", "0.000", "not above zero"),
    ("transfers.0.amount", "-5", "is no amount"),
    ("transfers.0.amount", "+5", "is no amount"),
    ("transfers.0.amount", "1,000", "is no amount"),
    ("transfers.0.amount", "1e3", "is no amount"),
    ("transfers.0.amount", ".5", "is no amount"),
    ("transfers.0.amount", "5.", "is no amount"),
    ("transfers.0.amount", " 5", "is no amount"),
    ("transfers.0.amount", "٥", "is no amount"),
    ("transfers.0.amount", "NaN", "is no amount"),
    ("transfers.0.amount", DIGITS, "is no amount"),
    ("transfers.0.amount", "1." + "1" * 19, "is no amount"),
    ("transfers.0.amount", "5\n", "U+000A"),
    ("fraud.stated_loss.amount", "0.0", "not above zero"),
    # currencies
    ("transfers.0.currency", "usd", "is no currency"),
    ("transfers.0.currency", "$", "is no currency"),
    ("transfers.0.currency", "X", "is no currency"),
    ("transfers.0.currency", "US DOLLAR", "is no currency"),
    ("transfers.0.currency", "ABCDEFGHIJK", "is 11 characters long"),
    ("fraud.stated_loss.currency", "€€", "is no currency"),
    # lengths
    ("external_id", "x" * 101, "at most 100"),
    ("victim.full_name", "x" * 201, "is 201 characters long; at most 200"),
    ("victim.address.street", "x" * 10_001, "is 10,001 characters long; at most 10,000"),
    ("fraud.impact.emotional", "x" * 3001, "at most 3,000"),
    ("victim.full_name", "\u0958" * 101, "is 202 characters long; at most 200"),  # NFC writes it as two
    # hashes
    ("evidence.0.sha256", "0" * 64, "send the file that was hashed"),
    ("evidence.0.sha256", "A" * 64, "is no SHA-256"),
    ("evidence.0.sha256", "0" * 63, "is no SHA-256"),
    ("evidence.0.sha256", "0" * 64 + "\n", "U+000A"),
    # consents
    ("consents.0.agency", "cn-embasy-de", "is no agency"),
    ("consents.0.agency", "CN-EMBASSY-DE", "is no agency"),
    ("consents.0.agency", "zz-local-police", "is no agency"),
    ("consents.0.agency", "de-local-police\n", "U+000A"),
    ("consents.0.agency", "de-local-police-berlin", "is no agency"),
    ("consents.0.agency", "de-embassy", "is no agency"),
    ("consents.0.agency", "de-embassy-zz", "is no agency"),
    ("consents.0.agency", "zz-anti-trafficking", "is no agency"),
    ("consents.0.agency", "institution-other-bank", "is no agency"),
    ("consents.0.agency", "institution-", "is no agency"),
    ("consents.1.agency", "cn-embassy-de", "has a consent already; keep one"),
]


@pytest.mark.parametrize(("path", "value", "words"), REFUSED)
def test_a_value_that_cannot_be_is_refused_at_its_place(path: str, value: Any, words: str) -> None:
    lines = refused(with_value(place_of(path), value))
    # A case that lost its victim or its institution has more to say; this is said exactly once.
    assert paths(lines).count(path) == 1
    assert words in next(line for line in lines if line.startswith(f"{path}: "))


EMAILS = [
    "nobody",
    "nobody@",
    "@example.org",
    "a@localhost",
    "a b@example.org",
    "a@example.org,b@example.org",
    "a@example.org;b@example.org",
    "A <a@example.org>",
    "<a@example.org>",
    "a@example.org\r\nBcc: b@example.org",
    "a@example.org\n",
    "a@b@example.org",
    ".a@example.org",
    "a..b@example.org",
    "a.@example.org",
    "a@example..org",
    "a@-example.org",
    "a@example-.org",
    "a@exa_mple.org",
    "a@[192.0.2.1]",
    "a@192.0.2.1",
    '"a b"@example.org',
    "a(b)@example.org",
    "a:b@example.org",
    "a\\b@example.org",
    "mailto:a@example.org",
    "a%0a@example.org\0",
    "a@exam\u200bple.org",
    "a@例子。中国",
    "a@☃.org",
    "a\u00a0b@example.org",
    "a\u202e@example.org",
    "a@example.org.",
    "a@" + "x" * 64 + ".org",
    "a" * 65 + "@example.org",
    "a@" + "x." * 130 + "org",
    "é" * 33 + "@example.org",
]


@pytest.mark.parametrize("email", EMAILS)
@pytest.mark.parametrize("path", ["victim.email", "reporter.email"])
def test_an_address_that_could_carry_a_second_recipient_is_refused(path: str, email: str) -> None:
    assert paths(refused(with_value(place_of(path), email))) == [path]


def test_every_problem_is_named_in_one_run_in_the_order_of_the_document() -> None:
    document = full()
    document["purposes"] = ["fame"]
    document["consents"][0]["agency"] = "nobody"
    document["evidence"][0]["path"] = "../full.json"
    document["transfers"][1]["amount"] = "0"
    document["transfers"][0]["amount"] = "0"
    document["transfers"][0]["currency"] = ""
    document["victim"]["address"]["country"] = "ZZ"
    document["victim"]["nick"] = ""
    del document["victim"]["full_name"]
    assert paths(refused(document)) == [
        "victim.address.country",
        "victim.nick",
        "victim.full_name",
        "transfers.0.amount",
        "transfers.0.currency",
        "transfers.1.amount",
        "evidence.0.path",
        "consents.0.agency",
        "purposes.0",
    ]


def test_one_place_may_have_two_problems_with_different_mends() -> None:
    lines = refused(with_value(("victim", "full_name"), "x\0" * 101))
    assert paths(lines) == ["victim.full_name", "victim.full_name"]


def test_a_list_of_more_than_five_thousand_rows_is_refused() -> None:
    row = {"kind": "other", "value": "x"}
    assert refused(with_value(("identifiers",), [row] * 5000)) == []
    assert refused(with_value(("identifiers",), [row] * 5001)) == [
        "identifiers: has 5,001 rows; at most 5,000 are taken, shorten it"
    ]


def test_what_comes_after_the_last_row_taken_is_not_looked_at() -> None:
    assert paths(refused(with_value(("identifiers",), [{"kind": "other", "value": "x"}] * 5000 + [7]))) == [
        "identifiers"
    ]


def test_a_list_inside_a_record_has_the_same_bound() -> None:
    languages = ("triage", "offender_spoke")
    assert paths(refused(with_value(languages, ["en"] * 5001))) == ["triage.offender_spoke"]
