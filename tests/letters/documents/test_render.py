"""What a letter's PDF is, and that equal input makes equal bytes."""

import re
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest

from letters.documents.checks import check_document
from letters.documents.checks.tools import pages, qpdf_check, structure_text, text
from letters.documents.compose import letter_html
from letters.documents.letter import Letter
from letters.documents.render import render_pdf, stop_renderer
from letters.documents.specimen import specimen
from tests.letters.documents.printing import CREATED, letter, page, printed
from tests.letters.facts_samples import KINDS, of_kind


def test_a_letter_is_sound_pdf_a_and_pdf_ua() -> None:
    assert check_document(letter()) == ()
    assert qpdf_check(letter()) == ""


def test_equal_input_makes_equal_bytes_even_in_another_process() -> None:
    first = printed.__wrapped__()
    stop_renderer()

    assert printed.__wrapped__() == first


def test_another_date_makes_another_document() -> None:
    assert printed(created=CREATED + timedelta(seconds=1)) != letter()


def test_the_file_says_what_it_was_told_and_nothing_that_stands_in_the_text() -> None:
    pdf = printed('<meta name="author" content="Mallory"><meta name="keywords" content="x"><h1>Hi</h1>')

    with pikepdf.open(BytesIO(pdf)) as document:
        info = document.docinfo
        assert (str(info.Title), str(info.Author), str(info.CreationDate)) == (
            "Report",
            "Example Aid",
            "D:20260902103000Z",
        )
        assert "/Keywords" not in info
        assert str(document.Root.Lang) == "en"


@pytest.mark.parametrize("raw", [False, True])
def test_english_and_chinese_read_back_as_written(raw: bool) -> None:
    words = text(letter(), raw=raw)

    assert "The office of the ambassador affirms: first, final, effective." in words
    assert "现报告一起犯罪，即犯罪分子实施的诈骗犯罪。" in words


@pytest.mark.parametrize("raw", [False, True])
@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Hồng Phước",
        "สวัสดีครับ กี่ นี้ น้ำ",
        "हिन्दी क्षेत्र कि की क",
        "ភ្នំពេញ ខ្មែរ",
        "Đorđe Žižić, Łukasz Gęślą",
        "김민수 テスト カナ",
        "陳大文 喆堃",
        "Ωμέγα Жуков",
        "ລາວ ສະບາຍດີ",
        "தமிழ் பெயர்",
    ],
)
def test_names_in_every_script_read_back_as_written(name: str, raw: bool) -> None:
    assert name in text(printed(f"<h1>x</h1><p>{name}</p>"), raw=raw)


@pytest.mark.parametrize("name", ["محمد علاء", "שלום כהן", "سلام الإسلام"])
def test_names_from_right_to_left_read_back_as_written(name: str) -> None:
    words = text(printed(f"<h1>x</h1><p dir=auto>{name}</p>"))

    assert name in words.translate(dict.fromkeys(range(0x202A, 0x202F)))


def test_a_word_reads_back_the_same_after_another_with_its_letters() -> None:
    """WeasyPrint alone gives the second word the first one's vowels."""
    words = text(printed("<h1>x</h1><p>कि की क</p><p>กำ ก้ ก</p>"))

    assert "कि की क" in words
    assert "กำ ก้ ก" in words


def test_a_long_wallet_wraps_without_hyphen_or_hidden_character() -> None:
    wallet = "bc1qnymp7d6mc9hk0lkt455wrcrk7chfv7wphcv22c" * 3
    words = text(printed(f'<h1>x</h1><div style="width: 60mm" class="code">{wallet}</div>'), raw=True)

    assert wallet in words.replace("\n", "")


def test_chinese_is_never_a_radical_that_looks_like_it() -> None:
    words = text(printed('<h1>x</h1><p lang="zh-Hans">一二人入八十土大女子小工己干文方日月木水火生用田白目石立</p>'))

    assert not [character for character in words if 0x2E80 <= ord(character) <= 0x2FDF]


def test_a_table_row_stays_whole_and_its_headings_come_again() -> None:
    rows = "".join(f"<tr><td>{number}<br>first {number}<br>last {number}" for number in range(60))
    sheets = pages(printed(f"<h1>x</h1><table><thead><tr><th>Number</thead>{rows}</table>"))

    assert len(sheets) > 2
    assert all("Number" in sheet for sheet in sheets)
    for number in range(60):
        assert [f"first {number}\n" in sheet for sheet in sheets] == [f"last {number}\n" in sheet for sheet in sheets]


def test_page_margins_are_no_part_of_what_a_screen_reader_reads() -> None:
    assert "Page 1 of 1" in text(letter())
    assert "Page 1" not in structure_text(letter())


def test_a_draft_says_so_once_on_every_page() -> None:
    style = '@page { @top-right { content: "DRAFT"; font: bold 20pt "Noto Serif"; color: #777 } }'
    sheets = pages(printed("<h1>x</h1>" + "<p>text</p>" * 150, style=style))

    assert len(sheets) > 1
    assert all(sheet.split().count("DRAFT") == 1 for sheet in sheets)


def test_a_line_under_a_cell_is_one_rectangle_and_not_read_out() -> None:
    style = "table { border-collapse: separate } td, th { border-bottom: 0.3pt solid #aaa }"
    pdf = printed("<h1>x</h1><table><tr><th>a<th>b<tr><td>c<td>d</table>", style=style)

    with pikepdf.open(BytesIO(pdf)) as document:
        operators = [str(step.operator) for step in pikepdf.parse_content_stream(document.pages[0])]
    assert [operators[place - 2 : place + 2] for place, name in enumerate(operators) if name == "f"] == [
        ["rg", "re", "f", "EMC"], *[["BMC", "re", "f", "EMC"]] * 3,
    ]  # fmt: skip
    assert check_document(pdf) == ()


def test_the_specimen_has_every_form_that_letters_have() -> None:
    """What it lacks, each letter would have to find out anew."""
    classes = {kind: set(re.findall(r'class="([^"]*)"', letter_html(of_kind(kind)))) for kind in KINDS}
    shown = set(re.findall(r'class="([^"]*)"', Letter.from_bytes(specimen()).html))

    assert classes["embassy"] <= shown
    assert not set().union(*classes.values()) - shown - {"reporter", "signature by-hand"}


def test_an_asset_from_the_table_is_printed() -> None:
    square = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1h-1z"/></svg>'
    body = page('<h1>x</h1><img src="asset:square.svg" alt="A square">')
    pdf = render_pdf(
        body,
        stylesheet="",
        title="x",
        language="en",
        author="x",
        created=CREATED,
        assets={"asset:square.svg": square},
    )

    assert check_document(pdf) == ()
    assert "Figure" in structure_text(pdf)
