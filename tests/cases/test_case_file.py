"""One case read once: sums per currency to the last digit, who can sign, which consent counts."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.case_file import counts_as_filed, currency_totals, one_line, read_case_file
from cases.enums import IdentifierKind, Outcome
from cases.models import Case, Report
from tests.desk import Desk, a_desk
from tests.intakes import consent, held, minimal, sample

PAYMENT = {"amount": "1", "currency": "USD", "mechanism": "cash"}
ANN = {"full_name": "Ann Sample", "relation": "sister"}


def paid(amount: str, currency: str = "USD", **more: object) -> dict[str, object]:
    return {**PAYMENT, "amount": amount, "currency": currency, **more}


# --- sums -----------------------------------------------------------------------------------------------------


def test_sums_are_exact_beyond_28_digits(desk: Desk) -> None:
    large, small = "999999999999999.999999999999999999", "0.000000000000000001"
    (total,) = currency_totals(desk.file(minimal(transfers=[paid(large), paid(large), paid(small)])).transfers)
    assert total.sent == Decimal("1999999999999999.999999999999999999")
    assert total.lost == total.sent


def test_what_came_back_is_taken_off_what_was_lost_and_not_off_what_was_sent(desk: Desk) -> None:
    large = "999999999999999.999999999999999999"
    transfers = [paid(large), paid("0.000000000000000001", direction="returned")]
    (total,) = currency_totals(desk.file(minimal(transfers=transfers)).transfers)
    assert (total.sent, total.returned) == (Decimal(large), Decimal("0.000000000000000001"))
    assert total.lost == Decimal("999999999999999.999999999999999998")


def test_more_may_come_back_than_was_sent(desk: Desk) -> None:
    (total,) = currency_totals(desk.file(minimal(transfers=[paid("1"), paid("3", direction="returned")])).transfers)
    assert total.lost == -2


def test_currencies_are_never_blended_and_stand_in_the_order_in_which_they_appear(desk: Desk) -> None:
    transfers = [paid("5", "USDT"), paid("2", "EUR"), paid("7", "USDT"), paid("1", "BTC", direction="returned")]
    totals = currency_totals(desk.file(minimal(transfers=transfers)).transfers)
    assert [(t.currency, t.sent, t.returned, t.lost) for t in totals] == [
        ("USDT", Decimal(12), Decimal(0), Decimal(12)),
        ("EUR", Decimal(2), Decimal(0), Decimal(2)),
        ("BTC", Decimal(0), Decimal(1), Decimal(-1)),
    ]


def test_a_second_fraud_is_a_part_of_what_was_sent(desk: Desk) -> None:
    transfers = [paid("5"), paid("2", second_fraud=True), paid("1", second_fraud=True, direction="returned")]
    (total,) = currency_totals(desk.file(minimal(transfers=transfers)).transfers)
    assert [int(sum_) for sum_ in (total.sent, total.second_fraud, total.returned, total.lost)] == [7, 2, 1, 6]


def test_without_transfers_there_is_no_total(desk: Desk) -> None:
    assert currency_totals(desk.file(minimal()).transfers) == ()


def test_the_27_transfers_of_the_sample_are_exactly_1310500_usdt(desk: Desk) -> None:
    (total,) = currency_totals(desk.file(sample("us-investment-27-transfers.json")).transfers)
    assert total.currency == "USDT"
    assert total.sent == total.lost == 1310500


# --- where money went -----------------------------------------------------------------------------------------


def test_countries_are_as_screened_then_as_the_payments_say_each_once(desk: Desk) -> None:
    transfers = [
        paid("1", to_country="TH"),
        paid("1", to_country="GB"),
        paid("1"),
        paid("1", to_country="FR", direction="returned"),
    ]
    file = desk.file(minimal(triage={"money_sent_to": ["GB", "BR"]}, transfers=transfers))
    assert file.money_countries == ("GB", "BR", "TH")
    assert len(file.payments) == 3


# --- consents -------------------------------------------------------------------------------------------------


def test_a_consent_counts_for_its_agency_alone(desk: Desk) -> None:
    file = desk.file(minimal(consents=[consent("us-ic3"), consent("us-ftc", withhold=["impact"])]))
    found = file.consent_for("us-ftc")
    assert found is not None
    assert found.withhold == ["impact"]
    assert file.consent_for("int-anyscam") is None


@pytest.mark.parametrize(
    ("signed_as", "counts"),
    [
        ("Margaret Ellen Testperson", True),
        ("  Margaret   Ellen\tTestperson ".replace("\t", " "), True),
        ("Ann Sample", True),
        ("Margaret Testperson", False),
        ("margaret ellen testperson", False),
        ("Margaret Ellen Testperson Jr", False),
        ("MargaretEllen Testperson", False),
        ("Margaret Ellen", False),
        ("Ellen Testperson", False),
        ("Testperson Ann", False),
    ],
)
def test_a_consent_counts_in_the_full_name_of_the_victim_or_the_reporter(
    desk: Desk, signed_as: str, counts: bool
) -> None:
    file = desk.file(minimal(reporter=ANN, consents=[consent("us-ic3", signed_as=signed_as)]))
    assert (file.consent_for("us-ic3") is not None) is counts
    assert file.consent_given("us-ic3") is not None


def test_without_a_reporter_nobody_signs_but_the_victim(desk: Desk) -> None:
    file = desk.file(minimal(consents=[consent("us-ic3", signed_as="Ann Sample")]))
    assert file.signers == ("Margaret Ellen Testperson",)
    assert file.consent_for("us-ic3") is None


def test_white_space_in_a_name_is_folded_and_nothing_else() -> None:
    assert one_line(" a \n b\u3000c ") == "a b c"


# --- the rest -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_but_a_refusal_counts_as_filed(desk: Desk, outcome: Outcome) -> None:
    assert counts_as_filed(Report(outcome=outcome.value)) is (outcome is not Outcome.REFUSED)


def test_who_is_held_hides_their_place_and_so_does_who_asks_for_it(desk: Desk) -> None:
    asked = minimal(external_id="2", safety={"do_not_reveal_location": True})
    files = [desk.file(document) for document in (held(), asked, minimal(external_id="3", triage={"held_in": "KH"}))]
    assert [(file.held, file.hides_location) for file in files] == [(True, True), (False, True), (False, False)]


def test_parts_stand_in_the_order_of_the_intake(desk: Desk) -> None:
    file = desk.file(
        minimal(
            identifiers=[{"kind": "website", "value": f"https://{name}.example"} for name in "cab"],
            transfers=[paid(amount) for amount in ("3", "1", "2")],
            fraud__timeline=[{"on": "2026-01-03", "fact": "c"}, {"on": "2026-01-01", "fact": "a"}],
            consents=[consent("us-ic3"), consent("int-anyscam")],
        )
    )
    assert [identifier.value[8] for identifier in file.identifiers] == ["c", "a", "b"]
    assert [transfer.amount for transfer in file.transfers] == [3, 1, 2]
    assert [event.fact for event in file.timeline] == ["c", "a"]
    assert [given.agency_key for given in file.consents] == ["us-ic3", "int-anyscam"]
    assert [i.value[8] for i in file.identifiers_of(IdentifierKind.WEBSITE, IdentifierKind.APP)] == ["c", "a", "b"]
    assert file.identifiers_of(IdentifierKind.APP) == ()


def test_a_case_is_read_in_ten_queries_whatever_its_size(desk: Desk) -> None:
    for document in (minimal(), sample("us-investment-27-transfers.json")):
        case_id = desk.take(document)
        with CaptureQueriesContext(connection) as queries:
            read_case_file(case_id)
        assert len(queries) == 10


def test_another_organizations_case_does_not_exist_nor_does_one_that_never_was(desk: Desk) -> None:
    case_id = desk.take(minimal())
    with pytest.raises(Case.DoesNotExist):
        read_case_file(uuid4())
    with a_desk("south"), pytest.raises(Case.DoesNotExist):
        read_case_file(case_id)
    assert read_case_file(case_id).case.pk == case_id
