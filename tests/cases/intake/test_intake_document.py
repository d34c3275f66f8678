"""Refused as a whole: files that are no JSON document. The place is `(document)`."""

import json
import time
from functools import partial
from pathlib import Path

import pytest

from cases.intake import read_intake
from cases.intake.parsing import MAX_BYTES
from tests.cases.intake.samples import AGENCIES, FULL, TODAY, full, paths, problems_of, refused, taken

FULL_BYTES = FULL.read_bytes()

DOCUMENTS = [
    (b"", "is empty"),
    (b" \n", "is empty"),
    (b"\xef\xbb\xbf", "is empty"),
    (b"{", "is not valid JSON"),
    (b"{} {}", "line 1, column 4"),
    (b'{"victim": }', "line 1, column 12"),
    (b"{'victim': 1}", "is not valid JSON"),
    (b'{"victim": 1,}', "is not valid JSON"),
    (b'{"victim": undefined}', "is not valid JSON"),
    (b'{"victim": "\\x41"}', "is not valid JSON"),
    (b'{"victim":\n "a\x00b"}', "raw control character inside a text at line 2, column 4"),
    (b'{"victim": "a\nb"}', "raw control character"),
    (FULL_BYTES.decode().encode("utf-16"), "is not UTF-8"),
    (FULL_BYTES.decode().encode("utf-8").replace("ä".encode(), b"\xe4"), "is not UTF-8"),
    (FULL_BYTES.replace(b"Adaeze", b"\xed\xa0\x80"), "is not UTF-8"),
    (b"[" * 100_000, "nested too deeply"),
    (b'{"victim":' * 100_000, "nested too deeply"),
    (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
    (b"[]", "must be an object"),
    (b"null", "must be an object"),
    (b'"text"', "must be an object"),
    (b"9" * 1_000_000, "must be an object in curly brackets, not a number"),
    (b"1e999999999", "must be an object in curly brackets, not a number"),
    (b" " * (MAX_BYTES + 1), "is larger than 25 MB"),
    (b"[" + b"{}," * 1_000_001 + b"{}]", "commas and colons"),
]


@pytest.mark.parametrize(("data", "words"), DOCUMENTS, ids=[words for _, words in DOCUMENTS])
def test_what_is_no_document_is_refused_as_a_whole(data: bytes, words: str) -> None:
    (line,) = refused(data)
    assert line.startswith("(document): ")
    assert words in line


def test_a_byte_order_mark_does_no_harm() -> None:
    assert taken(b"\xef\xbb\xbf" + FULL_BYTES) == taken(FULL_BYTES)


def test_a_doubled_key_is_refused_at_its_path() -> None:
    doubled = FULL_BYTES.replace(b'"city":', b'"city": "Bonn", "city":').replace(
        b'"network":', b'"tag": "x", "network":'
    )
    assert refused(doubled) == [
        "victim.address.city: stands 2 times in one object; keep one",
        "transfers.0.tag: stands 2 times in one object; keep one",
    ]


def test_a_doubled_key_is_seen_in_the_document_itself() -> None:
    assert paths(refused(b'{"victim": 1, ' + FULL_BYTES.lstrip()[1:])) == ["victim"]


@pytest.mark.parametrize("number", [b"9" * 1_000_000, b"1e999999999", b"-0", b"0.1", b"NaN", b"-Infinity"])
def test_no_number_is_ever_converted(number: bytes) -> None:
    data = FULL_BYTES.replace(b'"123456789012345.123456789012345678"', number)
    (line,) = refused(data)
    assert line.startswith("transfers.0.amount: must be text in double quotes, not ")


def test_nesting_below_the_parsers_limit_is_a_wrong_type() -> None:
    nested = json.dumps(full() | {"purposes": [json.loads("[" * 500 + "]" * 500)]}).encode()
    assert paths(refused(nested)) == ["purposes.0"]


def test_a_key_cannot_fake_a_line_of_the_refusal() -> None:
    document = full() | {"x\nvictim.email: is fine\u202e\ud800": 1, "": 1, "a.b": 1, "k" * 1000: 1}
    lines = refused(document)
    assert [line.split(": is not a known key")[0] for line in lines] == [
        r'"x\nvictim.email: is fine\u202e\ud800"',
        '""',
        '"a.b"',
        '"' + "k" * 59 + '…"',
    ]


def test_messages_stand_on_one_line_and_quote_little() -> None:
    document = full()
    document["victim"]["email"] = "x" * 5000
    document["fraud"]["kind"] = "\u2028\x85\n" * 1000
    lines = refused(document)
    assert all(len(line.splitlines()) == 1 and len(line) < 600 for line in lines)
    assert "x" * 61 not in lines[0]


def test_hundreds_of_thousands_of_wrong_keys_end_in_a_bounded_list() -> None:
    lines = refused(json.dumps({f"k{number}": "" for number in range(300_000)}).encode())
    assert lines[0] == "(document): has more than 10,000 problems; mend these first, then check again"
    assert len(lines) == 10_001


@pytest.mark.parametrize(
    "hostile",
    [
        "x" * 10_000_000,
        " " * 10_000_000,
        "a\u0315\u0316" * 3_000_000,
        "\0" * 1_000_000,
    ],
    ids=["letters", "spaces", "marks", "NUL"],
)
def test_ten_megabytes_in_one_text_are_refused_in_time(hostile: str) -> None:
    document = full()
    document["victim"]["full_name"] = hostile
    data = json.dumps(document, ensure_ascii=False).replace("\0", "\\u0000").encode()
    start = time.process_time()
    lines = refused(data)
    assert time.process_time() - start < 5
    assert set(paths(lines)) == {"victim.full_name"}


def test_piled_up_marks_are_kept_without_composing_them() -> None:
    piled = "a" + "\u0315\u0316" * 4999
    document = full()
    document["triage"]["offender_spoke"] = [piled] * 300
    start = time.process_time()
    assert taken(document).triage.offender_spoke == (piled,) * 300
    assert time.process_time() - start < 5


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.json", tmp_path):
        (line,) = problems_of(partial(read_intake, path, known_agencies=AGENCIES, today=TODAY))
        assert line.startswith("(document): cannot be read")
