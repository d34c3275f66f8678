"""Each rule of the contract: how grave it is for whom, what breaks it, and where the problem is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.enums import Channel
from cases.models import Case
from cases.plan import Group, LetterKind, PlanRow, build_plan
from cases.plan.rows import Desk as Place
from letters.checks import letter as letter_rules
from letters.checks.content import content_problems
from letters.checks.letter import letter_problems
from letters.checks.printed import printed_texts
from letters.checks.problems import severity_of
from letters.enums import ReportStatus, Severity
from letters.gathering import gather
from letters.standing import Standing
from tests.desk import TODAY, Desk, change_contacts
from tests.intakes import Document, changed, chinese, consent, held, minimal

EMBASSY, MAILBOX, POLICE = "cn-embassy-us", "cn-government-mailbox", "us-local-police"
CONSENTS = [consent(MAILBOX), consent(EMBASSY)]
ATTENTION = "To The Attention of the Honorable Ambassador of the People's Republic of China"


def rules(standing: Standing, severity: Severity | None = None) -> set[str]:
    return {p.rule for p in standing.problems if severity in (None, p.severity)}


def fields(standing: Standing, rule: str) -> list[str]:
    return [p.field for p in standing.problems if p.rule == rule]


def row(state: str, *, attention: str = "") -> PlanRow:
    return PlanRow(
        key="some-agency",
        name="Some Agency",
        letter_kind=LetterKind.GENERIC,
        group=Group.ABROAD,
        desk=Place.OTHER,
        channel=Channel.EMAIL,
        to="desk@example.org",
        why="",
        state=state,
        attention=attention,
    )


# --- how grave ------------------------------------------------------------------------------------------------

CHINA_WORDING = {"forbidden-word", "crime-and-fraud", "attention-line"}
STATE_ABROAD = {
    "impact-statement",
    "victim-name",
    "victim-contact",
    "signature-name",
    "withheld-required",
    "hard-facts",
}
EVERYWHERE = {
    "profile-link",
    "wallet-checksum",
    "iban-checksum",
    "missing-glyph",
    "location-revealed",
    "organization-address",
}
ADVICE = {
    "no-dialogue",
    "totals-agree",
    "health-text",
    "translation-missing",
    "unverified-address",
    "stale-address",
    "no-mailbox",
    "ties-unasked",
    "nexus-unconfirmed",
    "consent-name",
    "dates-agree",
    "held-in",
    "a-rule-of-tomorrow",
}
RULES = sorted(CHINA_WORDING | STATE_ABROAD | EVERYWHERE | ADVICE)


def errors(row: PlanRow, *, foreign: bool) -> set[str]:
    return {rule for rule in RULES if severity_of(rule, row=row, foreign=foreign) == Severity.ERROR}


@pytest.mark.parametrize("state", ["CN", "HK", "MO"])
def test_chinese_agencies_have_the_wording_rules_and_those_of_every_foreign_state(state: str) -> None:
    assert errors(row(state), foreign=True) == CHINA_WORDING | STATE_ABROAD | EVERYWHERE


def test_the_wording_rules_are_advice_for_other_foreign_states(desk: Desk) -> None:
    assert errors(row("TH"), foreign=True) == STATE_ABROAD | EVERYWHERE


@pytest.mark.parametrize("state", ["US", ""])
def test_at_home_and_where_no_state_reads_only_what_no_report_may_print_is_an_error(state: str) -> None:
    assert errors(row(state), foreign=False) == EVERYWHERE


def test_a_resident_of_china_writes_to_the_ministry_in_its_words_and_to_the_police_freely() -> None:
    assert errors(row("CN", attention=ATTENTION), foreign=False) == CHINA_WORDING | EVERYWHERE
    assert errors(row("CN"), foreign=False) == EVERYWHERE


# --- what a report must contain -------------------------------------------------------------------------------


def test_a_victim_without_a_name_in_letters_blocks_reports_to_a_foreign_state(desk: Desk) -> None:
    document = chinese(victim__full_name="12 34", consents=[consent(EMBASSY, signed_as="12 34")])
    found = desk.standings(document)
    assert {"victim-name", "signature-name"} <= rules(found[EMBASSY], Severity.ERROR)
    assert {"victim-name", "signature-name"} <= rules(found[POLICE], Severity.WARNING)
    assert fields(found[EMBASSY], "signature-name") == ["victim.full_name"]
    for script, name in enumerate(("王芳", "Nguyễn", "محمد")):
        assert "victim-name" not in rules(
            desk.standings(chinese(external_id=f"{script}", victim__full_name=name))[EMBASSY]
        )


def test_a_reporter_without_a_name_in_letters_is_told_where_it_stands(desk: Desk) -> None:
    found = desk.standings(chinese(reporter={"full_name": "77", "relation": "brother"}))[EMBASSY]
    assert fields(found, "signature-name") == ["reporter.full_name"]
    assert "victim-name" not in rules(found)


def test_without_any_safe_way_to_answer_a_report_to_a_foreign_state_is_blocked(desk: Desk) -> None:
    desk.organization.reply_email = ""
    document = chinese(safety={"ties_to": [], "do_not_contact_victim": True}, consents=CONSENTS)
    found = desk.standings(document)
    assert "victim-contact" in rules(found[EMBASSY], Severity.ERROR)
    assert "victim-contact" in rules(found[POLICE], Severity.WARNING)


@pytest.mark.parametrize("unsafe", [{"email_is_safe": False}, {"phone_is_safe": False}])
def test_one_safe_way_is_enough(desk: Desk, unsafe: dict[str, bool]) -> None:
    desk.organization.reply_email = ""
    found = desk.standings(chinese(victim__safe_contact=unsafe, consents=CONSENTS))
    assert "victim-contact" not in rules(found[EMBASSY]) | rules(found[POLICE])


def test_the_organization_is_a_safe_way(desk: Desk) -> None:
    document = chinese(victim__email=None, victim__phone=None, victim__address={"country": "US"}, consents=CONSENTS)
    assert "victim-contact" not in rules(desk.standings(document)[EMBASSY])


@pytest.mark.parametrize("missing", ["sending_email", "reply_email"])
def test_without_its_two_addresses_an_organization_sends_no_email(desk: Desk, missing: str) -> None:
    setattr(desk.organization, missing, "")
    found = desk.standings(chinese(consents=CONSENTS))
    assert found[EMBASSY].status == ReportStatus.BLOCKED
    assert "organization-address" in rules(found[EMBASSY], Severity.ERROR)
    assert "organization-address" not in rules(found[POLICE]) | rules(found["us-ic3"])


def test_a_letter_that_does_not_begin_with_its_attention_line_is_told(desk: Desk) -> None:
    file = desk.file(chinese(consents=CONSENTS))
    embassy = build_plan(file).row(EMBASSY)
    facts = gather(file, embassy, desk.organization, draft=False, on=TODAY)
    assert not [*letter_problems(embassy, facts)]
    other = replace(
        facts, recipient=replace(facts.recipient, attention=ATTENTION.replace("The Attention", "the attention"))
    )
    assert [rule for rule, _, _ in letter_problems(embassy, other)] == ["attention-line"]
    without = replace(facts, recipient=replace(facts.recipient, attention=""))
    assert [rule for rule, _, _ in letter_problems(embassy, without)] == ["attention-line"]


def test_the_attention_line_is_the_first_line_and_not_any_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    file = desk.file(chinese(consents=CONSENTS))
    embassy = build_plan(file).row(EMBASSY)
    facts = gather(file, embassy, desk.organization, draft=False, on=TODAY)
    monkeypatch.setattr(letter_rules, "letter_text", lambda _facts: f"A CRIME: FRAUD\n{ATTENTION}\n")
    assert [rule for rule, _, _ in letter_problems(embassy, facts)] == ["attention-line"]


@pytest.mark.parametrize("kind", ["government", "embassy", "consulate"])
def test_a_chinese_agency_whose_kind_has_an_attention_line_is_not_written_to_without(desk: Desk, kind: str) -> None:
    file = desk.file(chinese(consents=CONSENTS))
    embassy = replace(build_plan(file).row(EMBASSY), attention="", letter_kind=LetterKind(kind))
    facts = gather(file, embassy, desk.organization, draft=False, on=TODAY)
    assert "attention-line" in {rule for rule, _, _ in content_problems(file, embassy, facts)}
    desk_in_hong_kong = replace(embassy, letter_kind=LetterKind.POLICE)
    assert "attention-line" not in {rule for rule, _, _ in content_problems(file, desk_in_hong_kong, facts)}


@pytest.mark.parametrize("part", ["subject", "letter_text"])
@pytest.mark.parametrize(("words", "broken"), [("a CRIME", True), ("FRAUD", True), ("a CRIME: FRAUD", False)])
def test_a_template_that_lost_crime_or_fraud_is_found_before_anybody_reads_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, part: str, words: str, broken: bool
) -> None:
    file = desk.file(chinese(consents=CONSENTS))
    mailbox = replace(build_plan(file).row(MAILBOX), attention="")
    facts = gather(file, mailbox, desk.organization, draft=False, on=TODAY)
    monkeypatch.setattr(letter_rules, part, lambda _facts: words)
    place = {"subject": "The subject", "letter_text": "The report"}[part]
    told = [(rule, message.split(" must")[0]) for rule, _, message in letter_problems(mailbox, facts)]
    assert told == ([("crime-and-fraud", place)] if broken else [])


def test_the_impact_is_asked_for_by_its_part_and_not_where_it_is_withheld_on_purpose(desk: Desk) -> None:
    found = desk.standings(chinese(fraud__impact={}, consents=[consent(EMBASSY, withhold=["impact"])]))
    assert fields(found[MAILBOX], "impact-statement") == ["fraud.impact.emotional", "fraud.impact.financial"]
    assert rules(found[EMBASSY], Severity.ERROR) == {"withheld-required"}


def test_withholding_the_impact_at_home_is_told_and_blocks_nothing(desk: Desk) -> None:
    found = desk.standings(minimal(consents=[consent("us-ic3", withhold=["impact"])]))["us-ic3"]
    assert found.status == ReportStatus.READY
    assert rules(found, Severity.WARNING) == {"withheld-required"}


def test_the_place_of_a_consent_in_the_file_is_told(desk: Desk) -> None:
    consents = [consent(MAILBOX), consent(EMBASSY, withhold=["impact"])]
    assert fields(desk.standings(chinese(consents=consents))[EMBASSY], "withheld-required") == ["consents.1.withhold"]


@pytest.mark.parametrize("kind", ["website", "app", "email", "phone", "messaging_account", "other"])
def test_any_identifier_that_is_no_name_is_a_hard_fact(desk: Desk, kind: str) -> None:
    value = {"email": "a@trade.example", "phone": "+44 20 7946 0958", "website": "https://trade.example"}
    names = [{"kind": "person_name", "value": "Wang Fang"}, {"kind": kind, "value": value.get(kind, "trade")}]
    assert "hard-facts" not in rules(desk.standings(chinese(consents=CONSENTS, identifiers=names))[EMBASSY])


def test_a_case_without_any_identifier_or_transfer_has_no_hard_fact(desk: Desk) -> None:
    found = desk.standings(chinese(consents=CONSENTS, identifiers=[]))
    assert "hard-facts" in rules(found[EMBASSY], Severity.ERROR)
    assert "hard-facts" in rules(found[POLICE], Severity.WARNING)


def test_a_stated_loss_is_compared_with_what_was_lost_not_with_what_was_sent(desk: Desk) -> None:
    paid = {"amount": "100", "currency": "USD", "mechanism": "cash"}
    back = {**paid, "amount": "40", "direction": "returned"}
    for number, (stated, warns) in enumerate([("60", False), ("60.00", False), ("100", True)]):
        loss = {"amount": stated, "currency": "USD"}
        document = minimal(external_id=str(number), fraud__stated_loss=loss, transfers=[paid, back])
        found = desk.standings(document)[POLICE]
        assert ("totals-agree" in rules(found, Severity.WARNING)) is warns, stated
        assert found.status == ReportStatus.READY


def test_more_returned_than_sent_is_told(desk: Desk) -> None:
    paid = {"amount": "3", "currency": "USD", "mechanism": "cash"}
    back = {**paid, "amount": "5", "direction": "returned"}
    found = desk.standings(minimal(transfers=[paid, back]))[POLICE]
    assert fields(found, "totals-agree") == ["transfers"]
    assert "totals-agree" not in rules(desk.standings(minimal(external_id="2", transfers=[paid, paid, back]))[POLICE])


# --- what contradicts itself is kept, and told ----------------------------------------------------------------

DATES = {"fraud__started_on": "2026-03-01", "fraud__discovered_on": "2026-05-01"}


def paid(on: str, **more: object) -> Document:
    return {"sent_on": on, "amount": "5", "currency": "USD", "mechanism": "cash", **more}


def test_a_discovery_before_the_start_is_told_on_every_report_and_blocks_none(desk: Desk) -> None:
    found = desk.standings(chinese(consents=CONSENTS, **{**DATES, "fraud__discovered_on": "2026-02-28"}))
    for key in (POLICE, EMBASSY):
        assert fields(found[key], "dates-agree") == ["fraud.discovered_on"]
        assert found[key].status == ReportStatus.READY
    on_the_day = minimal(external_id="2", **{**DATES, "fraud__discovered_on": "2026-03-01"})
    assert "dates-agree" not in rules(desk.standings(on_the_day)[POLICE])


@pytest.mark.parametrize(
    ("transfer", "outside"),
    [
        (paid("2026-02-28"), True),
        (paid("2026-03-01"), False),
        (paid("2026-05-01"), False),
        (paid("2026-05-02"), True),
        (paid("2026-05-02", direction="returned"), False),
        (paid("2026-05-02", second_fraud=True), False),
        ({"amount": "5", "currency": "USD", "mechanism": "cash"}, False),
    ],
)
def test_a_transfer_outside_the_dates_is_told_by_its_place(desk: Desk, transfer: Document, outside: bool) -> None:
    transfers = [paid("2026-04-01"), transfer]
    found = desk.standings(minimal(transfers=transfers, **DATES))[POLICE]
    assert fields(found, "dates-agree") == (["transfers.1.sent_on"] if outside else [])
    assert found.status == ReportStatus.READY


def test_a_place_of_holding_beside_another_kind_of_fraud_is_told(desk: Desk) -> None:
    found = desk.standings(minimal(triage={"held_in": "KH"}))[POLICE]
    assert (found.status, fields(found, "held-in")) == (ReportStatus.READY, ["triage.held_in"])
    assert all("held-in" not in rules(standing) for standing in desk.standings(held(external_id="2")).values())


def test_a_number_of_the_victim_or_the_reporter_that_is_none_is_told_where_it_is_printed(desk: Desk) -> None:
    reporter = {"full_name": "Ana Sample", "relation": "sister", "phone": "12"}
    found = desk.standings(chinese(victim__phone="ask my son", reporter=reporter, consents=CONSENTS))
    assert fields(found[POLICE], "not-a-phone") == ["victim.phone", "reporter.phone"]
    assert fields(found[EMBASSY], "not-a-phone") == ["victim.phone"]
    unsafe = chinese(external_id="2", victim__phone="ask my son", victim__safe_contact={"phone_is_safe": False})
    assert "not-a-phone" not in rules(desk.standings(unsafe)[POLICE])


# --- translations ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "asked"), [("es", True), ("ES-mx", True), ("en-GB", False), ("zh-Hans", False), ("", False)]
)
def test_a_translation_is_asked_for_where_the_recipient_does_not_read_the_language(
    desk: Desk, language: str, asked: bool
) -> None:
    document = chinese(consents=CONSENTS, victim__language=language or None)
    assert ("translation-missing" in rules(desk.standings(document)[EMBASSY])) is asked


def test_english_readers_need_a_translation_from_chinese(desk: Desk) -> None:
    assert "translation-missing" in rules(desk.standings(chinese(victim__language="zh"))[POLICE])


def test_only_the_part_without_english_is_asked_for(desk: Desk) -> None:
    english = {"emotional": "x", "translated_by": "the organization"}
    document = chinese(victim__language="es", consents=CONSENTS, fraud__impact__in_english=english)
    assert fields(desk.standings(document)[EMBASSY], "translation-missing") == ["fraud.impact.in_english.financial"]


def test_who_is_known_to_read_the_language_needs_no_translation(desk: Desk) -> None:
    change_contacts("us-ic3", language="en, es-US")
    found = desk.standings(minimal(victim__language="es"))
    assert "translation-missing" not in rules(found["us-ic3"])
    assert "translation-missing" in rules(found[POLICE], Severity.WARNING)


# --- what is printed, and only that ---------------------------------------------------------------------------

EVERY_TEXT: Document = {
    "victim": {
        "full_name": "victim.full_name",
        "email": "victim.email@example.org",
        "phone": "victim.phone",
        "address": {"street": "victim.address", "country": "US"},
    },
    "reporter": {
        "full_name": "reporter.full_name",
        "relation": "reporter.relation",
        "email": "reporter.email@example.org",
        "phone": "reporter.phone",
    },
    "fraud": {
        "kind": "romance",
        "first_contact": {"service": "fraud.first_contact.service"},
        "timeline": [{"on": "2026-01-01", "fact": "fraud.timeline.0.fact"}],
        "impact": {
            "emotional": "fraud.impact.emotional",
            "financial": "fraud.impact.financial",
            "in_english": {
                "emotional": "fraud.impact.in_english.emotional",
                "financial": "fraud.impact.in_english.financial",
                "translated_by": "fraud.impact.in_english.translated_by",
            },
        },
    },
    "identifiers": [
        {
            "kind": "other",
            "value": "identifiers.0.value",
            "service": "identifiers.0.service",
            "note": "identifiers.0.note",
        }
    ],
    "transfers": [
        {
            "amount": "5",
            "currency": "USD",
            "mechanism": "bank_wire",
            **{
                name: f"transfers.0.{name}"
                for name in (
                    "network",
                    "from_institution",
                    "from_account",
                    "to_institution",
                    "to_bank_code",
                    "to_account",
                    "to_name",
                    "reference",
                    "tag",
                )
            },
            "institution_informed": {
                "on": "2026-01-02",
                "outcome": "transfers.0.institution_informed.outcome",
                "reference": "transfers.0.institution_informed.reference",
            },
        }
    ],
    "reports": [
        {
            "agency": "reports.0.agency",
            "filed_on": "2026-01-02",
            "reference_number": "reports.0.reference_number",
            "outcome_reason": "reports.0.outcome_reason",
            "station": "reports.0.station",
            "officer": "reports.0.officer",
        }
    ],
    "evidence": [{"path": "evidence/withdrawals.csv", "description": "evidence.0.description"}],
}
SENTENCES = {
    "fraud.first_contact.service",
    "fraud.impact.emotional",
    "fraud.impact.financial",
    "fraud.impact.in_english.emotional",
    "fraud.impact.in_english.financial",
    "fraud.timeline.0.fact",
    "identifiers.0.note",
    "transfers.0.institution_informed.outcome",
    "reports.0.outcome_reason",
    "evidence.0.description",
    "reporter.relation",
}


def test_every_printed_text_is_checked_under_its_own_path_and_prose_is_told_from_facts(desk: Desk) -> None:
    file = desk.file(EVERY_TEXT)
    police = build_plan(file).row(POLICE)
    texts = printed_texts(file, gather(file, police, desk.organization, draft=False, on=TODAY))
    assert {text.path: text.text.removesuffix("@example.org") for text in texts} == {
        text.path: text.path for text in texts
    }
    assert {text.path for text in texts if text.sentence} == SENTENCES
    assert len(texts) == 35


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"victim__address__street": "1 \U000f0000"}, "victim.address"),
        ({"reporter": {"full_name": "P \U000f0000", "relation": "son"}}, "reporter.full_name"),
        ({"reporter": {"full_name": "Paul", "relation": "son \U000f0000"}}, "reporter.relation"),
        ({"fraud__first_contact": {"service": "\U000f0000"}}, "fraud.first_contact.service"),
        ({"reports": [{"agency": "\U000f0000", "filed_on": "2026-01-01"}]}, "reports.0.agency"),
    ],
)
def test_a_character_that_no_font_has_is_found_wherever_it_is_printed(
    desk: Desk, change: dict[str, object], path: str
) -> None:
    found = desk.standings(minimal(**change))["us-ic3"]
    assert found.status == ReportStatus.BLOCKED
    assert fields(found, "missing-glyph") == [path]


def test_what_a_recipient_is_not_told_breaks_no_rule_there(desk: Desk) -> None:
    document = chinese(
        consents=[consent(EMBASSY, withhold=["victim.street"])],
        victim__address__street="1 \U000f0000 Street",
        reporter={"full_name": "Paul Sample", "relation": "brother", "phone": "\U000f0000"},
    )
    found = desk.standings(document)
    assert found[EMBASSY].status == ReportStatus.READY
    assert fields(found[POLICE], "missing-glyph") == ["victim.address", "reporter.phone"]


def test_a_problem_points_to_the_place_in_the_file_even_where_identifiers_were_merged(desk: Desk) -> None:
    identifiers = [
        {"kind": "website", "value": "https://trade.example"},
        {"kind": "website", "value": "http://trade.example/"},
        {"kind": "social_profile", "value": "Linda Howe", "service": "Facebook"},
    ]
    found = desk.standings(minimal(identifiers=identifiers))[POLICE]
    assert fields(found, "profile-link") == ["identifiers.2.value"]


def test_an_iban_in_a_transfer_is_checked_too(desk: Desk) -> None:
    transfer = {
        "amount": "5",
        "currency": "EUR",
        "mechanism": "bank_wire",
        "to_account": "GB82 WEST 1234 5698 7654 33",
        "to_country": "GB",
    }
    found = desk.standings(chinese(consents=CONSENTS, transfers=[transfer]))
    assert fields(found[EMBASSY], "iban-checksum") == ["transfers.0.to_account"]
    assert found[EMBASSY].status == ReportStatus.BLOCKED


def test_health_is_advice_for_foreign_states_only(desk: Desk) -> None:
    document = minimal(triage={"money_sent_to": ["TH"]}, fraud__impact__emotional="I was treated for depression.")
    found = desk.standings(document)
    assert "health-text" in rules(found["th-police-online"], Severity.WARNING)
    assert "health-text" not in rules(found[POLICE]) | rules(found["int-anyscam"])


WORD = "Scam Alert Limited"


@pytest.mark.parametrize(
    "change",
    [
        {"identifiers": [{"kind": "company_name", "value": WORD, "service": WORD}]},
        {"transfers": [{"amount": "5", "currency": "USD", "mechanism": "cash", "to_name": WORD, "reference": WORD}]},
        {"reports": [{"agency": WORD, "filed_on": "2026-01-02", "station": WORD, "reference_number": "SCAM-1"}]},
        {"reporter": {"full_name": WORD, "relation": "brother"}},
    ],
)
def test_the_word_in_a_name_an_identifier_or_a_reference_is_printed_as_it_is(desk: Desk, change: Document) -> None:
    assert "forbidden-word" not in rules(desk.standings(chinese(consents=CONSENTS, **change))[EMBASSY])


def test_the_name_of_an_agency_of_the_directory_may_stand_in_a_sentence(desk: Desk) -> None:
    def told(external_id: str, name: str) -> set[str]:
        fact = [{"on": "2026-01-01", "fact": f"Reported to the {name} by phone."}]
        return rules(desk.standings(chinese(external_id=external_id, consents=CONSENTS, fraud__timeline=fact))[EMBASSY])

    assert "forbidden-word" not in told("1", "Anti-Deception Coordination Centre anti-scam helpline")
    assert "forbidden-word" in told("2", "anti-scam helpline of somebody")


# --- places ---------------------------------------------------------------------------------------------------


def test_the_word_stands_neither_in_what_the_reporter_is_called_nor_in_the_letterhead(desk: Desk) -> None:
    sister = {"full_name": "Ann Sample", "relation": "daughter of the scam victim", "email": "ann@example.org"}
    consents = [consent(EMBASSY, signed_as="Ann Sample")]
    found = desk.standings(chinese(reporter=sister, consents=consents))[EMBASSY]
    assert fields(found, "forbidden-word") == ["reporter.relation"]
    desk.organization.letterhead = "Helping scam victims since 2010"
    found = desk.standings(chinese(external_id="2", consents=CONSENTS))[EMBASSY]
    assert fields(found, "forbidden-word") == ["(organization)"]
    desk.organization.name = desk.organization.letterhead = "Global Anti-Scam Organization"
    assert "forbidden-word" not in rules(desk.standings(chinese(external_id="3", consents=CONSENTS))[EMBASSY])


@pytest.mark.parametrize("field", ["street", "city", "region", "postal_code"])
def test_no_part_of_a_hidden_address_stands_in_any_text(desk: Desk, field: str) -> None:
    part = {"street": "14 Sample Terrace", "city": "Worcester", "region": "Massachusetts", "postal_code": "01602"}[
        field
    ]
    document = minimal(
        safety={"ties_to": [], "do_not_reveal_location": True},
        identifiers=[{"kind": "website", "value": "https://trade.example", "note": f"sent from {part}"}],
    )
    found = desk.standings(document)[POLICE]
    assert found.status == ReportStatus.BLOCKED
    assert fields(found, "location-revealed") == ["identifiers.0.note"]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"identifiers": [{"kind": "other", "value": "Sihanoukville gate 4"}]}, "identifiers.0.value"),
        ({"reports": [{"agency": "Phnom Penh Police", "filed_on": "2026-01-02"}]}, "reports.0.agency"),
        ({"evidence": [{"path": "evidence/withdrawals.csv", "description": "Poipet"}]}, "evidence.0.description"),
        ({"reporter__relation": "sister in Kampot"}, "reporter.relation"),
    ],
)
def test_the_country_of_a_held_person_is_given_away_by_no_fact_either(
    desk: Desk, change: dict[str, object], path: str
) -> None:
    for standing in desk.standings(held(**change)).values():
        assert standing.status == ReportStatus.BLOCKED
        assert fields(standing, "location-revealed") == [path]


def test_a_place_in_another_country_is_no_secret_of_a_held_person(desk: Desk) -> None:
    document = held(fraud__timeline=[{"on": "2026-01-01", "fact": "She left from Nairobi, by plane."}])
    assert {s.status for s in desk.standings(document).values()} == {ReportStatus.NEEDS_SUPERVISOR}


def test_held_in_alone_hides_no_place_of_somebody_who_is_not_held(desk: Desk) -> None:
    document = minimal(triage={"held_in": "KH"}, fraud__timeline=[{"on": "2026-01-01", "fact": "He was in Cambodia."}])
    assert "location-revealed" not in rules(desk.standings(document)[POLICE])


def test_a_country_that_holds_nobody_is_no_secret_of_a_victim_who_hides(desk: Desk) -> None:
    fact = [{"on": "2026-01-01", "fact": "He was in Cambodia."}]
    safety = {"ties_to": [], "do_not_reveal_location": True}
    document = minimal(triage={"held_in": "KH"}, safety=safety, fraud__timeline=fact)
    assert "location-revealed" not in rules(desk.standings(document)[POLICE])


@pytest.mark.parametrize("text", ["她在金边。", "Она в Пномпене.", "นางอยู่ที่พนมเปญ"])
def test_the_place_of_a_held_person_is_found_in_other_scripts(desk: Desk, text: str) -> None:
    document = held(fraud__timeline=[{"on": "2026-01-01", "fact": text}])
    for standing in desk.standings(document).values():
        assert fields(standing, "location-revealed") == ["fraud.timeline.0.fact"]


# --- what release will need -----------------------------------------------------------------------------------


def test_asking_about_ties_and_hearing_of_none_is_enough(desk: Desk) -> None:
    assert "ties-unasked" not in rules(desk.standings(chinese(safety={"ties_to": []}))[EMBASSY])


def test_ties_are_asked_before_any_foreign_state_hears_of_it(desk: Desk) -> None:
    found = desk.standings(minimal(safety=None, triage={"money_sent_to": ["TH"]}))
    assert "ties-unasked" in rules(found["th-police-online"], Severity.WARNING)
    assert "ties-unasked" not in rules(found["us-ic3"])


def test_an_overruled_nexus_is_confirmed(desk: Desk) -> None:
    document = minimal(fraud__kind="investment", triage={"offender_spoke": ["en"]}, consents=CONSENTS)
    case_id = desk.take(document)
    Case.objects.filter(pk=case_id).update(nexus_overrule="likely", nexus_overrule_reason="the app's code is Chinese")
    found = desk.standings(document)
    assert found[MAILBOX].status == ReportStatus.READY
    assert "nexus-unconfirmed" not in rules(found[MAILBOX])


def test_an_unconfirmed_nexus_concerns_chinese_agencies_alone(desk: Desk) -> None:
    triage = {"offender_spoke": ["en"], "money_sent_to": ["TH"]}
    found = desk.standings(minimal(fraud__kind="investment", triage=triage))
    assert "nexus-unconfirmed" in rules(found[EMBASSY])
    assert "nexus-unconfirmed" not in rules(found["th-police-online"]) | rules(found[POLICE])


@pytest.mark.parametrize(
    ("age", "told"), [(0, set()), (180, set()), (181, {"stale-address"}), (None, {"unverified-address"})]
)
def test_an_address_counts_as_verified_for_180_days(desk: Desk, age: int | None, told: set[str]) -> None:
    if age is not None:
        change_contacts(
            EMBASSY, verified_by="Carla", verified_on=TODAY - timedelta(days=age), verified_source="the embassy's page"
        )
    found = desk.standings(chinese(consents=CONSENTS))[EMBASSY]
    assert rules(found) & {"stale-address", "unverified-address"} == told
    assert found.status == ReportStatus.READY


def test_an_address_by_post_is_verified_as_well(desk: Desk) -> None:
    document = chinese(victim__address={"country": "GB"}, consents=[consent("cn-embassy-gb")])
    assert "unverified-address" in rules(desk.standings(document)["cn-embassy-gb"], Severity.WARNING)


def test_what_the_victim_files_themselves_has_no_address_to_verify(desk: Desk) -> None:
    found = desk.standings(minimal())
    for key in (POLICE, "us-ic3", "us-ftc", "int-anyscam"):
        assert not {"unverified-address", "stale-address", "no-mailbox"} & rules(found[key])


def test_a_consent_in_the_signers_own_name_is_told_nothing(desk: Desk) -> None:
    document = chinese(consents=[consent(EMBASSY, signed_as=" Margaret  Ellen Testperson ")])
    found = desk.standings(document)[EMBASSY]
    assert found.status == ReportStatus.READY
    assert "consent-name" not in rules(found)


def test_every_problem_says_where_it_is_and_how_to_mend_it(desk: Desk) -> None:
    document = changed(
        chinese(victim__language="es", safety=None),
        fraud={"kind": "romance", "impact": {"emotional": "I was scammed."}},
        victim__full_name="1",
        identifiers=[{"kind": "person_name", "value": "Wang \U000f0000"}],
    )
    problems = [p for standing in desk.standings(document).values() for p in standing.problems]
    assert len({p.rule for p in problems}) >= 8
    for problem in problems:
        assert problem.field
        assert problem.message.endswith((".", ",", ")")), problem
        assert len(problem.message.split()) >= 4
