"""Kept: what is wrong in the facts but must not cost a victim their case, and every honest value."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from cases.enums import ConsentMethod, Direction, Disclose, FraudKind, Outcome, Purpose, Withhold
from cases.intake import read_intake
from cases.intake.records import EarlierReport, Impact, InstitutionInformed, SafeContact, Safety, Triage
from tests.cases.intake.samples import AGENCIES, FULL, REMOVED, TODAY, full, place_of, taken, values, with_value
from tests.intakes import CASES

KEPT: list[tuple[str, Any]] = [
    # hard facts with a mistake in them
    ("identifiers.0", {"kind": "crypto_wallet", "value": "TPdvH7d1W2ZkpkmFfrJB7W97ShH49Y2r6X", "service": "tron"}),
    ("identifiers.0", {"kind": "bank_account", "value": "DE00 1234 5678"}),
    ("identifiers.0", {"kind": "social_profile", "value": "Linda Howe"}),
    ("identifiers.0", {"kind": "phone", "value": "call me maybe"}),
    ("identifiers.0", {"kind": "email", "value": "not an address"}),
    ("identifiers.0", {"kind": "website", "value": "javascript:alert(1)"}),
    ("victim.phone", "none"),
    ("reporter.phone", "ask my brother"),
    # totals and dates that do not agree
    ("fraud.stated_loss", {"amount": "1", "currency": "USDT"}),
    ("fraud.discovered_on", "2020-01-01"),
    ("fraud.first_contact.on", "2025-06-15"),
    ("transfers.0.sent_on", "1999-12-31"),
    ("fraud.kind", "romance"),  # held_in without forced_criminality
    ("victim.date_of_birth", "1871-05-01"),
    # the edges of what is allowed
    ("victim.date_of_birth", "2025-06-16"),  # tomorrow
    ("fraud.started_on", "2024-02-29"),
    ("transfers.0.sent_at", "2025-06-16T23:59:59.999999+14:00"),
    ("transfers.0.sent_at", "2024-01-10t09:15:00.5z"),
    ("transfers.0.sent_at", "2024-01-10T09:15:00.123456789-00:00"),
    ("transfers.0.amount", "0.000000000000000001"),
    ("transfers.0.amount", "999999999999999.999999999999999999"),
    ("transfers.0.amount", "007.50"),
    ("transfers.0.currency", "1INCH"),
    ("transfers.0.currency", "ABCDEFGHIJ"),
    ("victim.address.country", "XK"),
    ("victim.address.country", "TW"),
    ("victim.nationalities", []),
    ("victim.full_name", "x" * 200),
    ("victim.address.street", "x" * 10_000),
    ("fraud.impact.emotional", "First line.\n\tSecond line."),
    ("fraud.impact.in_english.financial", "First line.\nSecond line."),
    ("victim.full_name", "محمد بن عبد الله\u200f"),
    ("victim.full_name", "नमूना\u200dक"),
    ("victim.full_name", "王\U00020000"),
    ("victim.full_name", "👩\u200d👩\u200d👧 and \ufffd"),
    ("victim.language", "whatever they speak"),
    # consents
    ("consents.0.agency", "xk-local-police"),
    ("consents.0.agency", "de-embassy-kh"),
    ("consents.0.agency", "ng-anti-trafficking"),
    ("consents.0.agency", "institution-example-bank-fictitious"),
    ("consents.0.signed_as", "Somebody Else"),
    ("consents.0.given_on", "2001-01-01"),
    ("evidence.0.path", "./evidence//note.txt"),
]


@pytest.mark.parametrize(("path", "value"), KEPT)
def test_a_mistake_in_the_facts_is_kept_as_given(path: str, value: Any) -> None:
    intake = taken(with_value(place_of(path), value))
    if isinstance(value, str) and not path.endswith(("_on", ".on", "_at", "_birth", "amount")):
        assert value in set(values(intake))


@pytest.mark.parametrize(
    "email",
    [
        "a@example.org",
        "first.last+tag@sub.example.org",
        "o'brien@example.org",
        "a@bücher.example",
        "a@BÜCHER.example",
        "a@例子.example",
        "用户@例子.example",
        "a@xn--bcher-kva.example",
        "a@r3---x.example.org",
        "a" * 64 + "@example.org",
        "1@2.example",
    ],
)
def test_an_honest_address_is_kept(email: str) -> None:
    assert taken(with_value(("victim", "email"), email)).victim.email == email


@pytest.mark.parametrize("path", sorted(CASES.glob("*.json")), ids=lambda path: path.stem)
def test_the_sample_cases_are_taken(path: Any) -> None:
    intake = read_intake(path, known_agencies=AGENCIES, today=TODAY)
    assert intake.external_id in {"CASE-01", "CASE-03", "CASE-04"}


def test_the_27_transfers_are_exact() -> None:
    path = CASES / "us-investment-27-transfers.json"
    intake = read_intake(path, known_agencies=AGENCIES, today=TODAY)
    assert len(intake.transfers) == 27
    assert sum(transfer.amount for transfer in intake.transfers) == Decimal(1310500)
    assert [item.path for item in intake.evidence] == ["evidence/withdrawals.csv", "evidence/wire-receipt.png"]


def test_a_complete_intake_keeps_every_value_under_its_own_name() -> None:
    intake = taken(full())
    first, second = intake.transfers
    assert intake.victim.date_of_birth == date(1970, 1, 31)
    assert intake.victim.safe_contact == SafeContact(
        email_is_safe=True, phone_is_safe=False, note="Calls are overheard."
    )
    assert intake.victim.nationalities == ("DE", "NG")
    assert intake.reporter is not None
    assert intake.reporter.relation == "brother"
    assert intake.safety == Safety(no_dispatch_without_supervisor=True, ties_to=("CN",))
    assert intake.fraud.kind is FraudKind.INVESTMENT
    assert intake.fraud.stated_loss is not None
    assert intake.fraud.stated_loss.amount == Decimal("12000.50")
    assert intake.triage == Triage(("HK", "KH"), ("KH",), ("en", "zh"), offender_had_chinese_name=True, held_in="KH")
    assert str(first.amount) == "123456789012345.123456789012345678"
    assert first.sent_at == datetime(2024, 1, 10, 8, 15, tzinfo=UTC)
    assert first.institution_informed == InstitutionInformed(date(2024, 3, 2), "could not recall it", "REF-1")
    assert second.direction is Direction.RETURNED
    assert intake.reports[0].outcome is Outcome.REFUSED
    assert intake.consents[0].withhold == (Withhold.STREET, Withhold.IMPACT)
    assert intake.consents[0].disclose == (Disclose.EVIDENCE,)
    assert intake.consents[0].method is ConsentMethod.BY_PHONE_READ_BACK
    assert intake.purposes == (Purpose.STATISTICS, Purpose.INDICATORS)


def test_the_day_of_a_transfer_is_the_one_its_own_clock_showed() -> None:
    transfer = taken(full()).transfers[1]
    assert transfer.sent_on == date(2024, 3, 5)  # in UTC it was the 6th
    assert transfer.sent_at == datetime(2024, 3, 5, 23, 30, tzinfo=timezone(timedelta(hours=-11)))


def test_a_given_day_stands_beside_a_given_time() -> None:
    transfer = taken(with_value(("transfers", 0, "sent_on"), "2024-01-11")).transfers[0]
    assert transfer.sent_on == date(2024, 1, 11)


def test_what_is_not_said_is_not_asked() -> None:
    bare = {"victim": {"full_name": "Ada", "address": {"country": "NG"}}, "fraud": {"kind": "other"}}
    intake = taken(bare)
    assert intake.external_id is None
    assert intake.safety.ties_to is None
    assert intake.triage == Triage()
    assert set(values(intake.triage)) == {None}
    assert intake.fraud.impact == Impact()
    assert (intake.identifiers, intake.transfers, intake.evidence, intake.purposes) == ((), (), (), ())
    assert intake.victim.safe_contact == SafeContact(email_is_safe=True, phone_is_safe=True)


def test_an_empty_list_is_an_answer() -> None:
    document = with_value(("safety", "ties_to"), []) | {"triage": {"money_sent_to": []}}
    intake = taken(document)
    assert intake.safety.ties_to == ()
    assert intake.triage.money_sent_to == ()
    assert intake.triage.offender_spoke is None


def test_a_report_was_accepted_unless_the_file_says_otherwise() -> None:
    intake = taken(with_value(("reports",), [{"agency": "us-ftc", "filed_on": "2024-01-01"}]))
    assert intake.reports == (EarlierReport("us-ftc", date(2024, 1, 1), outcome=Outcome.ACCEPTED),)


def test_texts_are_composed_and_line_breaks_of_web_forms_become_plain() -> None:
    document = with_value(("victim", "full_name"), "Jose\u0301 N\u0303andu\u0301")
    document["fraud"]["impact"]["emotional"] = "One.\r\nTwo."
    intake = taken(document)
    assert intake.victim.full_name == "José Ñandú"
    assert intake.fraud.impact.emotional == "One.\nTwo."


def test_the_external_id_may_be_missing() -> None:
    assert taken(with_value(("external_id",), REMOVED)).external_id is None


def test_the_same_file_gives_the_same_intake() -> None:
    assert taken(full()) == read_intake(FULL, known_agencies=AGENCIES, today=TODAY)
