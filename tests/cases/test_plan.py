"""The plan: who should hear of a case, in which order, and who should not (PROCESS.md, steps 0 to 5)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.case_file import read_case_file
from cases.enums import Channel
from cases.plan import Group, build_plan
from cases.plan.reported import filed_report
from tests.desk import Desk
from tests.intakes import changed, chinese, held, minimal, sample

US, PY, GHANA = "us-investment-27-transfers.json", "py-task-work-no-embassy.json", "us-romance-ghana.json"
PAYMENT = {"amount": "100", "currency": "USD", "mechanism": "bank_wire"}


def resident(country: str, **changes: object) -> dict[str, object]:
    return changed(chinese(victim__address={"country": country}), **changes)


def test_every_plan_has_the_local_police_of_the_country_of_residence(desk: Desk) -> None:
    for country in ("US", "PY", "FR", "CN", "TW", "XK", "PR", "VA"):
        row = desk.plan(resident(country, external_id=country)).row(f"{country.lower()}-local-police")
        assert (row.group, row.to, row.optional) == (Group.HOME, "", False)


def test_the_order_is_institutions_then_home_then_abroad_and_optional_rows_last_in_their_group(desk: Desk) -> None:
    for name in (US, PY, GHANA):
        rows = desk.plan(sample(name)).rows
        assert [(row.group, row.optional) for row in rows] == sorted((row.group, row.optional) for row in rows)


def test_at_home_police_come_before_the_national_desk_and_that_before_the_others(desk: Desk) -> None:
    keys = desk.keys(minimal())
    assert keys[:4] == ["us-local-police", "us-ic3", "us-ftc", "int-anyscam"]


def test_outside_the_united_states_econsumer_joins_and_the_ftc_follows_the_national_desk(desk: Desk) -> None:
    keys = desk.keys(resident("AU"))
    assert keys.index("au-reportcyber") < keys.index("int-econsumer") < keys.index("us-ftc") < keys.index("int-anyscam")
    assert "us-ic3" not in keys
    assert "int-econsumer" not in desk.keys(minimal(external_id="2"))


def test_who_sent_money_is_told_first_then_who_received_it_each_once(desk: Desk) -> None:
    transfers = [
        {**PAYMENT, "from_institution": "First Plains Bank", "to_institution": "Far Bank"},
        {**PAYMENT, "from_institution": "FIRST PLAINS BANK"},
        {**PAYMENT, "from_institution": "Second Bank"},
    ]
    keys = desk.keys(minimal(transfers=transfers))
    assert keys[:3] == ["institution-first-plains-bank", "institution-second-bank", "institution-far-bank"]


def test_an_institution_that_paid_money_back_is_not_told_as_a_sender(desk: Desk) -> None:
    keys = desk.keys(minimal(transfers=[{**PAYMENT, "direction": "returned", "from_institution": "Honest Bank"}]))
    assert "institution-honest-bank" not in keys


def test_past_a_recovery_window_the_words_are_less_likely_still_ask_today(desk: Desk) -> None:
    old = {**PAYMENT, "amount": "60000", "to_country": "TH", "sent_on": "2022-01-20", "from_institution": "Old Bank"}
    why = desk.plan(minimal(transfers=[old])).rows[0].why
    assert "less likely, still ask today" in why
    assert "too late" not in why


def test_the_police_or_desk_of_every_country_that_money_went_to_is_in_the_plan(desk: Desk) -> None:
    transfers = [{**PAYMENT, "to_country": "TH"}]
    keys = desk.keys(minimal(triage={"money_sent_to": ["GB", "BR"]}, transfers=transfers))
    assert {"gb-report-fraud", "br-delegacia-virtual", "th-police-online"} <= set(keys)


def test_where_no_channel_for_victims_abroad_is_known_the_plan_says_so_neutrally(desk: Desk) -> None:
    row = desk.plan(minimal(triage={"money_sent_to": ["KH"]})).row("kh-local-police")
    assert row.information
    assert row.to == ""
    assert "No channel in Cambodia for victims who live abroad is known" in row.why


def test_platforms_that_the_facts_name_are_optional_rows(desk: Desk) -> None:
    identifiers = [
        {"kind": "messaging_account", "value": "https://wa.me/15085550142"},
        {"kind": "social_profile", "value": "https://www.facebook.com/profile.php?id=1"},
    ]
    transfers = [{**PAYMENT, "from_institution": "Binance"}]
    plan = desk.plan(minimal(identifiers=identifiers, transfers=transfers))
    for key in ("int-whatsapp", "int-meta", "int-binance"):
        assert plan.row(key).optional
    assert "int-tinder" not in [row.key for row in plan.rows]


def test_the_regulator_is_an_optional_row_for_investment_fraud_only(desk: Desk) -> None:
    assert desk.plan(minimal(fraud__kind="investment")).row("us-sec").optional
    assert "us-sec" not in desk.keys(minimal(external_id="2"))


def test_without_a_nexus_there_is_no_row_for_china(desk: Desk) -> None:
    for document in (sample(GHANA), minimal()):
        assert not [row for row in desk.plan(document).rows if row.chinese]


def test_a_chinese_nexus_brings_the_mailbox_and_the_nearest_embassy_with_their_attention_lines(desk: Desk) -> None:
    plan = desk.plan(sample(US))
    mailbox, embassy = plan.row("cn-government-mailbox"), plan.row("cn-embassy-us")
    assert mailbox.to == "english@mail.gov.cn"
    assert mailbox.attention == "To the Attention of the Ministry of Public Security"
    assert embassy.attention == "To The Attention of the Honorable Ambassador of the People's Republic of China"
    assert embassy.ask_to_forward
    assert all("https://www.fmprc.gov.cn/" in row.why for row in (mailbox, embassy))
    assert [row.key for row in plan.rows[-2:]] == ["cn-government-mailbox", "cn-embassy-us"]


def test_paraguay_goes_to_the_mailbox_and_abroad_never_to_a_taiwan_mission(desk: Desk) -> None:
    plan = desk.plan(sample(PY))
    assert [row.key for row in plan.rows if row.chinese] == ["cn-government-mailbox", "cn-embassy-ar"]
    assert not [row for row in plan.rows if row.state == "TW"]


def test_an_embassy_without_a_mailbox_gets_paper_and_two_optional_ways_beside_it(desk: Desk) -> None:
    rows = [row for row in desk.plan(resident("GB")).rows if row.chinese]
    assert [row.key for row in rows[:2]] == ["cn-government-mailbox", "cn-embassy-gb"]
    assert (rows[1].channel, rows[1].no_mailbox, rows[1].optional) == (Channel.POST, True, False)
    assert "49 Portland Place" in rows[1].to
    assert all(row.optional for row in rows[2:])
    assert {row.letter_kind.value for row in rows[2:]} == {"embassy", "consulate"}


@pytest.mark.parametrize("country", ["CN", "HK", "MO"])
def test_residents_of_china_hong_kong_and_macau_have_no_embassy_row(desk: Desk, country: str) -> None:
    assert not [key for key in desk.keys(resident(country)) if key.startswith(("cn-embassy", "cn-consulate"))]


def test_a_report_to_hong_kong_brings_a_resident_of_taiwan_no_chinese_row_either(desk: Desk) -> None:
    told = {"reports": [{"agency": "hk-adcc", "filed_on": "2026-01-02"}], "triage__money_sent_to": ["CN"]}
    assert "hk-adcc" not in desk.keys(resident("TW", **told))
    assert "hk-adcc" in desk.keys(resident("US", external_id="2", **told))


def test_residents_of_taiwan_get_chinese_rows_only_from_a_supervisor(desk: Desk) -> None:
    document = resident("TW", triage__money_sent_to=["CN", "HK", "TH"])
    assert not [row.key for row in desk.plan(document).rows if row.chinese]


def test_money_to_hong_kong_brings_its_desks(desk: Desk) -> None:
    keys = desk.keys(minimal(triage={"money_sent_to": ["HK"]}))
    assert {"hk-adcc", "hk-police", "cn-government-mailbox", "cn-embassy-us"} <= set(keys)


def test_scotland_reports_to_its_own_police(desk: Desk) -> None:
    keys = desk.keys(minimal(victim__address={"country": "GB", "city": "Edinburgh"}))
    assert "gb-police-scotland" in keys
    assert "gb-report-fraud" not in keys


def test_a_held_person_has_their_own_country_first_and_the_police_there_only_by_a_supervisor(desk: Desk) -> None:
    rows = desk.plan(held()).rows
    assert [row.key for row in rows] == ["ke-embassy-kh", "ke-anti-trafficking", "kh-police-117"]
    assert "Risk of a leak" in rows[-1].why
    assert all(row.supervised for row in rows)


def test_a_held_person_has_no_chinese_ftc_or_anyscam_row_and_not_the_home_list(desk: Desk) -> None:
    keys = desk.keys(held(triage__money_sent_to=["CN"], reports=[{"agency": "us-ftc", "filed_on": "2026-01-01"}]))
    assert not {"us-ftc", "int-anyscam", "int-econsumer", "ke-local-police"} & set(keys)
    assert not [key for key in keys if key.startswith("cn-")]


def test_held_in_without_forced_criminality_changes_nothing(desk: Desk) -> None:
    assert desk.keys(chinese(triage__held_in="KH")) == desk.keys(chinese(external_id="2"))


def test_the_plan_asks_the_same_number_of_queries_for_a_small_and_a_large_case(desk: Desk) -> None:
    counts = []
    for document in (chinese(), sample(US)):
        case_id = desk.take(document)
        with CaptureQueriesContext(connection) as queries:
            build_plan(read_case_file(case_id))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_report_to_the_national_police_counts_for_the_local_police(desk: Desk) -> None:
    document = resident("SG", reports=[{"agency": "sg-police", "filed_on": "2026-01-02"}])
    file = desk.file(document)
    plan = build_plan(file)
    assert filed_report(plan.row("sg-police"), file)
    assert filed_report(plan.row("sg-local-police"), file)
    assert not filed_report(plan.row("int-anyscam"), file)


def test_where_no_national_channel_is_known_the_local_police_row_says_so(desk: Desk) -> None:
    assert "No national channel" in desk.plan(resident("ID")).row("id-local-police").why
    assert "No national channel" not in desk.plan(resident("DE", external_id="2")).row("de-local-police").why


def test_a_held_persons_own_embassy_is_reached_as_the_directory_says(desk: Desk) -> None:
    row = desk.plan(held(victim__nationalities=["CN"], triage__held_in="TH")).row("cn-embassy-th")
    assert row.to
    assert row.supervised
