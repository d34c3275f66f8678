"""Taking an intake: one case for one external id, brought up to date, numbered, audited; evidence kept once."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from accounts import vault
from accounts.models import AuditEntry
from accounts.tenancy import organization
from cases.actions.take_intake import take_intake
from cases.case_file import read_case_file
from cases.enums import Origin
from cases.intake import Intake, parse_intake
from cases.intake.evidence_paths import EvidenceFolder
from cases.intake.records import EvidenceChanged
from cases.models import Case, CaseCounter, Evidence, Identifier, Report, Reporter, Victim
from directory.queries import agency_keys
from tests.desk import TODAY, Desk, a_desk
from tests.intakes import Document, changed, consent, minimal
from tests.people import BJORN

PAYMENT = {"amount": "100", "currency": "USD", "mechanism": "cash"}
RECEIPT = b"date,amount\n2026-01-02,100\n"


@pytest.fixture
def south(shipped_directory: None) -> Iterator[Desk]:
    """A desk at another organization, which is active while it works."""
    with a_desk("south") as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "receipt.csv").write_bytes(RECEIPT)
    (tmp_path / "copy.csv").write_bytes(RECEIPT)
    (tmp_path / "chat.txt").write_bytes(b"a chat export")
    return tmp_path


def read(document: Document, folder: Path) -> Intake:
    """Accept a document whose evidence is in the folder."""
    return parse_intake(
        json.dumps(document).encode(), known_agencies=agency_keys(), today=TODAY, evidence=EvidenceFolder(folder)
    )


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("number").values_list("verb", flat=True))


def state() -> list[list[tuple[Any, ...]]]:
    """Every row of every case table."""
    tables = [name for name in connection.introspection.table_names() if name.startswith("cases_")]
    with connection.cursor() as cursor:
        return [cursor.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in sorted(tables)]


def files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "vault").rglob("*") if path.is_file())


# --- one case -------------------------------------------------------------------------------------------------


def test_the_same_external_id_never_makes_a_second_case(desk: Desk) -> None:
    first = desk.take(minimal())
    second = desk.take(minimal(fraud__kind="loan"))
    assert first == second
    assert Case.objects.get().fraud_kind == "loan"


def test_another_external_id_and_a_missing_one_make_a_new_case_each(desk: Desk) -> None:
    ids = {
        desk.take(minimal()),
        desk.take(minimal(external_id="T-2")),
        desk.take(minimal(external_id=None)),
        desk.take(minimal(external_id=None)),
    }
    assert len(ids) == 4


def test_an_external_id_is_compared_exactly(desk: Desk) -> None:
    assert desk.take(minimal(external_id="A-1")) != desk.take(minimal(external_id="a-1"))


def test_the_external_id_of_another_organization_is_another_case(desk: Desk, south: Desk) -> None:
    theirs = south.take(minimal(victim__full_name="Somebody Else"))
    with organization(desk.organization.pk):
        ours = desk.take(minimal())
        assert Case.objects.get().pk == ours
        assert Victim.objects.get().full_name == "Margaret Ellen Testperson"
    assert ours != theirs
    assert Victim.objects.get().full_name == "Somebody Else"
    with pytest.raises(Case.DoesNotExist):
        read_case_file(ours)


def test_an_unchanged_intake_changes_nothing_at_all(desk: Desk, folder: Path) -> None:
    document = minimal(
        transfers=[PAYMENT], consents=[consent("us-ic3")], evidence=[{"path": "receipt.csv"}], external_id="T-9"
    )
    case = take_intake(read(document, folder), by=None, today=TODAY)
    rows, audit = state(), verbs()
    again = take_intake(read(document, folder), by=None, today=TODAY)
    assert again.pk == case.pk
    assert (state(), verbs()) == (rows, audit)


def test_the_order_of_a_list_and_the_bytes_of_a_file_are_part_of_what_an_intake_says(desk: Desk, folder: Path) -> None:
    document = minimal(transfers=[PAYMENT, {**PAYMENT, "amount": "7"}], evidence=[{"path": "receipt.csv"}])
    digests = {take_intake(read(document, folder), by=None, today=TODAY).intake_sha256}
    document["transfers"].reverse()
    digests.add(take_intake(read(document, folder), by=None, today=TODAY).intake_sha256)
    (folder / "receipt.csv").write_bytes(b"other bytes")
    digests.add(take_intake(read(document, folder), by=None, today=TODAY).intake_sha256)
    assert len(digests) == 3


# --- what an update replaces ----------------------------------------------------------------------------------


def test_an_update_replaces_all_that_an_intake_brought(desk: Desk, folder: Path) -> None:
    before = minimal(
        reporter={"full_name": "Paul Sample", "relation": "brother"},
        transfers=[PAYMENT],
        fraud__timeline=[{"on": "2026-01-01", "fact": "It began."}],
        fraud__stated_loss={"amount": "5", "currency": "USD"},
        fraud__first_contact={"service": "WeChat", "on": "2026-01-01"},
        fraud__started_on="2026-01-01",
        fraud__impact__in_english={"emotional": "x", "translated_by": "us"},
        triage={"money_sent_to": ["CN"], "offender_spoke": ["zh"], "offender_had_chinese_name": True, "held_in": "KH"},
        safety={"ties_to": ["CN"], "life_at_risk": True, "legal_advice_first": True, "do_not_reveal_location": True},
        reports=[{"agency": "us-ic3", "filed_on": "2026-01-02"}],
        consents=[consent("us-ic3")],
        evidence=[{"path": "receipt.csv"}],
        purposes=["statistics"],
    )
    case = take_intake(read(before, folder), by=None, today=TODAY)
    after = changed(minimal(), safety=None, fraud={"kind": "romance"}, identifiers=[], victim__full_name="New Name")
    file = read_case_file(take_intake(read(after, folder), by=None, today=TODAY).pk)
    assert (file.case.pk, file.case.number) == (case.pk, case.number)
    assert file.victim.full_name == "New Name"
    assert file.reporter is None
    parts = (file.identifiers, file.transfers, file.timeline, file.reports, file.evidence, file.consents)
    assert parts == ((),) * 6
    now = file.case
    assert (now.money_sent_to, now.offender_spoke, now.offender_had_chinese_name, now.ties_to) == (None,) * 4
    assert (now.life_at_risk, now.legal_advice_first, now.do_not_reveal_location) == (False,) * 3
    assert (now.stated_loss_amount, now.stated_loss_currency, now.started_on, now.held_in) == (None, "", None, "")
    assert (now.first_contact_on, now.first_contact_service) == (None, "")
    assert (now.impact_emotional, now.impact_emotional_in_english, now.impact_translated_by) == ("", "", "")
    assert now.purposes == []


def test_an_update_keeps_reports_that_a_member_or_a_letter_added_and_a_caseworkers_overrule(desk: Desk) -> None:
    earlier = [{"agency": "us-ic3", "filed_on": "2026-01-02"}]
    case_id = desk.take(minimal(reports=earlier))
    for origin in (Origin.MEMBER, Origin.LETTER):
        Report.objects.create(case_id=case_id, agency_name=origin.value, filed_on=TODAY, origin=origin.value)
    Case.objects.update(nexus_overrule="yes", nexus_overrule_reason="the bank traced it")
    file = desk.file(minimal(reports=[{"agency": "us-ftc", "filed_on": "2026-01-03"}]))
    assert {r.agency_key or r.agency_name for r in file.reports} == {"us-ftc", "member", "letter"}
    assert (file.case.nexus_overrule, file.case.nexus_overrule_reason) == ("yes", "the bank traced it")


def test_updating_one_case_leaves_the_others_alone(desk: Desk) -> None:
    other = desk.take(minimal(external_id="other", reporter={"full_name": "Paul Sample", "relation": "brother"}))
    before = read_case_file(other)
    desk.take(minimal())
    desk.take(minimal(fraud__kind="loan", reporter={"full_name": "Ann Sample", "relation": "sister"}))
    assert read_case_file(other) == before
    assert Reporter.objects.count() == 2


def test_every_answer_is_kept_not_asked_apart_from_none(desk: Desk) -> None:
    asked = desk.file(minimal(triage={"money_sent_to": [], "offender_spoke": []}, safety={"ties_to": []})).case
    assert (asked.money_sent_to, asked.offender_spoke, asked.ties_to) == ([], [], [])
    assert (asked.chinese_named_recipient_in, asked.offender_had_chinese_name) == (None, None)
    unasked = desk.file(minimal(external_id="2", triage=None, safety=None)).case
    assert (unasked.money_sent_to, unasked.offender_spoke, unasked.ties_to) == (None, None, None)


SAFETY = [
    "life_at_risk",
    "do_not_contact_victim",
    "do_not_reveal_location",
    "no_dispatch_without_supervisor",
    "self_harm_risk",
    "legal_advice_first",
]


@pytest.mark.parametrize("flag", SAFETY)
def test_each_safety_flag_is_kept_as_itself(desk: Desk, flag: str) -> None:
    case = desk.file(minimal(safety={flag: True})).case
    assert [name for name in SAFETY if getattr(case, name)] == [flag]


def test_ways_are_safe_unless_the_intake_says_otherwise(desk: Desk) -> None:
    victim = desk.file(minimal()).victim
    assert (victim.email_is_safe, victim.phone_is_safe) == (True, True)
    told = minimal(external_id="2", victim__safe_contact={"email_is_safe": False, "note": "after nine"})
    victim = desk.file(told).victim
    assert (victim.email_is_safe, victim.phone_is_safe, victim.safe_contact_note) == (False, True, "after nine")
    victim = desk.file(minimal(external_id="3", victim__safe_contact={"phone_is_safe": False})).victim
    assert (victim.email_is_safe, victim.phone_is_safe) == (True, False)


def test_money_is_sent_unless_the_intake_says_returned(desk: Desk) -> None:
    file = desk.file(minimal(transfers=[PAYMENT, {**PAYMENT, "direction": "returned", "second_fraud": True}]))
    assert [(t.direction, t.second_fraud) for t in file.transfers] == [("sent", False), ("returned", True)]


def test_purposes_are_kept_and_are_none_by_default(desk: Desk) -> None:
    assert desk.file(minimal()).case.purposes == []
    assert desk.file(minimal(external_id="2", purposes=["indicators"])).case.purposes == ["indicators"]


# --- identifiers ----------------------------------------------------------------------------------------------


def test_the_same_identifier_twice_is_kept_once_as_first_given_with_what_the_second_adds(desk: Desk) -> None:
    identifiers = [
        {"kind": "website", "value": "https://trade.example/"},
        {"kind": "messaging_account", "value": "https://wa.me/15085550142"},
        {"kind": "website", "value": "TRADE.example", "note": "seen in a chat"},
        {"kind": "messaging_account", "value": "+1 508 555 0142", "service": "WhatsApp"},
        {"kind": "website", "value": "trade.example", "note": "a third time"},
    ]
    file = desk.file(minimal(identifiers=identifiers))
    assert [(i.position, i.value, i.note, i.service) for i in file.identifiers] == [
        (0, "https://trade.example/", "seen in a chat", ""),
        (1, "https://wa.me/15085550142", "", "WhatsApp"),
    ]


def test_different_identifiers_stay_apart_and_keep_their_raw_text_beside_the_canonical_one(desk: Desk) -> None:
    identifiers = [
        {"kind": "website", "value": "https://Trade.Example/a"},
        {"kind": "email", "value": "Trader@Trade.Example"},
        {"kind": "phone", "value": "508-555-0177"},
        {"kind": "phone", "value": "020 7946 0958", "country": "GB"},
    ]
    rows = desk.file(minimal(identifiers=identifiers)).identifiers
    assert [row.value for row in rows] == [identifier["value"] for identifier in identifiers]
    assert rows[0].host == "trade.example"
    # A number without its country is read where the victim lives.
    assert [row.canonical for row in rows[2:]] == ["+15085550177", "+442079460958"]


def test_a_victims_phone_is_read_in_the_country_of_the_address_and_kept_as_given(desk: Desk) -> None:
    victim = desk.file(minimal(victim__phone="508-555-0142")).victim
    assert (victim.phone, victim.phone_e164) == ("508-555-0142", "+15085550142")
    victim = desk.file(minimal(external_id="2", victim__phone="ask for me")).victim
    assert (victim.phone, victim.phone_e164) == ("ask for me", "")


# --- reports --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "key", "name"),
    [
        ("us-ic3", "us-ic3", "FBI Internet Crime Complaint Center (IC3)"),
        ("IC3", "us-ic3", "FBI Internet Crime Complaint Center (IC3)"),
        ("us-local-police", "us-local-police", "Local police, the United States"),
        ("ke-anti-trafficking", "ke-anti-trafficking", "Anti-trafficking police, Kenya"),
        ("ke-embassy-kh", "ke-embassy-kh", "Embassy of Kenya"),
        ("institution-first-bank", "institution-first-bank", "institution-first-bank"),
        ("US-local-police", "", "US-local-police"),
        ("the embassy - embassy-row", "", "the embassy - embassy-row"),
        ("Owasso Police", "", "Owasso Police"),
    ],
)
def test_a_report_is_known_by_its_key_or_name_and_a_free_name_is_kept(
    desk: Desk, given: str, key: str, name: str
) -> None:
    report = desk.file(minimal(reports=[{"agency": given, "filed_on": "2026-01-02"}])).reports[0]
    assert (report.agency_key, report.agency_name) == (key, name)


def test_a_reports_kind_is_the_directorys_or_else_as_given(desk: Desk) -> None:
    reports = [
        {"agency": "us-ic3", "filed_on": "2026-01-02"},
        {"agency": "us-ic3", "filed_on": "2026-01-02", "kind": "police"},
        {"agency": "int-anyscam", "filed_on": "2026-01-02"},
        {"agency": "Owasso", "filed_on": "2026-01-02"},
        {"agency": "Owasso", "filed_on": "2026-01-02", "kind": "police"},
    ]
    kinds = [report.kind for report in desk.file(minimal(reports=reports)).reports]
    assert kinds == ["national_desk", "national_desk", "", "", "police"]


def test_a_report_is_kept_with_all_that_was_said_of_it(desk: Desk) -> None:
    said = {
        "agency": "Owasso Police",
        "filed_on": "2026-01-02",
        "reference_number": "2026-7",
        "channel": "in_person",
        "outcome": "refused",
        "outcome_reason": "It is a civil matter.",
        "station": "Station 4",
        "officer": "Officer Example",
    }
    report = desk.file(minimal(reports=[said])).reports[0]
    assert {name: getattr(report, name) for name in said if name not in {"agency", "filed_on"}} == {
        name: text for name, text in said.items() if name not in {"agency", "filed_on"}
    }
    assert (report.agency_name, report.filed_on, report.origin) == ("Owasso Police", date(2026, 1, 2), "intake")


# --- numbers --------------------------------------------------------------------------------------------------


def test_cases_are_numbered_per_organization_and_year_from_one(desk: Desk, south: Desk) -> None:
    def number(at: Desk, external_id: str, today: date) -> str:
        with organization(at.organization.pk):
            return take_intake(at.read(minimal(external_id=external_id)), by=None, today=today).number

    next_year = date(TODAY.year + 1, 1, 1)
    assert number(desk, "1", TODAY) == "RD-2026-000001"
    assert number(desk, "2", TODAY) == "RD-2026-000002"
    assert number(south, "1", TODAY) == "RD-2026-000001"
    assert number(desk, "3", next_year) == "RD-2027-000001"
    assert number(desk, "4", TODAY) == "RD-2026-000003"


def test_an_update_a_year_later_keeps_the_number_and_draws_none(desk: Desk) -> None:
    desk.take(minimal())
    later = date(TODAY.year + 1, 1, 1)
    case = take_intake(desk.read(minimal(fraud__kind="loan")), by=None, today=later)
    assert case.number == "RD-2026-000001"
    assert list(CaseCounter.objects.values_list("year", "last").order_by("year")) == [(2026, 1), (2027, 0)]


# --- evidence -------------------------------------------------------------------------------------------------


def test_evidence_is_in_the_vault_under_its_hash_and_encrypted(desk: Desk, folder: Path, private_folders: Path) -> None:
    document = minimal(evidence=[{"path": "receipt.csv", "description": "what I sent"}])
    case = take_intake(read(document, folder), by=None, today=TODAY)
    row = Evidence.objects.get(case=case)
    assert row.sha256 == hashlib.sha256(RECEIPT).hexdigest()
    assert (row.size, row.media_type, row.original_name, row.description) == (
        len(RECEIPT),
        "text/csv",
        "receipt.csv",
        "what I sent",
    )
    assert vault.read(row.sha256) == RECEIPT
    (kept,) = files(private_folders)
    assert RECEIPT not in kept.read_bytes()
    assert row.sha256 not in str(kept)


def test_the_same_file_twice_is_one_piece_of_evidence_and_a_later_description_fills_an_empty_one(
    desk: Desk, folder: Path, private_folders: Path
) -> None:
    evidence = [{"path": "receipt.csv"}, {"path": "chat.txt"}, {"path": "copy.csv", "description": "what I sent"}]
    file = read_case_file(take_intake(read(minimal(evidence=evidence), folder), by=None, today=TODAY).pk)
    assert [(e.position, e.original_name, e.description) for e in file.evidence] == [
        (0, "receipt.csv", "what I sent"),
        (1, "chat.txt", ""),
    ]
    assert len(files(private_folders)) == 2


def test_another_case_with_the_same_file_stores_it_no_second_time(
    desk: Desk, folder: Path, private_folders: Path
) -> None:
    for number in ("1", "2"):
        document = minimal(external_id=number, evidence=[{"path": "receipt.csv"}])
        take_intake(read(document, folder), by=None, today=TODAY)
    assert Evidence.objects.count() == 2
    assert len(files(private_folders)) == 1


@pytest.mark.parametrize("change", ["changed", "gone"])
def test_where_evidence_is_no_longer_what_was_checked_nothing_is_kept(desk: Desk, folder: Path, change: str) -> None:
    intake = read(minimal(evidence=[{"path": "chat.txt"}, {"path": "receipt.csv"}]), folder)
    if change == "gone":
        (folder / "receipt.csv").unlink()
    else:
        (folder / "receipt.csv").write_bytes(b"something else")
    rows, audit = state(), verbs()
    with pytest.raises(EvidenceChanged, match=r"receipt\.csv"):
        take_intake(intake, by=None, today=TODAY)
    assert (state(), verbs()) == (rows, audit)


def test_a_case_stays_as_it_was_where_the_evidence_of_its_update_changed(desk: Desk, folder: Path) -> None:
    take_intake(read(minimal(), folder), by=None, today=TODAY)
    intake = read(minimal(fraud__kind="loan", evidence=[{"path": "receipt.csv"}]), folder)
    (folder / "receipt.csv").unlink()
    rows = state()
    with pytest.raises(EvidenceChanged):
        take_intake(intake, by=None, today=TODAY)
    assert state() == rows


# --- audit ----------------------------------------------------------------------------------------------------


def test_making_and_updating_a_case_are_in_the_audit_trail_with_who_did_it(desk: Desk) -> None:
    bjorn = BJORN.sign_up()
    before = len(verbs())
    case = take_intake(desk.read(minimal()), by=bjorn, today=TODAY)
    take_intake(desk.read(minimal()), by=bjorn, today=TODAY)
    take_intake(desk.read(minimal(fraud__kind="loan")), by=None, today=TODAY)
    entries = list(AuditEntry.objects.order_by("number"))[before:]
    assert [(e.verb, e.actor_id, e.target_type, e.target_id) for e in entries] == [
        ("case.create", bjorn.pk, "cases.case", str(case.pk)),
        ("case.update", None, "cases.case", str(case.pk)),
    ]


def test_what_could_find_the_victim_is_no_plain_text_in_the_database(desk: Desk) -> None:
    desk.take(
        minimal(
            reporter={"full_name": "Paul Sample", "relation": "brother", "email": "paul@example.org"},
            transfers=[{**PAYMENT, "from_account": "OWN-ACCOUNT-77", "to_account": "THEIR-ACCOUNT-88"}],
            consents=[consent("us-ic3")],
        )
    )
    stored = repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for rows in state() for row in rows])
    for secret in ("Margaret", "Testperson", "0142", "Sample Terrace", "Worcester", "01602", "1961", "I cannot sleep",
                   "my savings", "Paul", "paul@", "OWN-ACCOUNT-77"):  # fmt: skip
        assert secret not in stored, secret
    assert "THEIR-ACCOUNT-88" in stored
    assert Identifier.objects.get().value in stored
