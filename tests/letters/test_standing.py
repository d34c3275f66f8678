"""Where a report stands: the first status that applies, and each rule with its severity (contract)."""

import pytest

from letters.enums import ReportStatus, Severity
from letters.standing import Standing
from tests.desk import Desk
from tests.intakes import Document, changed, chinese, consent, held, minimal

EMBASSY, MAILBOX, POLICE = "cn-embassy-us", "cn-government-mailbox", "us-local-police"
CONSENTS = [consent(MAILBOX), consent(EMBASSY)]


def rules(standing: Standing, severity: Severity | None = None) -> set[str]:
    return {p.rule for p in standing.problems if severity in (None, p.severity)}


def fields(standing: Standing, rule: str) -> list[str]:
    return [p.field for p in standing.problems if p.rule == rule]


# --- statuses -------------------------------------------------------------------------------------------------


def test_with_consent_and_no_broken_rule_an_email_report_is_ready(desk: Desk) -> None:
    found = desk.standings(chinese(consents=CONSENTS))
    assert (found[MAILBOX].status, found[EMBASSY].status) == (ReportStatus.READY, ReportStatus.READY)


def test_without_consent_an_email_report_waits_for_it(desk: Desk) -> None:
    found = desk.standings(chinese(consents=[consent(EMBASSY)]))
    assert found[MAILBOX].status == ReportStatus.AWAITING_CONSENT


def test_a_letter_by_post_needs_consent_too(desk: Desk) -> None:
    document = chinese(victim__address={"country": "GB", "city": "London"})
    assert desk.standings(document)["cn-embassy-gb"].status == ReportStatus.AWAITING_CONSENT


def test_what_the_victim_files_or_says_themselves_needs_no_consent(desk: Desk) -> None:
    found = desk.standings(minimal())
    assert {found[key].status for key in ("us-ic3", "us-ftc", POLICE)} == {ReportStatus.READY}


@pytest.mark.parametrize("name", ["M. Testperson", "margaret ellen testperson", "Someone Else"])
def test_a_consent_signed_with_another_name_is_none(desk: Desk, name: str) -> None:
    found = desk.standings(chinese(consents=[consent(EMBASSY, signed_as=name)]))
    assert found[EMBASSY].status == ReportStatus.AWAITING_CONSENT
    assert fields(found[EMBASSY], "consent-name") == ["consents.0.signed_as"]


def test_the_date_of_a_consent_is_not_compared_with_the_facts(desk: Desk) -> None:
    old = consent(EMBASSY, given_on="2001-01-01")
    assert desk.standings(chinese(consents=[old]))[EMBASSY].status == ReportStatus.READY


def test_a_reporter_can_sign_the_consent(desk: Desk) -> None:
    reporter = {"full_name": "Paul Sample", "relation": "brother"}
    given = consent(EMBASSY, signed_as="Paul Sample", given_by="reporter")
    found = desk.standings(chinese(reporter=reporter, consents=[given]))[EMBASSY]
    assert found.status == ReportStatus.READY
    assert found.facts is not None
    assert (found.facts.signature.full_name, found.facts.signature.on_behalf_of) == (
        "Paul Sample",
        "Margaret Ellen Testperson",
    )


def test_a_report_that_was_made_and_not_refused_is_filed_with_its_number(desk: Desk) -> None:
    reports = [
        {"agency": "us-ic3", "filed_on": "2026-01-02", "reference_number": "I26"},
        {"agency": "Tulsa Police Department", "filed_on": "2026-01-03", "reference_number": "2026-1"},
    ]
    found = desk.standings(minimal(reports=reports))
    assert (found["us-ic3"].status, found["us-ic3"].reference_number) == (ReportStatus.FILED, "I26")
    assert (found[POLICE].status, found[POLICE].reference_number) == (ReportStatus.FILED, "2026-1")


def test_a_refused_report_stays_to_do(desk: Desk) -> None:
    refused = {"agency": "Owasso Police", "filed_on": "2026-01-02", "outcome": "refused", "kind": "police"}
    found = desk.standings(minimal(reports=[refused]))[POLICE]
    assert found.status == ReportStatus.READY
    assert "refused" in found.row.why


@pytest.mark.parametrize(
    ("name", "kind", "counts"),
    [
        ("Policía Nacional", None, True),
        ("Polizeirevier Mitte", None, True),
        ("杭州市公安局", None, True),
        ("Poliția Română", None, True),
        ("Carabineros de Chile", None, True),
        ("नेपाल प्रहरी", None, True),
        ("पुणे पोलीस", None, True),
        ("پلیس فتا", None, True),
        ("Helsingin poliisilaitos", None, True),
        ("Finanzamt", None, False),
        ("Ministerio Público", None, False),
        ("Tulsa Police Department", "other", False),
        ("Precinct 5", "police", True),
    ],
)
def test_a_free_name_counts_for_the_local_police_by_its_kind_or_else_its_name(
    desk: Desk, name: str, kind: str | None, counts: bool
) -> None:
    report = {"agency": name, "filed_on": "2026-01-02", **({"kind": kind} if kind else {})}
    filed = desk.standings(minimal(reports=[report]))[POLICE].status == ReportStatus.FILED
    assert filed is counts


def test_an_institution_is_filed_once_it_was_told_of_every_payment(desk: Desk) -> None:
    told = {
        "amount": "5",
        "currency": "USD",
        "mechanism": "card",
        "from_institution": "First Bank",
        "institution_informed": {"on": "2026-01-02", "reference": "D-7"},
    }
    untold = {key: value for key, value in told.items() if key != "institution_informed"}
    found = desk.standings(minimal(transfers=[told]))["institution-first-bank"]
    assert (found.status, found.reference_number) == (ReportStatus.FILED, "D-7")
    found = desk.standings(minimal(external_id="2", transfers=[told, untold]))["institution-first-bank"]
    assert found.status == ReportStatus.READY


@pytest.mark.parametrize("flag", ["no_dispatch_without_supervisor", "life_at_risk", "legal_advice_first"])
def test_a_safety_flag_makes_every_report_wait_for_a_supervisor(desk: Desk, flag: str) -> None:
    found = desk.standings(chinese(consents=CONSENTS, **{f"safety__{flag}": True}))
    assert {s.status for s in found.values() if not s.row.information} == {ReportStatus.NEEDS_SUPERVISOR}


@pytest.mark.parametrize("tie", ["CN", "HK", "MO"])
def test_a_tie_makes_reports_to_that_states_agencies_wait_and_no_others(desk: Desk, tie: str) -> None:
    document = chinese(safety={"ties_to": [tie]}, consents=CONSENTS, triage__money_sent_to=["HK", "TH"])
    found = desk.standings(document)
    for key in (MAILBOX, EMBASSY, "hk-adcc", "hk-police"):
        assert found[key].status == ReportStatus.NEEDS_SUPERVISOR, key
    for key in (POLICE, "us-ic3", "th-police-online", "int-anyscam"):
        assert found[key].status == ReportStatus.READY, key


def test_everything_of_a_held_person_waits_for_a_supervisor(desk: Desk) -> None:
    assert {s.status for s in desk.standings(held()).values()} == {ReportStatus.NEEDS_SUPERVISOR}


def test_blocked_comes_before_a_supervisor_and_filed_before_blocked(desk: Desk) -> None:
    bad = [{"kind": "crypto_wallet", "value": "bc1qnymp7d6mc9hk0lkt455wrcrk7chfv7wphcv22d", "service": "bitcoin"}]
    reports = [{"agency": "us-ic3", "filed_on": "2026-01-02"}]
    found = desk.standings(minimal(identifiers=bad, reports=reports, safety={"life_at_risk": True}))
    assert found[POLICE].status == ReportStatus.BLOCKED
    assert found["us-ic3"].status == ReportStatus.FILED


# --- rules ----------------------------------------------------------------------------------------------------


def test_a_forbidden_word_blocks_chinese_agencies_and_is_advice_elsewhere(desk: Desk) -> None:
    document = chinese(consents=CONSENTS, fraud__impact={"emotional": "I was scammed.", "financial": "All is lost."})
    found = desk.standings(document)
    for key in (MAILBOX, EMBASSY):
        assert found[key].status == ReportStatus.BLOCKED
        assert fields(found[key], "forbidden-word") == ["fraud.impact.emotional"]
    for key in (POLICE, "us-ic3", "us-ftc"):
        assert found[key].status == ReportStatus.READY
        assert "forbidden-word" in rules(found[key], Severity.WARNING)


def test_a_forbidden_word_in_an_identifier_or_an_agencys_name_breaks_no_rule(desk: Desk) -> None:
    document = chinese(
        consents=CONSENTS,
        identifiers=[{"kind": "website", "value": "https://scam.example"}],
        reports=[{"agency": "int-anyscam", "filed_on": "2026-01-02"}],
    )
    assert desk.standings(document)[EMBASSY].status == ReportStatus.READY


@pytest.mark.parametrize(
    "place",
    [
        "identifiers__note",
        "timeline",
        "evidence",
        "outcome_reason",
        "informed",
    ],
)
def test_a_forbidden_word_is_found_in_every_sentence_note_and_description(desk: Desk, place: str) -> None:
    word = "The scammers asked for more."
    changes: dict[str, dict[str, object]] = {
        "identifiers__note": {"identifiers": [{"kind": "website", "value": "https://a.example", "note": word}]},
        "timeline": {"fraud__timeline": [{"on": "2026-01-01", "fact": word}]},
        "evidence": {"evidence": [{"path": "evidence/withdrawals.csv", "description": word}]},
        "outcome_reason": {"reports": [{"agency": "X", "filed_on": "2026-01-02", "outcome_reason": word}]},
        "informed": {
            "transfers": [
                {
                    "amount": "5",
                    "currency": "USD",
                    "mechanism": "card",
                    "from_institution": "First Bank",
                    "institution_informed": {"on": "2026-01-02", "outcome": word},
                }
            ]
        },
    }
    assert "forbidden-word" in rules(desk.standings(chinese(consents=CONSENTS, **changes[place]))[EMBASSY])


@pytest.mark.parametrize("part", ["emotional", "financial"])
def test_an_agency_of_a_foreign_state_needs_the_impact_statement(desk: Desk, part: str) -> None:
    found = desk.standings(chinese(consents=CONSENTS, **{f"fraud__impact__{part}": None}))
    assert found[EMBASSY].status == ReportStatus.BLOCKED
    assert fields(found[EMBASSY], "impact-statement") == [f"fraud.impact.{part}"]
    assert found[POLICE].status == ReportStatus.READY


def test_withholding_the_impact_from_a_foreign_state_contradicts_the_report(desk: Desk) -> None:
    found = desk.standings(chinese(consents=[consent(EMBASSY, withhold=["impact"])]))[EMBASSY]
    assert found.status == ReportStatus.BLOCKED
    assert fields(found, "withheld-required") == ["consents.0.withhold"]


def test_a_report_abroad_needs_one_hard_fact_that_is_no_name(desk: Desk) -> None:
    names = [{"kind": "person_name", "value": "Wang Fang"}, {"kind": "company_name", "value": "BC Group"}]
    found = desk.standings(chinese(consents=CONSENTS, identifiers=names))
    assert found[EMBASSY].status == ReportStatus.BLOCKED
    assert rules(found[EMBASSY], Severity.ERROR) == {"hard-facts"}
    assert found[POLICE].status == ReportStatus.READY
    payment = [{"amount": "1", "currency": "EUR", "mechanism": "cash"}]
    found = desk.standings(chinese(external_id="2", consents=CONSENTS, identifiers=names, transfers=payment))
    assert found[EMBASSY].status == ReportStatus.READY


@pytest.mark.parametrize(
    ("rule", "identifier"),
    [
        ("profile-link", {"kind": "social_profile", "value": "Linda Howe", "service": "Facebook"}),
        (
            "wallet-checksum",
            {"kind": "crypto_wallet", "value": "TPCTB3ban7mjkDsjxo1rHAocdneeZ1T9BK", "service": "tron"},
        ),
        ("iban-checksum", {"kind": "bank_account", "value": "GB82 WEST 1234 5698 7654 33"}),
        ("missing-glyph", {"kind": "person_name", "value": "Wang \U000f0000"}),
    ],
)
def test_what_no_report_may_print_blocks_every_report(desk: Desk, rule: str, identifier: dict[str, str]) -> None:
    good = {"kind": "website", "value": "https://trade.example"}
    found = desk.standings(chinese(consents=CONSENTS, identifiers=[good, identifier]))
    to_do = [s for s in found.values() if s.status != ReportStatus.INFORMATION]
    assert {s.status for s in to_do} == {ReportStatus.BLOCKED}
    assert all(fields(s, rule) == ["identifiers.1.value"] for s in to_do)


def test_a_mistyped_wallet_in_a_transfer_blocks_as_well(desk: Desk) -> None:
    transfer = {
        "amount": "5",
        "currency": "USDT",
        "mechanism": "crypto",
        "to_account": "TPCTB3ban7mjkDsjxo1rHAocdneeZ1T9BK",
    }
    found = desk.standings(minimal(transfers=[transfer]))[POLICE]
    assert fields(found, "wallet-checksum") == ["transfers.0.to_account"]


def test_an_own_account_is_checked_only_where_it_is_printed(desk: Desk) -> None:
    transfer = {
        "amount": "5",
        "currency": "USD",
        "mechanism": "bank_wire",
        "from_account": "GB82 WEST 1234 5698 7654 33",
    }
    found = desk.standings(chinese(consents=CONSENTS, transfers=[transfer]))
    assert found[POLICE].status == ReportStatus.BLOCKED
    assert found[EMBASSY].status == ReportStatus.READY


@pytest.mark.parametrize("text", ["They hold her in Sihanoukville.", "See 10.6093, 103.5296", "Somewhere in Cambodia"])
def test_the_place_of_a_held_person_blocks_every_report_that_would_print_it(desk: Desk, text: str) -> None:
    document = held(fraud__timeline=[{"on": "2026-01-01", "fact": text}])
    found = desk.standings(document)
    assert {s.status for s in found.values()} == {ReportStatus.BLOCKED}
    assert all(fields(s, "location-revealed") == ["fraud.timeline.0.fact"] for s in found.values())


def test_a_name_that_is_also_a_place_is_printed_where_it_signs(desk: Desk) -> None:
    document = held(
        victim__full_name="Maria Rosario Santos", reporter__full_name="Victoria Santos", triage={"held_in": "PH"}
    )
    found = desk.standings(document)
    assert not any("location-revealed" in rules(standing) for standing in found.values())
    told = changed(
        document, external_id="2", fraud__timeline=[{"on": "2026-01-01", "fact": "They hold her in Rosario."}]
    )
    letters = [standing for standing in desk.standings(told).values() if standing.status != ReportStatus.INFORMATION]
    assert letters
    assert all("location-revealed" in rules(standing) for standing in letters)


def test_a_victim_whose_location_is_hidden_is_not_given_away_in_free_text(desk: Desk) -> None:
    document = minimal(safety__do_not_reveal_location=True, fraud__impact__emotional="I hide in Worcester.")
    found = desk.standings(document)[POLICE]
    assert fields(found, "location-revealed") == ["fraud.impact.emotional"]
    shown = desk.standings(changed(document, external_id="2", safety__do_not_reveal_location=False))[POLICE]
    assert "location-revealed" not in rules(shown)


def test_a_stated_loss_is_compared_in_one_currency_only(desk: Desk) -> None:
    loss = {"amount": "99", "currency": "USD"}
    paid = {"amount": "100", "currency": "USD", "mechanism": "cash"}
    other = {"amount": "1", "currency": "BTC", "mechanism": "crypto"}
    for n, (transfers, warns) in enumerate([([paid], True), ([paid, other], False), ([other], False)]):
        document = minimal(external_id=str(n), fraud__stated_loss=loss, transfers=transfers)
        assert ("totals-agree" in rules(desk.standings(document)[POLICE], Severity.WARNING)) is warns


def test_words_in_another_language_ask_for_a_translation_where_it_is_not_read(desk: Desk) -> None:
    document = chinese(victim__language="es", consents=CONSENTS)
    assert "translation-missing" in rules(desk.standings(document)[EMBASSY], Severity.WARNING)
    english = {"emotional": "x", "financial": "y", "translated_by": "the organization"}
    document = changed(document, external_id="2", fraud__impact__in_english=english)
    assert "translation-missing" not in rules(desk.standings(document)[EMBASSY])


def test_health_and_dialogue_are_told_as_warnings(desk: Desk) -> None:
    document = chinese(
        consents=CONSENTS,
        fraud__impact={"emotional": "I was treated for depression.", "financial": "I lost my savings."},
        fraud__timeline=[{"on": "2026-01-01", "fact": 'He said: "Send it now, my dear."'}],
    )
    found = desk.standings(document)
    assert {"health-text", "no-dialogue"} <= rules(found[EMBASSY], Severity.WARNING)
    assert "health-text" not in rules(found[POLICE])
    assert found[EMBASSY].status == ReportStatus.READY


# --- what release will need ---------------------------------------------------------------------------------


def test_ties_that_were_not_asked_are_told_on_reports_to_foreign_states(desk: Desk) -> None:
    found = desk.standings(chinese(safety=None, consents=CONSENTS))
    assert "ties-unasked" in rules(found[EMBASSY], Severity.WARNING)
    assert "ties-unasked" not in rules(found[POLICE]) | rules(found["int-anyscam"])


def test_a_likely_nexus_is_told_as_unconfirmed(desk: Desk) -> None:
    document = minimal(fraud__kind="investment", triage={"offender_spoke": ["en"]}, consents=CONSENTS)
    assert "nexus-unconfirmed" in rules(desk.standings(document)[MAILBOX], Severity.WARNING)
    assert "nexus-unconfirmed" not in rules(desk.standings(chinese(external_id="2", consents=CONSENTS))[MAILBOX])


def test_an_address_that_nobody_verified_is_told(desk: Desk) -> None:
    found = desk.standings(chinese(consents=CONSENTS))
    assert "unverified-address" in rules(found[EMBASSY], Severity.WARNING)


def test_an_embassy_without_a_mailbox_is_told(desk: Desk) -> None:
    document = chinese(victim__address={"country": "GB"}, consents=[consent("cn-embassy-gb")])
    found = desk.standings(document)["cn-embassy-gb"]
    assert found.status == ReportStatus.READY
    assert "no-mailbox" in rules(found, Severity.WARNING)


@pytest.mark.parametrize("nationality", ["CN", "HK", "MO"])
def test_another_states_nationality_is_a_tie_whether_it_was_named_or_not(desk: Desk, nationality: str) -> None:
    found = desk.standings(chinese(victim__nationalities=[nationality, "US"], consents=CONSENTS))
    assert found[EMBASSY].status == ReportStatus.NEEDS_SUPERVISOR
    assert found[POLICE].status == ReportStatus.READY


def test_an_unsafe_address_or_number_is_found_wherever_else_it_stands(desk: Desk) -> None:
    document = minimal(
        victim__safe_contact={"email_is_safe": False, "phone_is_safe": False},
        fraud__timeline=[{"on": "2026-01-01", "fact": "They wrote to Margaret.Testperson@example.org."}],
        identifiers=[{"kind": "website", "value": "https://a.example", "note": "my number is 508 555 0142"}],
    )
    found = desk.standings(document)[POLICE]
    assert found.status == ReportStatus.BLOCKED
    assert sorted(fields(found, "unsafe-contact")) == ["fraud.timeline.0.fact", "identifiers.0.note"]
    safe = changed(document, external_id="2", victim__safe_contact=None)
    assert "unsafe-contact" not in rules(desk.standings(safe)[POLICE])


@pytest.mark.parametrize(
    ("document", "key"), [(minimal(safety__do_not_contact_victim=True), POLICE), (held(), "ke-anti-trafficking")]
)
def test_a_contact_that_may_not_be_used_is_found_wherever_else_it_stands(
    desk: Desk, document: Document, key: str
) -> None:
    known = changed(document, victim__email="joe@example.org", victim__phone="+254 20 555 0199")
    fact = {"on": "2026-01-01", "fact": "They wrote to Joe@example.org."}
    noted = {"kind": "website", "value": "https://a.example", "note": "my number is 20 555 0199"}
    found = desk.standings(changed(known, fraud__timeline=[fact], identifiers=[noted]))[key]
    assert sorted(fields(found, "unsafe-contact")) == ["fraud.timeline.0.fact", "identifiers.0.note"]


def test_a_report_to_a_held_persons_own_embassy_does_not_tell_where_it_is(desk: Desk) -> None:
    reports = [{"agency": "ke-embassy-kh", "filed_on": "2026-01-02", "reference_number": "E1"}]
    found = desk.standings(held(reports=reports))
    assert found["ke-embassy-kh"].status == ReportStatus.FILED
    facts = found["kh-police-117"].facts
    assert facts is not None
    assert [report.agency for report in facts.earlier_reports] == ["Embassy of Kenya"]


def test_a_held_persons_own_contact_details_are_not_printed(desk: Desk) -> None:
    document = held(victim__email="joseph@example.org", victim__phone="+254 20 555 0199")
    for standing in desk.standings(document).values():
        assert standing.facts is not None
        assert (standing.facts.victim.email, standing.facts.victim.phone) == ("", "")
        assert not [line for line in standing.facts.signature.contact if "joseph" in line]


def test_the_directory_knows_better_than_the_file_what_an_agency_is(desk: Desk) -> None:
    report = {"agency": "us-ic3", "filed_on": "2026-01-02", "kind": "police", "reference_number": "I26"}
    assert desk.standings(minimal(reports=[report]))[POLICE].status == ReportStatus.READY
