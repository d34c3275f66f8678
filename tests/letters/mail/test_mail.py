"""The e-mail of a letter: one sender, one recipient, the whole report, one PDF; and no way to add a header."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from letters.documents.compose import letter_text, subject
from letters.documents.mail import email_bytes
from letters.facts import LetterFacts
from tests.letters import facts_samples as samples

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
DATE = datetime(2026, 9, 2, 8, 30, tzinfo=timezone(timedelta(hours=-4)))


def mailed(facts: LetterFacts, *, message_id: str = "<rd1.7h3k@aid.example.org>", date: datetime = DATE) -> bytes:
    """The message of these facts."""
    return email_bytes(facts, pdf=PDF, message_id=message_id, date=date)


def read(data: bytes) -> EmailMessage:
    """The message as a reader's program sees it."""
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def sent_to(address: str) -> LetterFacts:
    """The usual letter to another address."""
    return replace(samples.embassy(3), recipient=replace(samples.EMBASSY, to=address))


def sent_by(**changes: Any) -> LetterFacts:
    """The usual letter from another organization."""
    return replace(samples.embassy(3), sender=replace(samples.SENDER, **changes))


def test_it_goes_from_the_organization_to_one_recipient() -> None:
    message = read(mailed(samples.embassy(3)))
    assert str(message["From"]) == "Example Aid Society <reports@aid.example.org>"
    assert str(message["Reply-To"]) == "Example Aid Society <answers@aid.example.org>"
    assert str(message["To"]) == "embassy@example.org"
    assert set(message.keys()) == {
        "From", "Reply-To", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "International Society for the Help of Defrauded People, Incorporated, and its Friends",
        'The "Harbour" Help, for everybody whom the false friends of the sea have led astray; Inc.',
        "help@north.example.net: the Northern Society for the Help of People Who Were Defrauded",
        "Reports-To: thief@example.net, the Northern Society for the Help of People (Defrauded)",
    ],
)
def test_a_long_name_with_marks_in_it_stays_a_name(name: str) -> None:
    for part in ("From", "Reply-To"):
        (address,) = read(mailed(sent_by(name=name)))[part].addresses
        assert address.display_name == name
        assert address.addr_spec in {samples.SENDER.email, samples.SENDER.reply_email}


def test_a_name_that_could_be_read_as_an_address_is_refused() -> None:
    with pytest.raises(ValueError, match="reads as an address"):
        mailed(sent_by(name="=?utf-8?q?=0D=0ABcc:_thief@example.net?=To: thief@example.net"))


def test_subject_date_and_message_id_are_set() -> None:
    message = read(mailed(samples.embassy(3)))
    assert message["Subject"] == subject(samples.embassy(3)) == "Report of a CRIME: FRAUD - case RD-2026-000001"
    assert message["Date"] == "Wed, 02 Sep 2026 08:30:00 -0400"
    assert message["Message-ID"] == "<rd1.7h3k@aid.example.org>"


@pytest.mark.parametrize("kind", samples.KINDS)
def test_the_body_is_the_whole_report_as_text(kind: str) -> None:
    facts = replace(samples.full(), recipient=replace(samples.of_kind(kind).recipient, to="desk@example.org"))
    body = read(mailed(facts)).get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == letter_text(facts)


def test_the_attention_line_is_the_first_line_of_the_body() -> None:
    body = read(mailed(samples.embassy(3))).get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines()[0] == samples.EMBASSY.attention


def test_the_pdf_is_the_one_attachment_and_named_by_the_case() -> None:
    [attachment] = read(mailed(samples.embassy(3))).iter_attachments()
    assert attachment.get_content_type() == "application/pdf"
    assert attachment.get_filename() == "RD-2026-000001.pdf"
    assert attachment.get_content() == PDF


def test_equal_input_makes_equal_bytes() -> None:
    assert mailed(samples.full()) == mailed(samples.full())
    assert mailed(samples.full()) != mailed(samples.full(), message_id="<other@aid.example.org>")


def test_lines_end_in_crlf_and_stay_under_998_bytes() -> None:
    long = replace(samples.IDENTIFIERS[0], value="https://example.org/" + "a" * 1900)
    data = mailed(replace(samples.embassy(3), identifiers=(long,)))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    body = read(data).get_body(("plain",))
    assert body is not None
    assert long.value in body.get_content()


@pytest.mark.parametrize(
    "name",
    [
        "反诈骗援助会",
        "עמותה לעזרה",
        'Aid, "Friends" & Co. <x@y.example>',
        "a@example.org, b@example.org",
        "Ayuda a Víctimas; Ñ",
    ],
)
def test_a_display_name_of_any_script_stays_a_name(name: str) -> None:
    message = read(mailed(sent_by(name=name)))
    [address] = message["From"].addresses
    assert (address.display_name, address.addr_spec) == (name, "reports@aid.example.org")


def test_marks_that_turn_the_direction_of_a_name_are_dropped() -> None:
    message = read(mailed(sent_by(name="Aid \u202egro.live\u202c Society")))
    assert message["From"].addresses[0].display_name == "Aid gro.live Society"


INJECTIONS = [
    "\r\nBcc: all@example.org",
    "\nX: y",
    "\rX: y",
    "\0",
    "\x0b",
    "\x85Bcc: x",
    "\u2028Bcc: x",
    "\u2029",
    "\x7f",
]


@pytest.mark.parametrize("injection", INJECTIONS)
@pytest.mark.parametrize("field", ["name", "email", "reply_email"])
def test_no_value_of_the_sender_can_add_a_header(field: str, injection: str) -> None:
    value = getattr(samples.SENDER, field) + injection
    with pytest.raises(ValueError, match=r"header|address"):
        mailed(sent_by(**{field: value}))


@pytest.mark.parametrize("injection", INJECTIONS)
def test_nor_the_recipient_the_case_number_and_the_message_id(injection: str) -> None:
    for facts in (
        sent_to("embassy@example.org" + injection),
        replace(samples.embassy(3), case_number="RD-1" + injection),
    ):
        with pytest.raises(ValueError, match=r"header|address"):
            mailed(facts)
    with pytest.raises(ValueError, match="Message-ID"):
        mailed(samples.embassy(3), message_id="<a@example.org>" + injection)


@pytest.mark.parametrize(
    "address",
    [
        "", "embassy", "@example.org", "a@", "a@b@c.example", "a@example.org,b@example.org",
        "a@example.org b@example.org",
        "a@example.org;b@example.org", "Embassy <a@example.org>", "<a@example.org>", '"a b"@example.org',
        "a b@example.org",
        " a@example.org", "a@example.org ", "a@exa mple.org", "a@[127.0.0.1]", ".a@example.org", "a..b@example.org",
        "a@example..org", "a@-example.org", "a\u202e@example.org", "a@exam\u200bple\u3002org,", "group:a@example.org;",
        "a(b)@example.org", "a" * 65 + "@example.org", "a@" + "b" * 64 + ".org", "a@" + ".".join(["b" * 60] * 5),
        "https://example.org/form", "+1 508-555-0142",
    ],
)  # fmt: skip
def test_what_is_not_exactly_one_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - idna's errors are ValueErrors with words of their own
        mailed(sent_to(address))


@pytest.mark.parametrize(
    ("address", "header"),
    [
        ("chinaemb_us@mfa.gov.cn", "chinaemb_us@mfa.gov.cn"),
        ("o'neil+desk@example.org", "o'neil+desk@example.org"),
        ("info@bücher.example", "info@xn--bcher-kva.example"),
        ("info@大使馆.example", "info@xn--2rq38us87c.example"),
        ("josé@example.org", "josé@example.org"),
        ("a" * 64 + "@" + "b" * 60 + ".example.org", "a" * 64 + "@" + "b" * 60 + ".example.org"),
    ],
)
def test_one_address_of_any_script_arrives_as_it_is(address: str, header: str) -> None:
    data = mailed(sent_to(address))
    assert len(read(data)["To"].addresses) == 1
    assert f"\r\nTo: {header}\r\n".encode() in data.replace(b"To:\r\n ", b"To: ")


def test_a_draft_is_not_mailed() -> None:
    with pytest.raises(ValueError, match="draft"):
        mailed(replace(samples.embassy(3), draft=True))


def test_a_date_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        mailed(samples.embassy(3), date=datetime(2026, 9, 2, tzinfo=UTC).replace(tzinfo=None))


@pytest.mark.parametrize("number", ["", "../RD-1", "RD 1", 'RD"1', "-RD", "RD/1", "諾-1"])
def test_the_attachment_takes_no_other_name_than_a_case_number(number: str) -> None:
    with pytest.raises(ValueError, match="case number"):
        mailed(replace(samples.embassy(3), case_number=number))
