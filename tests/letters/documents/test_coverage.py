"""Which characters would print as empty boxes."""

import time

import pytest

from letters.documents.checks import check_document
from letters.documents.coverage import missing_glyphs
from letters.documents.fonts import FONTCONFIG_FILE
from tests.letters.documents.printing import printed


@pytest.mark.parametrize(
    "text",
    [
        "Plain text, with “quotes” – and €, £, ¥, ₫, ₽, ₮ and ₿.",
        "诈骗犯罪，犯罪分子；人民币￥1,000",
        "陳大文 喆堃 ㄅㄆ 한국어 ひらがな",
        "مرحبا שָׁלוֹם ไทย ខ្មែរ हिन्दी ລາວ မြန်မာ বাংলা தமிழ் ქართული Հայերեն አማርኛ བོད་",
        "Việt e\u0301 x\u0323 Ελληνικά Кириллица",
        "zero\u200dwidth\u200c and a\ufe0f selector, \u2066direction\u2069 marks",
        "lines\nand\ttabs\r\n",
        "",
    ],
)
def test_what_the_faces_have_is_not_missing(text: str) -> None:
    assert missing_glyphs(text) == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Hello 😀 and 😀 and 🤑", ("😀", "🤑")),
        ("private \ue000", ("\ue000",)),
        ("unassigned \u0378", ("\u0378",)),
        ("control \x00 \x07", ("\x00", "\x07")),
        ("half a pair \ud83d", ("\ud83d",)),
        ("family 👩\u200d👧", ("👩", "👧")),
    ],
)
def test_what_no_face_has_is_named_once_and_in_order(text: str, missing: tuple[str, ...]) -> None:
    assert missing_glyphs(text) == missing


def test_what_is_not_missing_is_printed_without_empty_boxes() -> None:
    """The table agrees with the printer: a sample of every block, none of them a box."""
    sample = "".join(
        chr(code)
        for code in range(0x21, 0x30000, 97)
        if not missing_glyphs(chr(code)) and chr(code).isprintable() and chr(code) not in "<>&"
    )

    assert len(sample) > 400
    assert not [p for p in check_document(printed(f"<h1>x</h1><p>{' '.join(sample)}</p>")) if "does not have" in p]


def test_what_is_missing_is_seen_in_the_document_too() -> None:
    assert [problem for problem in check_document(printed("<h1>x</h1><p>😀</p>")) if "does not have" in problem]


def test_a_long_text_is_judged_at_once() -> None:
    text = "The criminals 诈骗犯罪 took everything. " * 2_000
    start = time.perf_counter()

    missing_glyphs(text)

    assert time.perf_counter() - start < 1


def test_the_faces_are_named_by_a_configuration_of_our_own() -> None:
    configuration = FONTCONFIG_FILE.read_text()

    assert "Redress Serif SC" in configuration
    assert "/etc/fonts" not in configuration
