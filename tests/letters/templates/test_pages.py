"""Letters as printed pages, read with poppler as any recipient could."""

import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from letters.documents.compose import document_title, letter_html, stylesheet
from letters.documents.render import render_pdf
from letters.facts import LetterFacts, Total, TransferLine
from tests.letters import facts_samples as samples

MILLIMETRES = 25.4 / 72


@cache
def printed(facts: LetterFacts) -> bytes:
    """The PDF of these facts, once a run."""
    return render_pdf(
        letter_html(facts),
        stylesheet=stylesheet(facts),
        title=document_title(facts),
        language="en",
        author=facts.sender.name,
        created=datetime(2026, 9, 2, tzinfo=UTC),
    )


@pytest.fixture
def pages(tmp_path: Path) -> "Pages":
    """A reader of pages."""
    return Pages(tmp_path / "letter.pdf")


class Pages:
    """What `pdftotext` reads on each page."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def of(self, facts: LetterFacts, *options: str) -> list[str]:
        """The text of each page."""
        self.path.write_bytes(printed(facts))
        command = ["pdftotext", *options, str(self.path), "-"]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return output.removesuffix("\f").split("\f")


@pytest.mark.parametrize("option", [(), ("-raw",)])
@pytest.mark.parametrize("kind", ["embassy", "government"])
def test_the_first_line_after_the_address_block_is_the_attention_line(
    pages: Pages, kind: str, option: tuple[str, ...]
) -> None:
    facts = samples.of_kind(kind)
    lines = [line for line in pages.of(facts, *option)[0].splitlines() if line]
    last_of_address = (*facts.recipient.address, facts.recipient.name_local)[-1 if kind == "government" else -2]
    place = lines.index(facts.recipient.attention)
    assert lines[place - 1] == last_of_address
    assert lines[place + 1] == facts.recipient.attention_local


def test_the_recipient_stands_in_the_window_of_an_envelope(pages: Pages) -> None:
    page = pages.of(samples.embassy(), "-bbox", "-l", "1")[0]
    boxes = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(\S+)</word>', page)
    for word in ("Embassy", "3505", "D.C.", "20008"):
        left, top, right, bottom = next(
            [float(edge) * MILLIMETRES for edge in box[:4]] for box in boxes if box[4] == word
        )
        assert 20 <= left < right <= 105
        assert 45 <= top < bottom <= 90


def test_every_page_has_its_number_and_the_case_at_the_foot(pages: Pages) -> None:
    texts = pages.of(samples.embassy())
    assert len(texts) <= 4
    for number, text in enumerate(texts, start=1):
        assert text.rstrip().endswith(f"Page {number} of {len(texts)} · RD-2026-000001")


def test_a_draft_says_so_on_every_page_and_a_sealed_letter_on_none(pages: Pages) -> None:
    for text in pages.of(replace(samples.embassy(), draft=True, verify_url="")):
        assert re.search(r"\bDRAFT\b", text)
    assert "DRAFT" not in "".join(pages.of(samples.embassy()))


def test_every_transfer_stands_whole_on_one_page(pages: Pages) -> None:
    facts = samples.embassy()
    texts = pages.of(facts, "-raw")
    for transfer in facts.transfers:
        first_line = rf"^{transfer.number} {transfer.sent_on} {transfer.amount:,} USDT .*"
        row = rf"{first_line}\n.*{transfer.to_account}\n.*{transfer.reference}$"
        assert sum(len(re.findall(row, text, re.MULTILINE)) for text in texts) == 1


def test_the_head_of_the_table_is_repeated_on_every_page_of_it(pages: Pages) -> None:
    texts = pages.of(samples.of_kind("police"), "-raw")
    assert sum("From, to, account, reference" in text for text in texts) == len(
        [text for text in texts if re.search(r"^\d+ 2022-\d\d-\d\d [\d,]+ USDT", text, re.MULTILINE)]
    )


def test_the_signature_stays_with_its_contact_and_its_closing(pages: Pages) -> None:
    for kind in samples.KINDS:
        facts = samples.of_kind(kind, transfers=4)
        last = pages.of(facts)[-1]
        for words in ("Respectfully,", facts.signature.full_name, *facts.signature.contact, facts.verify_url):
            assert words in last


def test_english_comes_before_its_chinese(pages: Pages) -> None:
    text = pages.of(samples.embassy(), "-raw")[0]
    order = [
        "Your Excellency,",
        "尊敬的大使阁下",
        "This letter reports a CRIME",
        "现报告一起犯罪",
        "The loss is",
        "损失金额为",
    ]
    assert sorted(order, key=text.index) == order


def test_the_first_page_is_full(pages: Pages) -> None:
    for kind in samples.KINDS:
        page = pages.of(samples.of_kind(kind, transfers=4), "-bbox", "-l", "1")[0]
        bottoms = sorted(float(edge) * MILLIMETRES for edge in re.findall(r'yMax="([\d.]+)"', page))
        above_foot = [bottom for bottom in bottoms if bottom < 277]
        assert max(above_foot) > 200


def test_the_longest_amounts_and_names_stay_on_the_page(pages: Pages) -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff" * 5
    wei, most = Decimal("0.000000000000000001"), Decimal(999999999999999)
    facts = replace(
        samples.embassy(),
        victim=replace(samples.embassy().victim, full_name=name),
        transfers=(TransferLine(1, wei, "ETH", "crypto"), TransferLine(2, most, "ETH", "crypto")),
        totals=(Total("ETH", most, Decimal(1), most - 1),),
    )
    text = "".join(pages.of(facts))
    assert text.count("999,999,999,999,998") == 4  # in the opening and its Chinese, in brief, and in the totals
    assert text.index("Totals per currency") < text.index("Lost, ETH")
    opening = re.sub(r"\s", "", text.partition("criminals committed against")[2])
    assert opening.startswith(name)
