"""What a letter says, to whom, in which words, in the PDF and in the e-mail alike."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from cases.money import grouped
from letters.documents import labels
from letters.documents.compose import document_title, letter_html, letter_text, stylesheet, subject
from letters.documents.labels import Phrase, long_date
from letters.documents.words import TEMPLATES, passages
from letters.facts import IdentifierLine, LetterFacts, Person, TimelineFact, Total, TransferLine
from letters.wording.forbidden import contains_forbidden
from tests.letters import facts_samples as samples

KINDS = pytest.mark.parametrize("kind", samples.KINDS)
CHINESE = re.compile("[\u4e00-\u9fff]")
# Facts that choose or address a letter and are not printed in it.
UNPRINTED = {
    "key", "kind", "channel", "to", "accent_color", "reply_email", "mechanism", "outcome", "fraud_kind", "language",
}  # fmt: skip


def words_of(html: str) -> str:
    """What a reader sees, on one line."""
    return " ".join(
        unescape(re.sub(r"<[^>]*>", "", re.sub(r"<(head|title).*?</\1>", "", html, flags=re.DOTALL))).split()
    )


def values(part: object, name: str = "") -> list[str]:
    """Every value of the facts as a letter prints it."""
    if is_dataclass(part):
        return [value for f in fields(part) for value in values(getattr(part, f.name), f.name)]
    if isinstance(part, tuple):
        return [value for item in part for value in values(item, name)]
    if isinstance(part, Decimal):
        return [grouped(part)]
    if isinstance(part, date):
        return [long_date(part) if name == "letter_date" else part.isoformat()]
    return [part] if isinstance(part, str) and part and name not in UNPRINTED else []


def without_address(facts: LetterFacts) -> LetterFacts:
    """Less what only the address block of the PDF prints, and what another value already says."""
    payments = tuple(replace(t, sent_on=None if t.sent_at else t.sent_on) for t in facts.transfers)
    recipient = replace(facts.recipient, name="", name_local="", address=())
    return replace(facts, transfers=payments, recipient=recipient, recovery_note="")


# --- the first lines


@pytest.mark.parametrize("kind", ["embassy", "consulate", "government"])
def test_the_attention_line_is_the_first_line_of_the_body_exactly(kind: str) -> None:
    facts = samples.of_kind(kind)
    assert letter_text(facts).split("\n")[:2] == [facts.recipient.attention, facts.recipient.attention_local]


@pytest.mark.parametrize("kind", ["embassy", "consulate", "government"])
def test_in_the_pdf_the_attention_line_follows_the_address_block_at_once(kind: str) -> None:
    facts = samples.of_kind(kind)
    after_address = letter_html(facts).split('<div class="window">')[1].split("</div>", 1)[1]
    assert words_of(after_address).startswith(unescape(facts.recipient.attention))


@pytest.mark.parametrize(
    "kind", ["police", "national_desk", "institution", "generic", "anti_trafficking", "own_embassy"]
)
def test_an_agency_without_an_attention_line_gets_none(kind: str) -> None:
    facts = samples.of_kind(kind)
    assert letter_text(facts).startswith("REPORT OF A CRIME: FRAUD")
    assert "attention" not in letter_html(facts).lower()


@KINDS
def test_the_subject_names_a_crime_fraud_and_the_case_in_ascii(kind: str) -> None:
    line = subject(samples.of_kind(kind))
    assert "CRIME" in line
    assert "FRAUD" in line
    assert samples.of_kind(kind).case_number in line
    assert line.isascii()


@KINDS
def test_the_first_sentence_reports_a_crime_specifically_fraud(kind: str) -> None:
    salutation, first, *_ = passages(samples.of_kind(kind), "opening")
    assert salutation.phrase.en.endswith(",")
    assert first.phrase.en.startswith("This letter reports a CRIME, specifically FRAUD")


def test_the_title_names_nobody_and_no_place() -> None:
    assert document_title(samples.full()) == "Report RD-2026-000001"


# --- the words


@KINDS
def test_no_kind_uses_a_forbidden_word(kind: str) -> None:
    text = letter_text(samples.of_kind(kind))
    assert not contains_forbidden(text)
    assert "骗局" not in text


def test_no_template_and_no_label_uses_a_forbidden_word() -> None:
    texts = [path.read_text() for path in Path(TEMPLATES, "letters").rglob("*.*")]
    tables = [table for table in vars(labels).values() if isinstance(table, dict)]
    texts += [f"{p.en} {p.zh}" for table in tables for p in table.values() if isinstance(p, Phrase)]
    assert len(texts) > 100
    for text in texts:
        assert not re.search(r"scam|butcher|fell for|杀猪|骗局", text, re.IGNORECASE)


@KINDS
def test_every_sentence_of_ours_has_its_chinese(kind: str) -> None:
    facts = samples.of_kind(kind)
    facts = replace(
        facts, recipient=replace(facts.recipient, chinese=True, ask_to_forward=True), recovery_note="a note"
    )
    for name in ("opening", "asks", "closing", "attestation", "verification"):
        for passage in passages(facts, name):
            assert CHINESE.search(passage.phrase.zh), passage.phrase.en


def test_every_label_has_its_chinese() -> None:
    for table in (labels.FRAUD_KINDS, labels.IDENTIFIER_KINDS, labels.MECHANISMS, labels.OUTCOMES, labels.HEADINGS,
                  labels.LABELS, labels.MARKS):  # fmt: skip
        assert all(CHINESE.search(phrase.zh) for phrase in table.values())


def test_the_chinese_names_the_crime_and_its_authors_in_the_words_of_the_law() -> None:
    text = letter_text(samples.embassy())
    assert "诈骗犯罪" in text
    assert "犯罪分子" in text


@pytest.mark.parametrize(
    "kind", ["police", "national_desk", "institution", "generic", "anti_trafficking", "own_embassy"]
)
def test_only_chinese_agencies_get_chinese_words(kind: str) -> None:
    facts = replace(samples.of_kind(kind), identifiers=())
    assert not CHINESE.search(letter_text(facts))
    assert not CHINESE.search(letter_html(facts))


@pytest.mark.parametrize(("kind", "whom"), [("embassy", "the Ambassador."), ("consulate", "the Consul General.")])
def test_a_press_or_consular_box_is_asked_to_forward(kind: str, whom: str) -> None:
    facts = samples.of_kind(kind)
    assert f"Please forward this letter to {whom}" in letter_text(facts)
    assert "Please forward" not in letter_text(replace(facts, recipient=replace(facts.recipient, ask_to_forward=False)))


@KINDS
def test_every_kind_asks_to_register_the_crime_and_for_a_reference_number(kind: str) -> None:
    asked = " ".join(passage.phrase.en for passage in passages(samples.of_kind(kind), "asks"))
    assert re.search(r"\bregister|confirm this notice", asked)
    assert re.search(r"reference number|report number", asked)


def test_an_institution_is_told_first_what_to_do_and_then_which_transfers() -> None:
    facts = replace(samples.of_kind("institution"), recovery_note="the recall (until 2026-09-05)")
    text = letter_text(facts)
    assert "this may help to recover the money: the recall (until 2026-09-05)." in text
    assert text.index("What is asked") < text.index("Transfers") < text.index("The victim")


def test_a_form_gets_the_facts_in_the_order_in_which_forms_ask() -> None:
    text = letter_text(samples.of_kind("national_desk"))
    assert text.index("The victim") < text.index("Transfers") < text.index("What points to the criminals")
    assert "each can be copied as it is" in text


def test_a_kind_without_a_folder_gets_the_generic_words() -> None:
    facts = samples.of_kind("generic")
    for kind in ("newly_listed", "../../etc", ""):
        other = replace(facts, recipient=replace(facts.recipient, kind=kind))
        assert letter_text(other) == letter_text(facts)


# --- all the facts


@KINDS
def test_every_value_is_in_the_pdf_and_in_the_email(kind: str) -> None:
    facts = replace(samples.full(), recipient=samples.of_kind(kind).recipient)
    html, text = words_of(letter_html(facts)), " ".join(letter_text(facts).split())
    for value in values(without_address(facts)):
        assert value in html
        assert value in text


def test_the_address_block_names_the_recipient() -> None:
    block = words_of(letter_html(samples.embassy()).split('<div class="window">')[1].split("</div>")[0])
    for value in (samples.EMBASSY.name, samples.EMBASSY.name_local, *samples.EMBASSY.address, samples.EMBASSY.to):
        assert value in block


def test_all_27_transfers_stand_beside_their_total() -> None:
    facts = samples.embassy()
    text = letter_text(facts)
    assert [line for line in text.split("\n") if re.match(r"27 \| ", line)] == [
        "27 | 2022-06-21 | 92,750 | USDT | Cryptocurrency 虚拟货币"
    ]
    assert text.count("Reference 编号: ") == len(facts.transfers)
    assert "USDT | Sent 汇出 1,363,500 | Returned 退还 0 | Lost 损失 1,363,500" in text


def test_totals_stay_apart_by_currency_and_the_second_fraud_has_a_line_of_its_own() -> None:
    text = letter_text(replace(samples.full(), recipient=samples.POLICE))
    assert "BRL | Sent 6,300.75 | Returned 300 | Lost 6,000.75" in text
    assert "ETH | Sent 1,234.000000000000000001 | Returned 0 | Lost 1,234.000000000000000001" in text
    assert "Of the sum sent, paid to a second fraud, a false offer to recover losses: 900.25 BRL." in text
    assert "7,234" not in text


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        ("1310500", "1,310,500"),
        ("0.000000000000000001", "0.000000000000000001"),
        ("999999999999999.123456789012345678", "999,999,999,999,999.123456789012345678"),
        ("5400.50", "5,400.5"),
        ("1E+3", "1,000"),
        ("0E-18", "0"),
        ("100", "100"),
    ],
)
def test_amounts_are_written_in_english_without_rounding(amount: str, printed: str) -> None:
    assert grouped(Decimal(amount)) == printed


def test_an_amount_of_33_digits_is_printed_whole() -> None:
    amount = Decimal("999999999999999.123456789012345678")
    facts = replace(
        samples.embassy(), transfers=(TransferLine(1, amount, "USD", "cash"),),
        totals=(Total("USD", amount, Decimal(0), amount),),
    )  # fmt: skip
    assert "999,999,999,999,999.123456789012345678" in words_of(letter_html(facts))


def test_a_loss_is_named_only_where_something_was_lost() -> None:
    back = Total("USD", Decimal(3), Decimal(5), Decimal(-2))
    lost = Total("EUR", Decimal(7), Decimal(0), Decimal(7))
    assert "The loss is 7 EUR." in letter_text(replace(samples.embassy(), totals=(back, lost)))
    text = letter_text(replace(samples.embassy(), totals=(back,)))
    assert "The loss is" not in text
    assert "USD | Sent 汇出 3 | Returned 退还 5 | Lost 损失 -2" in text


def test_the_chronology_runs_in_the_order_of_its_days() -> None:
    days = (TimelineFact(date(2026, 3, 1), "second"), TimelineFact(date(2026, 1, 31), "first"))
    text = letter_text(replace(samples.full(), timeline=days))
    assert text.index("2026-01-31 | first") < text.index("2026-03-01 | second")


def test_dates_are_long_in_the_head_and_iso_in_tables() -> None:
    assert long_date(date(2024, 2, 2)) == "2 February 2024"
    text = letter_text(samples.full())
    assert "2 September 2026" in text
    assert "2025-03-10 14:05 UTC-04:00" in text


def test_a_transfer_without_a_date_says_so() -> None:
    assert "2 | date not known | 5,400.5" in letter_text(replace(samples.full(), recipient=samples.POLICE))


def test_a_name_is_a_name_that_was_used_and_accuses_nobody() -> None:
    for text in (letter_text(samples.full()), words_of(letter_html(samples.full()))):
        for name in ("Alice Chen 陈爱丽", "BC Group Trading Ltd", "WANG Xiaoming 王小明", "שלום כהן"):
            assert f"used the name “{name}”" in text


def test_identifiers_are_printed_as_given_with_nothing_between_their_characters() -> None:
    value = "hxxp://very-long.example/" + "a1-" * 200 + "  two  spaces"
    given = (replace(samples.IDENTIFIERS[0], value=value),)
    facts = replace(samples.embassy(), identifiers=given)
    assert value in letter_text(facts)
    assert value in letter_html(facts)
    assert not re.search("[\u00ad\u200b-\u200d\u2060\ufeff]", letter_html(facts) + letter_text(facts))


def test_the_victims_words_stand_in_their_language_and_in_english() -> None:
    text, html = letter_text(samples.full()), letter_html(samples.full())
    assert (
        text.index("Siento mucha") < text.index("translated by Example Aid Society") < text.index("I feel great shame")
    )
    assert '<blockquote lang="es">' in html


def test_a_refusal_is_told_with_its_reason() -> None:
    assert "Millbury Police Department | Refused | said it is civil" in letter_text(samples.of_kind("police"))


def test_a_reporter_signs_on_behalf_of_the_victim() -> None:
    text = letter_text(samples.full())
    assert "Daniela Ejemplo\non behalf of Margaret Ellen Testperson, as daughter\nE-mail: daniela@example.org" in text


def test_the_signature_of_the_organization_attests_the_text_and_not_the_facts() -> None:
    text = letter_text(samples.embassy())
    assert "electronic signature of Example Aid Society" in text
    assert "it does not attest the facts" in text
    assert samples.embassy().verify_url in text


# --- what must not be there


@KINDS
def test_what_is_empty_leaves_no_trace(kind: str) -> None:
    facts = samples.minimal(kind)
    html, text = letter_html(facts), letter_text(facts)
    assert "None" not in html + text
    assert not re.search(r"<(p|h\d|td|th|div|li|blockquote|section|tbody)[^>]*>\s*</\1>", html)
    assert not re.search(r":\s*$", text, re.MULTILINE)
    for heading in ("affected", "points to", "Transfers", "Totals", "Chronology", "Reports made", "Exhibits", "verify"):
        assert heading not in html
        assert heading not in text


def test_a_draft_is_marked_and_claims_no_signature() -> None:
    facts = samples.minimal()
    assert 'content: "DRAFT"' in stylesheet(facts)
    assert "neither signed nor sent" in letter_text(facts)
    assert "electronic signature" not in letter_html(facts) + letter_text(facts)
    assert "DRAFT" not in stylesheet(samples.embassy()) + letter_html(samples.embassy())


@pytest.mark.parametrize("kind", ["anti_trafficking", "own_embassy", "police", "generic", "embassy"])
def test_a_held_person_is_a_victim_and_no_place_or_contact_of_theirs_is_printed(kind: str) -> None:
    person = Person("Amani Testperson", ("7 Compound Road",), "Nowhereland", "amani@example.org", "+855 00 000 000")
    facts = replace(samples.held(kind), victim=person)
    for text in (letter_text(facts), letter_html(facts)):
        assert "is a victim of trafficking in persons, forced to commit fraud" in text
        assert "this letter names no place" in text
        assert "contact only Neema Testperson or Example Aid Society" in text
        for withheld in ("Compound", "Nowhereland", "amani@", "+855"):
            assert withheld not in text


def test_an_exhibit_is_named_by_letter_type_and_hash() -> None:
    text = letter_text(replace(samples.full(), recipient=samples.POLICE))
    assert re.search(r"Exhibit C \| application/pdf \| enclosed \| [0-9a-f]{64}", text)


# --- text is text


HOSTILE = [
    "<script>alert(1)</script>", "{{ facts.victim }}{% include 'x' %}", "</style><link href=//evil.example>",
    '"; } body { background: url(http://evil.example/x) } /*', "a\n\nzh: 恶意\n\n- item", "&lt;b&gt;&amp;",
]  # fmt: skip


def poisoned(part: Any, poison: str, name: str = "") -> Any:
    """The same facts with the poison in every text."""
    chosen = {"kind", "mechanism", "outcome", "fraud_kind", "channel"}
    if is_dataclass(part) and not isinstance(part, type):
        return type(part)(**{f.name: poisoned(getattr(part, f.name), poison, f.name) for f in fields(part)})
    if isinstance(part, tuple):
        return tuple(poisoned(item, poison, name) for item in part)
    return poison if isinstance(part, str) and part and name not in chosen else part


@pytest.mark.parametrize("poison", HOSTILE)
def test_markup_in_any_text_is_printed_and_never_executed(poison: str) -> None:
    clean, facts = samples.full(), poisoned(samples.full(), poison)
    html, css = letter_html(facts), stylesheet(facts)
    assert " ".join(poison.split()) in words_of(html)
    # A text that runs from right to left is set apart; the poison does not.
    assert tags(html) == tags(letter_html(clean)) - {"<bdi", "</bdi"}
    assert "url(" not in css
    assert css.count("{") == stylesheet(clean).count("{")
    assert " ".join(poison.split()) in " ".join(letter_text(facts).split())


def tags(html: str) -> set[str]:
    """The kinds of elements and their attributes, less values."""
    return set(re.findall(r"</?[a-zA-Z!]+", html))


def test_a_value_cannot_begin_a_paragraph_or_an_item_of_ours() -> None:
    clean = samples.full()
    hostile = replace(clean, victim=replace(clean.victim, full_name="A\n\nzh: B\n\n- C"), recovery_note="\n\n- D\n\nE")
    for name in ("opening", "asks"):
        assert len(passages(hostile, name)) == len(passages(clean, name))


def test_the_letter_loads_nothing() -> None:
    html = letter_html(samples.full())
    assert not re.search(r"\b(src|href|style|on\w+)=", html)
    assert "@import" not in stylesheet(samples.full())


@KINDS
def test_no_block_begins_or_ends_with_white_space_that_would_break_its_lines(kind: str) -> None:
    html = letter_html(samples.of_kind(kind))
    assert not re.search(r"<(p|li|td|th|h\d|div)\b[^>]*>\s|\s</(p|li|td|th|h\d|div)>", html)


@KINDS
def test_every_letter_is_well_formed_xml(kind: str) -> None:
    """The renderer reads it as such, and any other page much more slowly."""
    html = letter_html(poisoned(samples.of_kind(kind), "<b> & \" ' {{ x }} &nbsp;"))
    assert ET.fromstring(html).tag == "{http://www.w3.org/1999/xhtml}html"  # noqa: S314


def test_a_line_of_a_cell_ends_once_and_a_code_stays_as_it_was_given() -> None:
    code, note = "line  one\n two", "a note\n of two lines"
    facts = replace(samples.full(), identifiers=(IdentifierLine("website", code, note=note),))
    html = letter_html(facts).replace(" >", ">")
    assert f'<td><span class="code">{code}</span></td><td>a note of two lines</td>' in html


def test_equal_facts_make_equal_letters() -> None:
    assert letter_html(samples.full()) == letter_html(samples.full())
    assert stylesheet(samples.full()) == stylesheet(samples.full())
