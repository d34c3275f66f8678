"""The smaller rules of where a report stands: who waits, what is filed, what is only to know of."""

import pytest

from letters.enums import ReportStatus
from letters.standing import supervisor_reasons
from tests.desk import Desk
from tests.intakes import Document, changed, chinese, consent, held, minimal

MAILBOX, EMBASSY, POLICE = "cn-government-mailbox", "cn-embassy-us", "us-local-police"
PAYMENT = {"amount": "5", "currency": "USD", "mechanism": "card", "from_institution": "First Bank"}
BANK = "institution-first-bank"


def test_information_has_no_letter_no_problem_and_is_never_filed(desk: Desk) -> None:
    document = minimal(
        triage={"money_sent_to": ["KH"]},
        identifiers=[{"kind": "social_profile", "value": "Linda Howe", "service": "Facebook"}],
        reports=[{"agency": "us-fincen", "filed_on": "2026-01-02"}],
        safety={"life_at_risk": True},
    )
    found = desk.standings(document)
    for key in ("us-fincen", "kh-local-police"):
        standing = found[key]
        assert (standing.status, standing.problems, standing.facts) == (ReportStatus.INFORMATION, (), None)


def test_what_is_filed_or_blocked_has_no_letter(desk: Desk) -> None:
    document = chinese(
        consents=[consent(EMBASSY)],
        fraud__impact__emotional="I was scammed.",
        reports=[{"agency": "us-ic3", "filed_on": "2026-01-02"}],
    )
    found = desk.standings(document)
    assert (found["us-ic3"].status, found["us-ic3"].facts) == (ReportStatus.FILED, None)
    assert (found[EMBASSY].status, found[EMBASSY].facts) == (ReportStatus.BLOCKED, None)
    assert found[EMBASSY].problems
    assert found[POLICE].facts is not None


def test_every_report_of_a_held_person_waits_and_that_to_their_bank_too(desk: Desk) -> None:
    found = desk.standings(held(transfers=[PAYMENT]))
    assert found[BANK].status == ReportStatus.NEEDS_SUPERVISOR
    assert all(standing.status == ReportStatus.NEEDS_SUPERVISOR for standing in found.values())


def test_a_supervisor_comes_before_consent(desk: Desk) -> None:
    for number, consents in enumerate(([], [consent(EMBASSY), consent(MAILBOX)])):
        document = chinese(external_id=str(number), safety={"ties_to": [], "life_at_risk": True}, consents=consents)
        found = desk.standings(document)
        assert {found[key].status for key in (EMBASSY, MAILBOX)} == {ReportStatus.NEEDS_SUPERVISOR}


@pytest.mark.parametrize("flag", ["self_harm_risk", "do_not_contact_victim", "do_not_reveal_location"])
def test_other_flags_make_nobody_wait_for_a_supervisor(desk: Desk, flag: str) -> None:
    found = desk.standings(minimal(safety={"ties_to": [], flag: True}))
    assert found[POLICE].status == ReportStatus.READY


def test_every_reason_to_wait_is_said(desk: Desk) -> None:
    safety: Document = {
        "ties_to": ["CN"],
        "life_at_risk": True,
        "no_dispatch_without_supervisor": True,
        "legal_advice_first": True,
    }
    document = chinese(safety=safety)
    file = desk.file(document)
    rows = {row.key: row for row in desk.plan(document).rows}
    assert len(supervisor_reasons(file, rows[EMBASSY])) == 4
    assert len(supervisor_reasons(file, rows[POLICE])) == 3
    calm = minimal(external_id="2")
    assert supervisor_reasons(desk.file(calm), rows[EMBASSY]) == ()


def test_a_tie_holds_the_reports_to_that_state_wherever_its_agencies_stand(desk: Desk) -> None:
    ties = {"ties_to": ["US"]}
    found = desk.standings(minimal(safety=ties, transfers=[PAYMENT], triage={"money_sent_to": ["TH"]}))
    for key in (POLICE, "us-ic3", "us-ftc"):
        assert found[key].status == ReportStatus.NEEDS_SUPERVISOR, key
    for key in ("int-anyscam", BANK, "th-police-online"):
        assert found[key].status == ReportStatus.READY, key


def test_a_tie_to_a_territory_is_one_to_its_state_and_back(desk: Desk) -> None:
    found = desk.standings(chinese(safety={"ties_to": ["HK"]}, consents=[consent(EMBASSY)]))
    assert found[EMBASSY].status == ReportStatus.NEEDS_SUPERVISOR
    found = desk.standings(chinese(external_id="2", safety={"ties_to": ["CN"]}, triage__money_sent_to=["MO", "HK"]))
    assert found["hk-adcc"].status == ReportStatus.NEEDS_SUPERVISOR


def test_an_institution_that_was_told_without_a_number_is_filed_all_the_same(desk: Desk) -> None:
    found = desk.standings(minimal(transfers=[{**PAYMENT, "institution_informed": {"on": "2026-01-02"}}]))[BANK]
    assert (found.status, found.reference_number) == (ReportStatus.FILED, None)


def test_an_institution_told_of_several_payments_has_its_latest_reference(desk: Desk) -> None:
    def told(day: str, reference: str | None) -> Document:
        return {
            **PAYMENT,
            "institution_informed": {"on": day, **({"reference": reference} if reference else {})},
        }

    transfers = [told("2026-01-02", "A"), told("2026-01-05", "B"), told("2026-01-09", None)]
    assert desk.standings(minimal(transfers=transfers))[BANK].reference_number == "B"


def test_a_report_without_a_number_is_filed_without_one(desk: Desk) -> None:
    found = desk.standings(minimal(reports=[{"agency": "us-ic3", "filed_on": "2026-01-02"}]))["us-ic3"]
    assert (found.status, found.reference_number) == (ReportStatus.FILED, None)


@pytest.mark.parametrize("outcome", ["accepted", "referred", "no_answer"])
def test_whatever_is_not_refused_is_filed(desk: Desk, outcome: str) -> None:
    report = {"agency": "us-ic3", "filed_on": "2026-01-02", "outcome": outcome}
    assert desk.standings(minimal(reports=[report]))["us-ic3"].status == ReportStatus.FILED


def test_only_what_is_ready_is_more_than_a_draft(desk: Desk) -> None:
    found = desk.standings(changed(chinese(), consents=[consent(EMBASSY)], safety={"ties_to": ["TH"]}))
    for key in (EMBASSY, MAILBOX, POLICE):
        facts = found[key].facts
        assert facts is not None
        assert facts.draft is (found[key].status != ReportStatus.READY)
    assert {found[EMBASSY].status, found[MAILBOX].status} == {ReportStatus.READY, ReportStatus.AWAITING_CONSENT}
