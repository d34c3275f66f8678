"""What a recipient is told: the defaults, what a consent discloses or withholds, and safety above both."""

from dataclasses import astuple, replace
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection

from cases.models import Evidence
from cases.plan import build_plan
from letters.facts import LetterFacts
from letters.gathering import facts_sha256, gather, telling
from tests.desk import TODAY, Desk
from tests.intakes import Document, changed, consent, held, minimal

EMBASSY, MAILBOX, POLICE, BANK, FAR_BANK = (
    "cn-embassy-us",
    "cn-government-mailbox",
    "us-local-police",
    "institution-first-bank",
    "institution-far-bank",
)
FOREIGN = [EMBASSY, MAILBOX, "hk-adcc", "th-police-online"]
HOME = [POLICE, "us-ic3", "us-ftc", BANK]
NO_STATE = ["int-anyscam", FAR_BANK]


def full(**changes: object) -> Document:
    """A US resident's case with everything in it that some recipient is not told."""
    document = minimal(
        victim__nationalities=["DE"],
        reporter={
            "full_name": "Paul Sample",
            "relation": "brother",
            "email": "paul@example.org",
            "phone": "+1 508-555-0177",
            "country": "US",
        },
        triage={"offender_spoke": ["zh"], "money_sent_to": ["HK", "TH"]},
        transfers=[
            {
                "amount": "100.50",
                "currency": "USD",
                "mechanism": "bank_wire",
                "sent_on": "2026-01-02",
                "from_institution": "First Bank",
                "from_account": "OWN-ACCOUNT-77",
                "to_institution": "Far Bank",
                "to_account": "THEIR-ACCOUNT-88",
                "to_country": "TH",
            }
        ],
        reports=[
            {
                "agency": "Owasso Police",
                "filed_on": "2026-01-03",
                "outcome": "refused",
                "outcome_reason": "It is a civil matter.",
                "station": "Station 4",
                "officer": "Officer Example",
            }
        ],
        evidence=[{"path": "evidence/wire-receipt.png", "description": "Receipt of the wire"}],
    )
    return changed(document, **changes)


def told(desk: Desk, document: Document, key: str) -> LetterFacts:
    """The facts of the letter to one agency of the document's plan."""
    file = desk.file(document)
    return gather(file, build_plan(file).row(key), desk.organization, draft=False, on=TODAY)


def everything(facts: LetterFacts) -> str:
    return repr(astuple(facts))


# --- the defaults ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [*FOREIGN, *NO_STATE])
def test_who_is_not_at_home_is_not_told_what_could_harm(desk: Desk, key: str) -> None:
    facts = told(desk, full(), key)
    assert facts.victim.date_of_birth is None
    assert [line.from_account for line in facts.transfers] == [""]
    assert facts.reporter is not None
    assert (facts.reporter.email, facts.reporter.phone, facts.reporter.country) == ("", "", "")
    assert [report.officer for report in facts.earlier_reports] == [""]
    for secret in ("OWN-ACCOUNT-77", "paul@example.org", "555-0177", "Officer Example", "1961"):
        assert secret not in everything(facts)


@pytest.mark.parametrize("key", HOME)
def test_at_home_police_desks_and_the_sending_bank_are_told_what_they_need(desk: Desk, key: str) -> None:
    facts = told(desk, full(), key)
    assert facts.victim.date_of_birth == date(1961, 2, 28)
    assert [line.from_account for line in facts.transfers] == ["OWN-ACCOUNT-77"]
    assert facts.reporter is not None
    assert (facts.reporter.email, facts.reporter.phone) == ("paul@example.org", "+1 508-555-0177")
    assert facts.reporter.country == "the United States"
    assert [report.officer for report in facts.earlier_reports] == ["Officer Example"]


@pytest.mark.parametrize("key", [*FOREIGN, *NO_STATE, *HOME])
def test_nobody_is_told_nationality_ties_or_notes_about_safety_unless_disclosed(desk: Desk, key: str) -> None:
    document = full(
        safety={"ties_to": ["VN"], "self_harm_risk": True},
        victim__safe_contact={"email_is_safe": True, "note": "Her husband reads along."},
    )
    facts = told(desk, document, key)
    assert facts.victim.nationalities == ()
    for secret in ("Germany", "'DE'", "Viet", "husband", "wire-receipt"):
        assert secret not in everything(facts)


@pytest.mark.parametrize("key", [*FOREIGN, *NO_STATE, *HOME])
def test_everybody_is_told_who_the_victim_is_how_to_answer_and_all_hard_facts(desk: Desk, key: str) -> None:
    facts = told(desk, full(), key)
    assert facts.victim.full_name == "Margaret Ellen Testperson"
    assert (facts.victim.email, facts.victim.phone) == ("margaret.testperson@example.org", "+1 508-555-0142")
    assert facts.victim.address == ("14 Sample Terrace", "01602 Worcester", "Massachusetts")
    assert facts.victim.country == "the United States"
    assert (facts.impact.emotional, facts.impact.financial) == ("I cannot sleep.", "I lost my savings.")
    assert [line.value for line in facts.identifiers] == ["https://trade.example"]
    assert [(t.amount, t.to_account, t.to_country) for t in facts.transfers] == [
        (Decimal("100.50"), "THEIR-ACCOUNT-88", "Thailand")
    ]
    assert [(r.agency, r.outcome, r.outcome_reason) for r in facts.earlier_reports] == [
        ("Owasso Police", "refused", "It is a civil matter.")
    ]
    assert [(e.letter, e.media_type, e.description) for e in facts.exhibits] == [
        ("A", "image/png", "Receipt of the wire")
    ]


def test_the_police_of_a_territory_s_own_state_are_at_home(desk: Desk) -> None:
    document = full(victim__address={"country": "PR", "city": "San Juan"})
    assert told(desk, document, "us-ic3").victim.date_of_birth == date(1961, 2, 28)
    assert not told(desk, document, "us-ic3").recipient.foreign


PAID_BACK = {
    "amount": "10",
    "currency": "USD",
    "mechanism": "bank_wire",
    "direction": "returned",
    "from_institution": "Far Bank",
    "from_account": "THEIR-ACCOUNT-88",
    "to_institution": "First Bank",
    "to_account": "OWN-ACCOUNT-77",
    "to_name": "Margaret Ellen Testperson",
}


@pytest.mark.parametrize(("key", "own"), [*((key, False) for key in (*FOREIGN, *NO_STATE)), (POLICE, True)])
def test_where_money_came_back_the_receivers_account_is_the_victims_own(desk: Desk, key: str, own: bool) -> None:
    document = full()
    document["transfers"].append(PAID_BACK)
    line = told(desk, document, key).transfers[1]
    assert line.returned
    assert line.from_account == "THEIR-ACCOUNT-88"
    expected = ("OWN-ACCOUNT-77", "Margaret Ellen Testperson") if own else ("", "")
    assert (line.to_account, line.to_name) == expected


def test_an_own_account_is_ciphertext_where_money_came_back_too(desk: Desk) -> None:
    document = full()
    document["transfers"].append(PAID_BACK)
    desk.file(document)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_transfer::text FROM cases_transfer")
        assert "OWN-ACCOUNT-77" not in repr(cursor.fetchall())


def test_a_bank_is_not_told_of_accounts_elsewhere_unless_that_is_disclosed(desk: Desk) -> None:
    document = full()
    document["transfers"].append(
        {
            "amount": "5",
            "currency": "USD",
            "mechanism": "bank_wire",
            "from_institution": "Second Bank",
            "from_account": "OWN-9",
        }
    )
    assert [line.from_account for line in told(desk, document, BANK).transfers] == ["OWN-ACCOUNT-77", ""]
    assert [line.from_account for line in told(desk, document, POLICE).transfers] == ["OWN-ACCOUNT-77", "OWN-9"]
    disclosed = consent(BANK, disclose=["transfers.from_account"])
    facts = told(desk, changed(document, external_id="2", consents=[disclosed]), BANK)
    assert [line.from_account for line in facts.transfers] == ["OWN-ACCOUNT-77", "OWN-9"]


# --- what a consent changes -----------------------------------------------------------------------------------

DISCLOSED = {
    "victim.date_of_birth": "datetime.date(1961, 2, 28)",
    "victim.nationalities": "Germany",
    "transfers.from_account": "OWN-ACCOUNT-77",
    "reporter.contact": "paul@example.org",
}


@pytest.mark.parametrize("item", DISCLOSED)
def test_a_consent_discloses_what_it_names_and_nothing_else(desk: Desk, item: str) -> None:
    words = everything(told(desk, full(consents=[consent(EMBASSY, disclose=[item])]), EMBASSY))
    assert [other for other, secret in DISCLOSED.items() if secret in words] == [item]
    assert "Officer Example" not in words


@pytest.mark.parametrize("item", DISCLOSED)
def test_a_consent_for_one_agency_discloses_nothing_to_another(desk: Desk, item: str) -> None:
    document = full(consents=[consent(EMBASSY, disclose=[item])])
    assert DISCLOSED[item] not in everything(told(desk, document, MAILBOX))


@pytest.mark.parametrize("item", DISCLOSED)
def test_what_somebody_else_signed_discloses_nothing(desk: Desk, item: str) -> None:
    document = full(consents=[consent(EMBASSY, disclose=[item], signed_as="Somebody Else")])
    assert DISCLOSED[item] not in everything(told(desk, document, EMBASSY))


WITHHELD = {
    "victim.street": ["14 Sample Terrace", "01602"],
    "victim.phone": ["555-0142"],
    "victim.email": ["margaret.testperson@example.org"],
    "impact": ["I cannot sleep.", "I lost my savings."],
}


@pytest.mark.parametrize("item", WITHHELD)
@pytest.mark.parametrize("key", [EMBASSY, POLICE])
def test_a_consent_withholds_what_it_names_and_nothing_else_at_home_too(desk: Desk, item: str, key: str) -> None:
    words = everything(told(desk, full(consents=[consent(key, withhold=[item])]), key))
    for other, values in WITHHELD.items():
        assert [value in words for value in values] == [other != item] * len(values), other
    assert "Worcester" in words


@pytest.mark.parametrize("item", WITHHELD)
def test_a_consent_for_one_agency_withholds_nothing_from_another(desk: Desk, item: str) -> None:
    words = everything(told(desk, full(consents=[consent(EMBASSY, withhold=[item])]), MAILBOX))
    assert all(value in words for value in WITHHELD[item])


def test_a_translation_of_the_impact_is_withheld_with_it(desk: Desk) -> None:
    english = {"emotional": "No sleep.", "financial": "All gone.", "translated_by": "the organization"}
    document = full(fraud__impact__in_english=english, consents=[consent(EMBASSY, withhold=["impact"])])
    assert "No sleep." in everything(told(desk, document, MAILBOX))
    words = everything(told(desk, document, EMBASSY))
    assert not [word for word in ("No sleep.", "All gone.", "the organization") if word in words]


# --- safety above consent -------------------------------------------------------------------------------------

ALL_DISCLOSED = ["victim.date_of_birth", "victim.nationalities", "transfers.from_account", "reporter.contact"]


@pytest.mark.parametrize("key", [EMBASSY, POLICE, BANK])
@pytest.mark.parametrize(
    ("flag", "secret"), [("email_is_safe", "margaret.testperson@example.org"), ("phone_is_safe", "555-0142")]
)
def test_an_unsafe_way_is_printed_nowhere_and_the_organization_stands_in(
    desk: Desk, key: str, flag: str, secret: str
) -> None:
    document = full(victim__safe_contact={flag: False}, consents=[consent(key, disclose=ALL_DISCLOSED)])
    facts = told(desk, document, key)
    assert secret not in everything(facts)
    assert "Through North Star Victim Support: answers@north.example.org" in facts.signature.contact
    other = "555-0142" if flag == "email_is_safe" else "margaret.testperson@example.org"
    assert other in everything(facts)


@pytest.mark.parametrize("key", [EMBASSY, POLICE, BANK])
def test_a_victim_who_must_not_be_contacted_has_no_way_to_them_in_any_letter(desk: Desk, key: str) -> None:
    document = full(safety__do_not_contact_victim=True, consents=[consent(key, disclose=ALL_DISCLOSED)])
    facts = told(desk, document, key)
    for secret in ("margaret.testperson@example.org", "555-0142", "14 Sample Terrace", "01602"):
        assert secret not in everything(facts)
    assert "Through North Star Victim Support: answers@north.example.org" in facts.signature.contact


@pytest.mark.parametrize("key", [EMBASSY, POLICE, BANK])
def test_a_hidden_place_is_not_told_whatever_the_consent_says(desk: Desk, key: str) -> None:
    document = full(safety__do_not_reveal_location=True, consents=[consent(key, disclose=ALL_DISCLOSED)])
    facts = told(desk, document, key)
    for place in ("14 Sample Terrace", "Worcester", "Massachusetts", "01602"):
        assert place not in everything(facts)
    assert facts.victim.address == ()
    assert facts.victim.country == "the United States"
    assert not [line for line in facts.signature.contact if line.startswith("Post")]


def test_where_no_place_is_told_the_street_is_not_told_at_either_door(desk: Desk) -> None:
    for number, document in enumerate((full(safety__do_not_reveal_location=True), held())):
        file = desk.file(changed(document, external_id=str(number)))
        assert not [row.key for row in build_plan(file).rows if telling(file, row).street]


def test_a_way_that_is_withheld_is_answered_through_the_organization(desk: Desk) -> None:
    document = full(consents=[consent(EMBASSY, withhold=["victim.phone"])])
    assert (
        "Through North Star Victim Support: answers@north.example.org"
        in told(desk, document, EMBASSY).signature.contact
    )


# --- who signs ------------------------------------------------------------------------------------------------


def test_the_victim_signs_with_every_safe_way_to_reach_them(desk: Desk) -> None:
    signature = told(desk, full(reporter=None), EMBASSY).signature
    assert (signature.full_name, signature.on_behalf_of, signature.relation) == ("Margaret Ellen Testperson", "", "")
    assert signature.contact == (
        "E-mail: margaret.testperson@example.org",
        "Phone: +1 508-555-0142",
        "Post: 14 Sample Terrace, 01602 Worcester, Massachusetts, the United States",
    )


def test_a_reporter_signs_on_the_victims_behalf(desk: Desk) -> None:
    signature = told(desk, full(), POLICE).signature
    assert (signature.full_name, signature.on_behalf_of, signature.relation) == (
        "Paul Sample",
        "Margaret Ellen Testperson",
        "brother",
    )
    assert signature.contact == ("E-mail: paul@example.org", "Phone: +1 508-555-0177")


def test_a_reporter_whose_contact_is_not_told_signs_without_it(desk: Desk) -> None:
    contact = told(desk, full(), EMBASSY).signature.contact
    assert contact == ("Through North Star Victim Support: answers@north.example.org",)


def test_a_victim_without_any_way_of_their_own_is_reached_through_the_organization(desk: Desk) -> None:
    document = minimal(victim__email=None, victim__phone=None, victim__address={"country": "US"})
    assert told(desk, document, POLICE).signature.contact == (
        "Through North Star Victim Support: answers@north.example.org",
    )


def test_without_the_street_there_is_no_way_by_post(desk: Desk) -> None:
    document = full(consents=[consent(EMBASSY, withhold=["victim.street"])])
    facts = told(desk, document, EMBASSY)
    assert facts.victim.address == ("Worcester", "Massachusetts")
    assert not [line for line in facts.signature.contact if line.startswith("Post")]


# --- a person who is held -------------------------------------------------------------------------------------

HELD_ROWS = ["ke-embassy-kh", "ke-anti-trafficking", "kh-police-117"]


def held_with_places(**changes: object) -> Document:
    """A held person whose file names the country in every field that has one."""
    document = held(
        victim__address={"street": "Compound 9", "city": "Nakuru", "region": "Rift Valley", "country": "KE"},
        reporter__country="KH",
        identifiers=[
            {"kind": "phone", "value": "+254 20 555 0100", "country": "KH"},
            {"kind": "website", "value": "https://trade.example", "country": "LA"},
        ],
        transfers=[
            {"amount": "5", "currency": "USD", "mechanism": "cash", "to_country": "KH", "from_institution": "First"},
            {"amount": "6", "currency": "USD", "mechanism": "cash", "to_country": "LA", "from_institution": "First"},
        ],
    )
    return changed(document, **changes)


@pytest.mark.parametrize("key", [*HELD_ROWS, "institution-first"])
def test_the_place_of_a_held_person_is_in_no_field_of_any_letter(desk: Desk, key: str) -> None:
    given = consent(key, signed_as="Joseph Mwangi Sample", disclose=ALL_DISCLOSED)
    facts = told(desk, held_with_places(consents=[given]), key)
    for place in ("Cambodia", "Compound 9", "Nakuru", "Rift", "kh-", "-kh", "117", "'KH'"):
        assert place not in everything(facts)
    assert facts.held
    assert (facts.victim.address, facts.victim.country) == ((), "")
    assert [line.country for line in facts.identifiers] == ["", "Laos"]
    assert [line.to_country for line in facts.transfers] == ["", "Laos"]


def test_a_reporter_who_lives_where_the_person_is_held_does_not_tell_it_at_home_either(desk: Desk) -> None:
    document = held_with_places()
    there = told(desk, document, "ke-anti-trafficking").reporter
    elsewhere = told(desk, changed(document, external_id="2", reporter__country="UG"), "ke-anti-trafficking").reporter
    assert there is not None
    assert elsewhere is not None
    assert (there.email, there.country) == ("grace@example.org", "")
    assert elsewhere.country == "Uganda"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("ke-embassy-kh", "Embassy of Kenya"),
        ("ke-anti-trafficking", "Anti-trafficking police and organizations, Kenya"),
        ("kh-police-117", "The competent police authority"),
        ("institution-first", "First"),
    ],
)
def test_an_addressee_of_a_held_persons_letter_is_not_named_after_the_place(desk: Desk, key: str, name: str) -> None:
    recipient = told(desk, held_with_places(), key).recipient
    assert recipient.name == name
    assert (recipient.key, recipient.name_local, recipient.address, recipient.to) == ("", "", (), "")


def test_the_state_of_a_held_persons_nationality_is_home_to_them(desk: Desk) -> None:
    document = held_with_places(victim__address={"country": "UG"}, victim__date_of_birth="1999-05-06")
    facts = told(desk, document, "ke-anti-trafficking")
    assert not facts.recipient.foreign
    assert facts.victim.date_of_birth == date(1999, 5, 6)
    police = told(desk, document, "kh-police-117")
    assert police.recipient.foreign
    assert police.victim.date_of_birth is None


@pytest.mark.parametrize(
    "change",
    [
        {"victim__address": {"country": "KH"}},
        {"victim__nationalities": ["KE", "KH"]},
        {"victim__nationalities": None, "victim__address": {"country": "KH"}, "reporter__country": "KE"},
    ],
)
def test_the_state_that_holds_a_person_is_never_home_but_their_own_rescuers_are(
    desk: Desk, change: dict[str, object]
) -> None:
    document = held_with_places(victim__date_of_birth="1999-05-06", **change)
    police, rescuers = (told(desk, document, key) for key in ("kh-police-117", "ke-anti-trafficking"))
    assert (police.recipient.foreign, rescuers.recipient.foreign) == (True, False)
    assert (police.victim.date_of_birth, rescuers.victim.date_of_birth) == (None, date(1999, 5, 6))


def test_who_is_held_in_their_own_country_has_rescuers_there(desk: Desk) -> None:
    document = held_with_places(victim__nationalities=["KH"])
    assert not told(desk, document, "kh-anti-trafficking").recipient.foreign
    assert told(desk, document, "kh-police-117").recipient.foreign


def test_an_address_is_no_home_as_long_as_nobody_knows_where_the_person_is_held(desk: Desk) -> None:
    document = held_with_places(triage={}, victim__address={"country": "KH"})
    assert told(desk, document, "kh-local-police").recipient.foreign
    assert not told(
        desk, changed(document, external_id="2", victim__nationalities=["KH"]), "kh-local-police"
    ).recipient.foreign


def test_somebody_who_is_not_held_is_addressed_in_full(desk: Desk) -> None:
    recipient = told(desk, full(), "hk-adcc").recipient
    assert (recipient.key, recipient.chinese, recipient.foreign) == ("hk-adcc", True, True)
    assert recipient.to
    police = told(desk, full(external_id="2"), POLICE).recipient
    assert (police.chinese, police.foreign, police.attention) == (False, False, "")
    anyscam = told(desk, full(external_id="3"), "int-anyscam").recipient
    assert not anyscam.foreign


# --- how facts are put ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("+1 508-555-0142", "+1 508-555-0142"),
        ("508-555-0142", "508-555-0142 (+15085550142)"),
        ("(508) 555 0142", "(508) 555 0142 (+15085550142)"),
        ("ask my sister", "ask my sister"),
    ],
)
def test_a_phone_number_stands_as_given_with_its_international_form(desk: Desk, given: str, printed: str) -> None:
    assert told(desk, minimal(victim__phone=given), POLICE).victim.phone == printed


def test_exhibits_are_lettered_from_a_to_z_then_aa(desk: Desk) -> None:
    file = desk.file(minimal())
    evidence = tuple(Evidence(sha256=f"{n:064x}", media_type="image/png", original_name="x.png") for n in range(704))
    row = build_plan(file).row(POLICE)
    facts = gather(replace(file, evidence=evidence), row, desk.organization, draft=False, on=TODAY)
    letters = [exhibit.letter for exhibit in facts.exhibits]
    assert [letters[n] for n in (0, 1, 25, 26, 27, 51, 52, 701, 702, 703)] == [
        "A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA", "AAB",
    ]  # fmt: skip
    assert [facts.exhibits[703].sha256, "x.png" in everything(facts)] == [f"{703:064x}", False]


def test_transfers_are_numbered_and_say_what_is_known_of_each(desk: Desk) -> None:
    informed = {"on": "2026-01-05", "reference": "D-7", "outcome": "card blocked"}
    transfers = [
        {
            "amount": "5",
            "currency": "USDT",
            "network": "tron",
            "mechanism": "crypto",
            "sent_at": "2026-01-02T14:05:00+08:00",
            "to_name": "Wang Fang",
            "to_bank_code": "CODE",
            "reference": "REF",
            "tag": "TAG",
            "second_fraud": True,
        },
        {"amount": "2", "currency": "USDT", "mechanism": "other", "direction": "returned"},
        {"amount": "3", "currency": "USD", "mechanism": "card", "institution_informed": informed},
        {"amount": "3", "currency": "USD", "mechanism": "card", "institution_informed": {"on": "2026-01-05"}},
    ]
    first, second, third, fourth = told(desk, minimal(transfers=transfers), POLICE).transfers
    assert [first.number, second.number, third.number, fourth.number] == [1, 2, 3, 4]
    assert (first.sent_on, first.sent_at) == (date(2026, 1, 2), "2026-01-02 14:05 UTC+08:00")
    assert (first.network, first.to_name, first.to_bank_code, first.reference, first.tag) == (
        "tron", "Wang Fang", "CODE", "REF", "TAG",
    )  # fmt: skip
    assert (first.second_fraud, first.returned, second.second_fraud, second.returned) == (True, False, False, True)
    assert (second.sent_on, second.sent_at) == (None, "")
    assert [first.informed, third.informed, fourth.informed] == [
        "", "2026-01-05, reference D-7: card blocked", "2026-01-05",
    ]  # fmt: skip


def test_totals_and_the_stated_loss_stand_apart(desk: Desk) -> None:
    transfers = [
        {"amount": "10", "currency": "USD", "mechanism": "cash"},
        {"amount": "4", "currency": "USD", "mechanism": "cash", "direction": "returned"},
        {"amount": "3", "currency": "USD", "mechanism": "cash", "second_fraud": True},
        {"amount": "1", "currency": "BTC", "mechanism": "crypto"},
    ]
    document = minimal(transfers=transfers, fraud__stated_loss={"amount": "99", "currency": "EUR"})
    facts = told(desk, document, POLICE)
    assert [(t.currency, t.sent, t.returned, t.lost, t.second_fraud) for t in facts.totals] == [
        ("USD", Decimal(13), Decimal(4), Decimal(9), Decimal(3)),
        ("BTC", Decimal(1), Decimal(0), Decimal(1), Decimal(0)),
    ]
    assert facts.stated_loss is not None
    assert (facts.stated_loss.currency, facts.stated_loss.lost) == ("EUR", Decimal(99))
    assert told(desk, minimal(external_id="2"), POLICE).stated_loss is None


def test_the_story_of_the_fraud_is_told_in_dated_facts(desk: Desk) -> None:
    document = minimal(
        fraud__started_on="2025-01-02",
        fraud__discovered_on="2025-03-04",
        fraud__first_contact={"on": "2025-01-01", "service": "WeChat"},
        fraud__timeline=[{"on": "2025-02-01", "fact": "First payment"}],
    )
    facts = told(desk, document, POLICE)
    assert (facts.started_on, facts.discovered_on) == (date(2025, 1, 2), date(2025, 3, 4))
    assert (facts.first_contact_on, facts.first_contact_service) == (date(2025, 1, 1), "WeChat")
    assert [(event.on, event.fact) for event in facts.timeline] == [(date(2025, 2, 1), "First payment")]


def test_only_institutions_are_told_what_may_still_be_recovered(desk: Desk) -> None:
    wire = {"amount": "60000", "currency": "USD", "mechanism": "bank_wire", "to_country": "TH"}
    document = full(transfers=[{**wire, "from_institution": "First Bank", "to_institution": "Far Bank"}])
    for number, key in enumerate((BANK, FAR_BANK, POLICE, EMBASSY, "us-ic3")):
        note = told(desk, changed(document, external_id=f"T-{number}"), key).recovery_note
        assert bool(note) is (key in (BANK, FAR_BANK)), key


def test_a_letter_to_a_bank_names_the_period_in_words_that_hold_before_and_after_its_end(desk: Desk) -> None:
    wire = {"amount": "60000", "currency": "USD", "mechanism": "bank_wire", "to_country": "TH"}
    sent = {**wire, "sent_at": "2026-11-22T09:00:00Z", "from_institution": "First Bank"}
    notes = []
    for day in ("2026-11-23", "2026-12-23"):
        with time_machine.travel(day, tick=False):
            notes.append(told(desk, minimal(transfers=[sent]), "institution-first-bank").recovery_note)
    assert notes == ["the FBI's Financial Fraud Kill Chain (until 2026-11-25 09:00 UTC)"] * 2


def test_a_letter_to_a_bank_names_each_period_once_reckoned_from_the_latest_payment_of_its_kind(desk: Desk) -> None:
    wire = {"amount": "60000", "currency": "USD", "mechanism": "bank_wire", "from_institution": "First Bank"}
    card = {**wire, "mechanism": "card"}
    transfers = [
        {**wire, "to_country": "TH", "sent_on": "2026-01-05"},
        *({**card, "sent_on": day} for day in ("2026-02-01", "2026-03-01", "2026-02-02")),
        card,
        {**wire, "mechanism": "crypto", "sent_on": "2026-04-01"},
        {**wire, "mechanism": "cash"},
    ]
    statement = "which run from the statement that shows the payment"
    assert told(desk, minimal(transfers=transfers), "institution-first-bank").recovery_note == (
        "the FBI's Financial Fraud Kill Chain (until 2026-01-08 23:59 UTC); "
        f"the 60 days of Regulation E, {statement} (until 2026-04-30); "
        f"the 60 days of Regulation Z, {statement} (until 2026-04-30)"
    )


def test_a_period_of_payments_without_a_date_is_named_without_its_end(desk: Desk) -> None:
    wire = {"amount": "60000", "currency": "USD", "mechanism": "bank_wire", "from_institution": "First Bank"}
    note = told(desk, minimal(transfers=[wire, wire]), "institution-first-bank").recovery_note
    assert note == "the FBI's Financial Fraud Kill Chain"


def test_a_bank_is_told_of_no_period_where_none_is_known(desk: Desk) -> None:
    cash = {"amount": "5", "currency": "USD", "mechanism": "cash", "from_institution": "First Bank"}
    assert told(desk, minimal(transfers=[cash]), "institution-first-bank").recovery_note == ""


def test_the_organization_stands_in_the_letter_as_it_writes_itself(desk: Desk) -> None:
    desk.organization.letterhead = " For those who were robbed \n\n Registered charity \n"
    sender = told(desk, minimal(), POLICE).sender
    assert sender.letterhead == ("For those who were robbed", "Registered charity")
    assert sender.postal_address == ("1 Example Square", "Exampleton")
    assert (sender.name, sender.email, sender.reply_email) == (
        "North Star Victim Support",
        "reports@north.example.org",
        "answers@north.example.org",
    )


# --- equal letters --------------------------------------------------------------------------------------------


def test_a_letter_that_says_the_same_on_another_day_and_under_another_code_is_equal(desk: Desk) -> None:
    facts = told(desk, full(), POLICE)
    later = replace(facts, letter_date=date(2027, 1, 1), verify_url="https://redress.example/verify/x/")
    assert facts_sha256(later) == facts_sha256(facts)


def test_a_draft_another_recipient_and_every_other_fact_make_another_letter(desk: Desk) -> None:
    facts = told(desk, full(), POLICE)
    others = [
        replace(facts, draft=True),
        replace(facts, recipient=replace(facts.recipient, to="elsewhere")),
        replace(facts, sender=replace(facts.sender, reply_email="new@north.example.org")),
        replace(facts, impact=replace(facts.impact, emotional="I can sleep.")),
        replace(facts, transfers=()),
    ]
    assert len({facts_sha256(one) for one in (facts, *others)}) == len(others) + 1
