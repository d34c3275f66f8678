"""The smaller rules of the plan: what brings a row in, what it says, and whose agency it is."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine

from cases.enums import Channel, NexusAnswer
from cases.models import Case
from cases.plan import Group, LetterKind, PlanRow, build_plan
from cases.plan.foreign import is_foreign, state_of
from cases.plan.reported import filed_report
from cases.plan.rows import Desk as Place
from cases.plan.rows import order
from tests.desk import Desk, change_contacts
from tests.intakes import Document, changed, chinese, consent, held, minimal

PAYMENT = {"amount": "100", "currency": "USD", "mechanism": "bank_wire"}
MAILBOX, EMBASSY, POLICE = "cn-government-mailbox", "cn-embassy-us", "us-local-police"


def nexus(desk: Desk, document: Document) -> NexusAnswer:
    return desk.plan(document).nexus.answer


def has_chinese_rows(desk: Desk, document: Document) -> bool:
    return any(row.chinese for row in desk.plan(document).rows)


# --- screening reaches the plan -------------------------------------------------------------------------------


def test_an_overrule_opens_and_closes_the_chinese_rows(desk: Desk) -> None:
    for number, (document, answer, opens) in enumerate(
        [(minimal(), "yes", True), (minimal(), "likely", True), (chinese(), "no", False), (chinese(), "unknown", False)]
    ):
        case_id = desk.take(changed(document, external_id=str(number)))
        Case.objects.filter(pk=case_id).update(nexus_overrule=answer, nexus_overrule_reason="the bank traced it")
        plan = desk.plan(changed(document, external_id=str(number)))
        assert any(row.chinese for row in plan.rows) is opens, answer
        assert "the bank traced it" in plan.nexus.reasons[0]


def test_money_to_hong_kong_brings_no_desk_there_where_a_caseworker_says_no(desk: Desk) -> None:
    document = minimal(triage={"money_sent_to": ["HK"]})
    case_id = desk.take(document)
    Case.objects.filter(pk=case_id).update(nexus_overrule="no", nexus_overrule_reason="a mule")
    assert not has_chinese_rows(desk, document)


@pytest.mark.parametrize(
    ("identifier", "hint"),
    [
        ({"kind": "messaging_account", "value": "wxid_example1", "service": "WeChat"}, "WeChat"),
        ({"kind": "messaging_account", "value": "123456789", "service": "QQ"}, "QQ"),
        ({"kind": "phone", "value": "+86 139 1099 8888"}, "+86"),
        ({"kind": "phone", "value": "+852 5123 4567"}, "+852"),
        ({"kind": "phone", "value": "+853 6612 3456"}, "+853"),
    ],
)
def test_a_wechat_or_qq_account_or_a_chinese_number_is_a_hint_and_no_answer(
    desk: Desk, identifier: dict[str, str], hint: str
) -> None:
    document = minimal(identifiers=[identifier])
    plan = desk.plan(document)
    assert any(hint in reason and "ask what the offenders spoke" in reason for reason in plan.nexus.reasons)
    assert plan.nexus.answer == NexusAnswer.UNKNOWN
    assert not has_chinese_rows(desk, document)
    plain = desk.plan(minimal(external_id="2", identifiers=[{"kind": "phone", "value": "+44 20 7946 0958"}]))
    assert not [reason for reason in plain.nexus.reasons if "hint" in reason]


@pytest.mark.parametrize("kind", ["website", "app"])
def test_investment_fraud_through_a_website_or_an_app_is_likely(desk: Desk, kind: str) -> None:
    asked = minimal(fraud__kind="investment", triage={"offender_spoke": ["en"]})
    through = changed(asked, identifiers=[{"kind": kind, "value": "https://trade.example"}])
    other = changed(asked, external_id="2", identifiers=[{"kind": "phone", "value": "+44 20 7946 0958"}])
    assert nexus(desk, through) == NexusAnswer.LIKELY
    assert nexus(desk, other) == NexusAnswer.UNKNOWN


@pytest.mark.parametrize("place", ["CN", "HK", "MO", "KH"])
def test_a_recipient_with_a_chinese_name_who_was_paid_in_china_itself_is_yes_too(desk: Desk, place: str) -> None:
    assert nexus(desk, minimal(triage={"chinese_named_recipient_in": [place]})) == NexusAnswer.YES


def test_a_likely_nexus_opens_the_chinese_rows_and_tells_its_hints_unconfirmed(desk: Desk) -> None:
    document = minimal(fraud__kind="investment", triage={"offender_spoke": ["en"]})
    document["identifiers"].append({"kind": "phone", "value": "+86 139 1099 8888"})
    plan = desk.plan(document)
    assert plan.nexus.opens_agencies
    assert not plan.nexus.confirmed
    assert any("+86" in reason for reason in plan.nexus.reasons)
    assert {MAILBOX, EMBASSY} <= {row.key for row in plan.rows}
    Case.objects.update(nexus_overrule="likely", nexus_overrule_reason="the app's code is Chinese")
    assert desk.plan(document).nexus.confirmed


def test_money_that_came_back_from_china_was_not_sent_there(desk: Desk) -> None:
    sent = {**PAYMENT, "to_country": "CN"}
    assert nexus(desk, minimal(transfers=[sent])) == NexusAnswer.YES
    returned = minimal(external_id="2", transfers=[{**sent, "direction": "returned"}])
    assert nexus(desk, returned) == NexusAnswer.UNKNOWN


def test_an_empty_answer_is_an_answer_and_a_missing_one_is_none(desk: Desk) -> None:
    triage: Document = {"money_sent_to": [], "offender_spoke": [], "offender_had_chinese_name": False}
    assert nexus(desk, minimal(triage=triage)) == NexusAnswer.NO
    for number, question in enumerate(triage):
        unasked = {key: value for key, value in triage.items() if key != question}
        assert nexus(desk, minimal(external_id=str(number), triage=unasked)) == NexusAnswer.UNKNOWN


@pytest.mark.parametrize(
    "change",
    [
        {"victim__full_name": "王芳"},
        {"victim__language": "zh-Hans"},
        {"victim__nationalities": ["CN"]},
        {"safety": {"ties_to": ["CN"]}},
        {"transfers": [{**PAYMENT, "currency": "CNY", "to_name": "Wang Fang"}]},
        {"identifiers": [{"kind": "person_name", "value": "Wang Fang"}]},
        {"reporter": {"full_name": "王芳", "relation": "sister", "country": "CN"}},
    ],
)
def test_names_currencies_language_and_descent_make_no_nexus(desk: Desk, change: Document) -> None:
    document = minimal(**change)
    assert nexus(desk, document) == NexusAnswer.UNKNOWN
    assert not has_chinese_rows(desk, document)


# --- Chinese agencies -----------------------------------------------------------------------------------------


def test_an_embassy_with_a_mailbox_is_the_only_mission(desk: Desk) -> None:
    assert [row.key for row in desk.plan(chinese()).rows if row.desk == Place.MISSION] == [EMBASSY]


@pytest.mark.parametrize(
    ("purpose", "asked"),
    [("press", True), ("political", True), ("consular", True), ("general", False), ("reports", False)],
)
def test_a_press_political_or_consular_box_is_asked_to_forward(desk: Desk, purpose: str, asked: bool) -> None:
    change_contacts(EMBASSY, purpose=purpose)
    row = desk.plan(chinese()).row(EMBASSY)
    assert (row.channel, row.ask_to_forward) == (Channel.EMAIL, asked)


def test_an_embassy_on_paper_is_not_asked_to_forward_and_has_its_address(desk: Desk) -> None:
    row = desk.plan(chinese(victim__address={"country": "GB", "city": "London"})).row("cn-embassy-gb")
    assert (row.ask_to_forward, row.address) == (False, (row.to,))
    assert "goes on paper" in row.why


def test_a_closed_address_is_no_address_and_then_a_person_looks_for_one(desk: Desk) -> None:
    change_contacts("cn-embassy-gb", status="closed")
    row = desk.plan(chinese(victim__address={"country": "GB", "city": "London"})).row("cn-embassy-gb")
    assert (row.information, row.to) == (True, "")
    assert "a person looks for one" in row.why


def test_a_consulate_general_is_addressed_as_one(desk: Desk) -> None:
    rows = desk.plan(chinese(victim__address={"country": "GB", "city": "Manchester"})).rows
    (consulate,) = [row for row in rows if row.letter_kind == LetterKind.CONSULATE]
    assert consulate.attention == "To The Attention of the Honorable Consul General of the People's Republic of China"
    assert consulate.attention_local == "尊敬的中华人民共和国总领事阁下"


def test_before_sending_the_victim_is_told_why_and_to_expect_little(desk: Desk) -> None:
    plan = desk.plan(chinese())
    for key in (MAILBOX, EMBASSY):
        assert "An answer may never come." in plan.row(key).why
    assert "The offenders spoke Chinese (zh)." in plan.row(MAILBOX).why


# --- home and abroad ------------------------------------------------------------------------------------------


def test_money_that_stayed_in_the_country_brings_nobody_abroad(desk: Desk) -> None:
    rows = desk.plan(minimal(triage={"money_sent_to": ["US"]})).rows
    assert {row.group for row in rows} == {Group.HOME}
    assert "where the victim lives" in rows[1].why


def test_a_desk_for_victims_abroad_is_none_for_those_who_live_there(desk: Desk) -> None:
    document = minimal(victim__address={"country": "GB", "city": "Edinburgh"}, triage={"money_sent_to": ["GB"]})
    assert "gb-report-fraud" not in desk.keys(document)


def test_a_number_that_may_not_work_from_abroad_says_so(desk: Desk) -> None:
    plan = desk.plan(minimal(triage={"money_sent_to": ["TH"]}))
    assert "may not work from abroad" in plan.row("th-aoc-1441").why
    assert "may not work from abroad" not in plan.row("th-police-online").why


def test_an_unknown_police_abroad_is_that_states(desk: Desk) -> None:
    row = desk.plan(minimal(triage={"money_sent_to": ["KH"]})).row("kh-local-police")
    assert (row.state, row.group) == ("KH", Group.ABROAD)


def test_who_takes_no_reports_from_the_public_is_information(desk: Desk) -> None:
    row = desk.plan(minimal()).row("us-fincen")
    assert row.information
    assert row.why.endswith("It takes no reports from the public.")


def test_who_cannot_be_reached_is_information(desk: Desk) -> None:
    change_contacts("us-ic3", status="closed")
    row = desk.plan(minimal()).row("us-ic3")
    assert (row.information, row.to) == (True, "")
    assert "takes no reports" not in row.why


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("us-ic3", "US"),
        ("us-ftc", "US"),
        ("us-sec", "US"),
        ("us-fincen", "US"),
        ("th-police-online", "TH"),
        (MAILBOX, "CN"),
        (EMBASSY, "CN"),
        (POLICE, "US"),
        ("int-anyscam", ""),
        ("institution-bank", ""),
    ],
)
def test_only_authorities_speak_for_a_state(desk: Desk, key: str, state: str) -> None:
    document = chinese(
        fraud__kind="investment",
        triage__money_sent_to=["TH"],
        transfers=[{**PAYMENT, "from_institution": "Bank"}],
    )
    assert desk.plan(document).row(key).state == state


def test_a_territory_of_the_united_states_is_at_home_there(desk: Desk) -> None:
    keys = desk.keys(minimal(victim__address={"country": "PR", "city": "San Juan"}))
    assert "int-econsumer" not in keys
    assert {"pr-local-police", "us-ic3"} <= set(keys)


def test_where_in_a_country_somebody_lives_can_add_a_desk(desk: Desk) -> None:
    document = minimal(fraud__kind="investment", victim__address={"country": "US", "city": "Fresno", "region": "CA"})
    assert desk.plan(document).row("us-ca-dfpi").optional
    assert "us-ca-dfpi" not in desk.keys(minimal(external_id="2", fraud__kind="investment"))


@pytest.mark.parametrize(
    ("row_state", "country", "foreign"),
    [
        ("US", "US", False),
        ("US", "PR", False),
        ("CN", "HK", False),
        ("MO", "CN", False),
        ("CN", "TW", True),
        ("TH", "US", True),
        ("", "US", False),
    ],
)
def test_an_agency_is_foreign_where_it_speaks_for_another_state(
    desk: Desk, row_state: str, country: str, foreign: bool
) -> None:
    file = desk.file(minimal(victim__address={"country": country}, victim__nationalities=["TH"]))
    assert is_foreign(file, replace(desk.plan(minimal(external_id="2")).rows[0], state=row_state)) is foreign


@pytest.mark.parametrize(("country", "state"), [("HK", "CN"), ("MO", "CN"), ("PR", "US"), ("TW", "TW"), ("FR", "FR")])
def test_a_territory_is_spoken_for_by_its_state(country: str, state: str) -> None:
    assert state_of(country) == state


# --- a person who is held -------------------------------------------------------------------------------------


def test_every_nationality_of_a_held_person_has_its_embassy_and_its_police(desk: Desk) -> None:
    keys = desk.keys(held(victim__nationalities=["KE", "UG"]))
    assert keys == ["ke-embassy-kh", "ug-embassy-kh", "ke-anti-trafficking", "ug-anti-trafficking", "kh-police-117"]


def test_a_country_has_no_embassy_in_itself(desk: Desk) -> None:
    keys = desk.keys(held(victim__nationalities=["KH"]))
    assert keys == ["kh-anti-trafficking", "kh-police-117"]


@pytest.mark.parametrize(
    ("nationalities", "embassies", "police"),
    [
        (["HK"], ["cn-embassy-mm"], ["Hong Kong"]),  # which has a police of its own
        (["CN", "MO"], ["cn-embassy-mm"], ["China", "Macau"]),
        (["PR"], ["Embassy of the United States in Myanmar"], ["United States"]),
        (["US", "PR"], ["Embassy of the United States in Myanmar"], ["United States"]),
        (["GI"], ["Embassy of the United Kingdom in Myanmar"], ["Gibraltar"]),
        (["TW"], ["Representative office of Taiwan for Myanmar"], ["Taiwan"]),
    ],
)
def test_a_territory_has_its_states_embassy_once_and_the_police_that_are_competent_there(
    desk: Desk, nationalities: list[str], embassies: list[str], police: list[str]
) -> None:
    rows = desk.plan(held(victim__nationalities=nationalities, triage__held_in="MM")).rows
    missions = [row for row in rows if row.desk == Place.OWN_EMBASSY]
    assert [row.key if row.agency else row.name for row in missions] == embassies
    names = [row.name for row in rows if row.desk == Place.ANTI_TRAFFICKING]
    assert names == [f"Anti-trafficking police and organizations, {country}" for country in police]
    assert all(row.state == state_of(row.state) for row in missions)


def test_an_embassy_that_the_directory_does_not_have_is_known_by_the_nationality(desk: Desk) -> None:
    row = desk.plan(held(victim__nationalities=["PR"], triage__held_in="MM")).row("pr-embassy-mm")
    assert (row.state, row.to) == ("US", "")


def test_whoever_is_held_in_a_territory_has_the_embassy_in_its_state(desk: Desk) -> None:
    rows = desk.plan(held(victim__nationalities=["KE", "CN"], triage__held_in="HK")).rows
    assert [row.name for row in rows if row.desk == Place.OWN_EMBASSY] == ["Embassy of Kenya in China"]


def test_an_embassy_is_looked_up_too_where_the_nationality_is_a_guess(desk: Desk) -> None:
    document = held(victim__nationalities=None, victim__address={"country": "CN"}, triage__held_in="TH")
    assert desk.plan(document).row("cn-embassy-th").to


@pytest.mark.parametrize(("country", "reporter", "state"), [("KE", "UG", "ke"), ("KH", "UG", "ug"), ("KH", "KH", None)])
def test_without_a_known_nationality_the_home_country_is_asked(
    desk: Desk, country: str, reporter: str, state: str | None
) -> None:
    document = held(victim__nationalities=None, victim__address={"country": country}, reporter__country=reporter)
    expected = [f"{state}-embassy-kh", f"{state}-anti-trafficking"] if state else []
    assert desk.keys(document) == [*expected, "kh-police-117"]


def test_where_it_is_not_known_where_they_are_held_a_supervisor_asks_the_police_at_home(desk: Desk) -> None:
    rows = desk.plan(held(triage={})).rows
    assert [row.key for row in rows] == ["ke-anti-trafficking", "ke-local-police"]
    assert all(row.supervised for row in rows)


@pytest.mark.parametrize("country", ["PH", "MY", "ID", "AE", "IN", "TW"])
def test_where_no_police_is_known_the_risk_is_told_and_a_person_has_the_task_to_look(desk: Desk, country: str) -> None:
    rows = desk.plan(held(triage__held_in=country)).rows
    key = f"{country.lower()}-local-police"
    assert [row.key for row in rows] == [f"ke-embassy-{country.lower()}", "ke-anti-trafficking", key]
    assert (rows[-1].information, rows[-1].to, rows[-1].state) == (True, "", country)
    assert "Risk of a leak" in rows[-1].supervised
    assert "Risk of a leak" in rows[-1].why
    assert "No channel of the police in" in rows[-1].why
    assert "a person looks for one" in rows[-1].why


def test_where_the_police_are_known_there_is_no_row_for_unknown_ones(desk: Desk) -> None:
    assert desk.keys(held(triage__held_in="TH"))[-1] == "th-tourist-police"


def test_the_risk_of_a_leak_is_said_of_the_police_there_and_of_nobody_else(desk: Desk) -> None:
    embassy, trafficking, police = desk.plan(held()).rows
    assert "Risk of a leak" in police.supervised
    assert "Risk of a leak" in police.why
    assert "Risk of a leak" not in embassy.why + embassy.supervised + trafficking.why + trafficking.supervised
    assert police.letter_kind == LetterKind.ANTI_TRAFFICKING


def test_a_held_person_whose_family_paid_still_has_the_institutions_first(desk: Desk) -> None:
    document = held(transfers=[{**PAYMENT, "from_institution": "Bank", "to_country": "CN"}])
    keys = desk.keys(document)
    assert keys[0] == "institution-bank"
    assert not [key for key in keys if key.startswith(("cn-", "us-", "int-"))]


# --- institutions and platforms -------------------------------------------------------------------------------


def test_a_sender_is_named_as_the_payment_from_it_names_it(desk: Desk) -> None:
    transfers = [{**PAYMENT, "to_institution": "FIRST BANK"}, {**PAYMENT, "from_institution": "First Bank"}]
    row = desk.plan(minimal(transfers=transfers)).rows[0]
    assert (row.name, row.own_institution) == ("First Bank", True)


def test_a_sender_and_a_receiver_are_asked_for_different_things(desk: Desk) -> None:
    transfer = {**PAYMENT, "mechanism": "card", "from_institution": "First Bank", "to_institution": "Far Bank"}
    first, far = desk.plan(minimal(transfers=[transfer])).rows[:2]
    assert (first.own_institution, far.own_institution) == (True, False)
    assert "It sent money" in first.why
    assert "block the card, dispute the payments" in first.why
    assert "It received money" in far.why
    assert "stop, recall or freeze" in far.why


def test_of_one_institutions_spellings_the_first_is_its_name(desk: Desk) -> None:
    spelled = [{**PAYMENT, "from_institution": name} for name in ("Crèdit Andorrà", "CREDIT ANDORRA")]
    row = desk.plan(minimal(transfers=spelled)).row("institution-credit-andorra")
    assert row.name == "Crèdit Andorrà"


def test_senders_come_before_receivers(desk: Desk) -> None:
    transfers = [{**PAYMENT, "to_institution": "Far Bank"}, {**PAYMENT, "from_institution": "First Bank"}]
    rows = desk.plan(minimal(transfers=transfers)).rows
    assert [row.key for row in rows[:2]] == ["institution-first-bank", "institution-far-bank"]


def test_where_every_period_is_over_the_latest_payment_decides_what_is_said(desk: Desk) -> None:
    wire = {**PAYMENT, "amount": "60000", "to_country": "TH", "from_institution": "First Bank"}
    old, new = {**wire, "sent_on": "2022-01-20"}, {**wire, "sent_on": "2022-06-21"}
    for number, transfers in enumerate(([old, new], [new, old])):
        why = desk.plan(minimal(external_id=str(number), transfers=transfers)).rows[0].why
        assert "2022-06-2" in why
    undated = desk.plan(minimal(external_id="3", transfers=[wire, new])).rows[0].why
    assert "The date is not known" in undated


GB_WIRE = {**PAYMENT, "currency": "GBP", "from_institution": "First Bank", "sent_on": "2026-10-20"}
GB_LATER = [
    {**GB_WIRE, "mechanism": "crypto", "sent_on": "2026-11-10"},
    {**GB_WIRE, "mechanism": "cash", "sent_on": "2026-11-20"},
]


def british(**changes: object) -> Document:
    return minimal(victim__address={"country": "GB", "city": "Leeds"}, **changes)


@time_machine.travel("2026-11-23", tick=False)
def test_a_period_that_is_open_is_hidden_by_no_later_payment(desk: Desk) -> None:
    undated = {key: value for key, value in GB_WIRE.items() if key != "sent_on"}
    over = {**GB_WIRE, "sent_on": "2024-11-01"}
    for number, others in enumerate((GB_LATER, [undated], [over])):
        for transfers in ([GB_WIRE, *others], [*others, GB_WIRE]):
            why = desk.plan(british(external_id=str(number), transfers=transfers)).rows[0].why
            assert "before 2027-11-20: until then the 13 months" in why


@time_machine.travel("2026-11-23", tick=False)
def test_of_the_periods_that_are_open_the_one_that_ends_first_is_said(desk: Desk) -> None:
    transfers = [GB_WIRE, {**GB_WIRE, "mechanism": "card", "sent_on": "2026-02-01"}]
    why = desk.plan(british(transfers=transfers)).rows[0].why
    assert "Tell the bank or card issuer" in why
    assert "before 2027-03-01" in why


def test_where_no_period_is_known_they_are_asked_today_all_the_same(desk: Desk) -> None:
    why = desk.plan(minimal(transfers=[{**PAYMENT, "mechanism": "cash", "from_institution": "First Bank"}])).rows[0].why
    assert "No period for recovery is known" in why
    assert "still ask today" in why


def test_a_platform_is_found_in_the_first_contact_a_link_and_a_receiving_institution(desk: Desk) -> None:
    plan = desk.plan(
        minimal(
            fraud__first_contact={"service": "Tinder"},
            identifiers=[{"kind": "website", "value": "https://www.binance.com/en/trade"}],
            transfers=[{**PAYMENT, "to_institution": "WhatsApp"}],
        )
    )
    assert all(plan.row(key).optional for key in ("int-tinder", "int-binance", "int-whatsapp"))


@pytest.mark.parametrize(("kind", "named"), [("app", True), ("company_name", True), ("person_name", False)])
def test_an_app_or_a_company_names_a_platform_by_itself_and_a_person_does_not(
    desk: Desk, kind: str, named: bool
) -> None:
    found = desk.keys(minimal(identifiers=[{"kind": kind, "value": "Tinder"}]))
    assert ("int-tinder" in found) is named


# --- reports of the file --------------------------------------------------------------------------------------


def filed(desk: Desk, key: str, *reports: Document) -> bool:
    file = desk.file(minimal(external_id=None, reports=list(reports)))
    return filed_report(build_plan(file).row(key), file) is not None


def test_a_report_to_the_local_police_by_its_key_counts_for_it(desk: Desk) -> None:
    assert filed(desk, POLICE, {"agency": POLICE, "filed_on": "2026-01-02"})
    assert filed(desk, POLICE, {"agency": POLICE, "filed_on": "2026-01-02", "kind": "other"})


def test_only_a_police_of_the_own_country_counts_for_the_local_police(desk: Desk) -> None:
    singapore = minimal(external_id=None, victim__address={"country": "SG"}, reports=[
        {"agency": "sg-police", "filed_on": "2026-01-02"}
    ])  # fmt: skip
    file = desk.file(singapore)
    assert filed_report(build_plan(file).row("sg-local-police"), file)
    assert not filed(desk, POLICE, {"agency": "us-ic3", "filed_on": "2026-01-02", "kind": "police"})
    assert not filed(desk, POLICE, {"agency": "sg-police", "filed_on": "2026-01-02", "kind": "police"})


@pytest.mark.parametrize(
    ("country", "agency", "counts"),
    [
        ("BE", "be-safeonweb", False),  # a mailbox for suspicious messages
        ("TH", "th-tourist-police", False),  # the complaint is made elsewhere
        ("ES", "es-guardia-civil", True),  # optional, because one force is enough
        ("PY", "py-police-911", True),  # the only line that is known
        ("KH", "kh-police-117", True),
    ],
)
def test_where_the_police_take_no_complaint_a_report_does_not_count_for_them(
    desk: Desk, country: str, agency: str, counts: bool
) -> None:
    report = {"agency": agency, "filed_on": "2026-01-02"}
    file = desk.file(minimal(victim__address={"country": country}, reports=[report]))
    plan = build_plan(file)
    assert filed_report(plan.row(agency), file)
    assert bool(filed_report(plan.row(f"{country.lower()}-local-police"), file)) is counts


def test_a_refusal_is_said_until_a_station_accepts(desk: Desk) -> None:
    refused = {"agency": "Owasso Police", "filed_on": "2026-01-02", "outcome": "refused"}
    accepted = {"agency": "Tulsa Police", "filed_on": "2026-01-03"}
    why = desk.plan(minimal(reports=[refused])).row(POLICE).why
    assert "Owasso Police refused on 2026-01-02: ask again, or at another station." in why
    assert "refused" not in desk.plan(minimal(external_id="2", reports=[refused, accepted])).row(POLICE).why
    assert not filed(desk, POLICE, refused)


def test_of_several_reports_one_with_a_number_counts_and_then_the_latest(desk: Desk) -> None:
    def report(day: str, number: str | None = None) -> Document:
        return {"agency": "us-ic3", "filed_on": day, **({"reference_number": number} if number else {})}

    file = desk.file(minimal(reports=[report("2026-01-02", "A"), report("2026-01-05", "B"), report("2026-01-09")]))
    found = filed_report(build_plan(file).row("us-ic3"), file)
    assert found is not None
    assert (found.reference_number, found.filed_on) == ("B", date(2026, 1, 5))


def test_an_agency_that_the_victim_told_already_has_a_row_where_it_belongs(desk: Desk) -> None:
    reports = [
        {"agency": key, "filed_on": "2026-01-02"} for key in ("us-secret-service", "sg-police", "int-chainabuse")
    ]
    plan = desk.plan(minimal(reports=reports))
    rows = [plan.row(key) for key in ("us-secret-service", "sg-police", "int-chainabuse")]
    assert [row.group for row in rows] == [Group.HOME, Group.ABROAD, Group.HOME]
    assert all(row.optional for row in rows)
    assert "The victim reported there on 2026-01-02." in rows[0].why


def test_a_report_to_a_planned_agency_leaves_its_row_as_it_is(desk: Desk) -> None:
    row = desk.plan(minimal(reports=[{"agency": "us-ic3", "filed_on": "2026-01-02"}])).row("us-ic3")
    assert not row.optional
    assert "where the victim lives" in row.why


@pytest.mark.parametrize("agency", [MAILBOX, "hk-adcc", EMBASSY])
def test_a_report_to_a_chinese_agency_brings_no_row_of_it_without_a_nexus(desk: Desk, agency: str) -> None:
    document = minimal(reports=[{"agency": agency, "filed_on": "2026-01-02"}], consents=[consent(EMBASSY)])
    assert not has_chinese_rows(desk, document)


def test_a_report_to_another_mission_brings_no_row_of_it_with_a_nexus_either(desk: Desk) -> None:
    reports = [{"agency": "cn-embassy-ca", "filed_on": "2026-01-02"}, {"agency": "hk-adcc", "filed_on": "2026-01-02"}]
    keys = desk.keys(chinese(reports=reports))
    assert "cn-embassy-ca" not in keys
    assert "hk-adcc" in keys


# --- order ----------------------------------------------------------------------------------------------------


def row(key: str, group: Group, desk: Place, *, optional: bool = False) -> PlanRow:
    return PlanRow(
        key=key,
        name=key,
        letter_kind=LetterKind.GENERIC,
        group=group,
        desk=desk,
        channel=Channel.PHONE,
        to="",
        why="",
        optional=optional,
    )


def test_rows_stand_by_group_then_required_then_desk_and_otherwise_as_they_came() -> None:
    rows = [
        row("abroad", Group.ABROAD, Place.POLICE),
        row("home-optional", Group.HOME, Place.POLICE, optional=True),
        row("home-other", Group.HOME, Place.OTHER),
        row("home-police-2", Group.HOME, Place.POLICE),
        row("home-police-1", Group.HOME, Place.POLICE),
        row("bank", Group.INSTITUTION, Place.NATIONAL_DESK),
    ]
    assert [one.key for one in order(rows)] == [
        "bank", "home-police-2", "home-police-1", "home-other", "home-optional", "abroad",
    ]  # fmt: skip


def test_an_agency_stands_once_and_required_where_any_reason_requires_it() -> None:
    required, optional = row("x", Group.HOME, Place.OTHER), row("x", Group.HOME, Place.OTHER, optional=True)
    assert order([optional, required]) == (required,)
    assert order([required, optional]) == (required,)
