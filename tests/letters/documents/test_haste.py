"""The shorter ways through WeasyPrint lead to the same place."""

import os
import subprocess
import sys

import pytest

from letters.documents.compose import letter_html
from letters.documents.fonts import FONTCONFIG_FILE, PROJECT
from letters.documents.stylesheet import stylesheet
from tests.letters.documents.printing import BODY, STYLE, page
from tests.letters.facts_samples import KINDS, of_kind

PROGRAM = """
import sys
from datetime import UTC, datetime
from letters.documents import parsing
from letters.documents.engine import HouseFonts, write_pdf
from letters.documents.haste import hasten
from letters.documents.letter import Letter

letter = Letter(*sys.argv[1:], "x", "en", "x", datetime(2026, 9, 2, tzinfo=UTC))
fonts = HouseFonts()
shorter = write_pdf(letter, fonts)
hasten(on=False)
longer = write_pdf(letter, fonts)
parsing._START = "never"  # every page is read as HTML
longest = write_pdf(letter, fonts)
sys.exit(not shorter == longer == longest)
"""
BODIES = {
    "a letter": (BODY, ""),
    "a long table": ("<h1>x</h1><table>" + "<tr><th scope=row>a<td class=code>0123456789abcdef" * 80 + "</table>", ""),
    "floats, lists, boxes": (
        ("<h1>x</h1><div style='float:right;width:30%;padding:2em;border:1px solid'>box</div><ul><li>one<li>two</ul>"
        "<blockquote style='margin:5% 1em;box-sizing:border-box'>quote</blockquote><p><u>under</u> <del>out</del>"),
        "",
    ),
    "justified and spaced": (
        "<h1>x</h1><p>" + "many words on a line " * 60,
        "p { text-align: justify; letter-spacing: 1px }",
    ),
    "lines alike": (
        "<h1>x</h1>" + "<table>" + "<tr><td>one, two and three words<td>one, two and three words, and more" * 20
        + "</table><p style='width:4em'>one, two and three words<p dir=rtl>one, two and three words</p>"
        "<p style='text-align:justify'>one, two and three words, one, two and three words, one, two and three, o "
        "<p style='white-space:pre-wrap'>one, two and three words\n\none, two<p lang=de>one, two and three words",
        "p, td { hyphens: auto; overflow-wrap: break-word }",
    ),
    "grid, flex and columns": (
        "<h1>x</h1>" + "<div style='display:{}'>" .format("grid;grid-template-columns:1fr 2fr")
        + "<p>one<p>two<p>three</div><div style='display:flex'><p>one<p>two</p></div>"
        "<div style='columns:2;column-rule:1px solid'>" + "many words " * 90 + "</div>",
        "",
    ),
    "backgrounds and borders": (
        ("<h1>x</h1><p style='background:#eee;border-radius:3px'>grey<p style='box-shadow:1px 1px #000'>shadow"
        "<p style='visibility:hidden'>hidden<table style='border-collapse:collapse'><tr><td>a<td>b</table>"),
        "td { border: 1px dashed red } tr { background: linear-gradient(#eee, #fff) }",
    ),
    "widths of every kind": (
        ("<h1>x</h1><p style='width:50%;padding:1% 2em'>percent<p style='width:calc(50% - 1em)'>sum"
        "<p style='min-width:80%;box-sizing:border-box;padding:1em;border:1px solid'>box<p style='max-width:3em'>s"),
        "",
    ),
    "footnotes": ("<h1>x</h1><p>text<span style='float:footnote'>note</span> more", ""),
    "every script": ("<h1>x</h1><p>诈骗 ไทย กี่ नमस्ते ភ្នំ <p dir=rtl>שָׁלוֹם سلام", ""),
}  # fmt: skip


def is_the_same(html: str, style: str) -> bool:
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONTCONFIG_FILE)}
    command = [sys.executable, "-c", PROGRAM, html, style]
    return subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode == 0


@pytest.mark.parametrize(("body", "style"), BODIES.values(), ids=BODIES)
def test_the_same_bytes_with_and_without(body: str, style: str) -> None:
    assert is_the_same(page(body), STYLE + style)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_letter_has_the_same_bytes(kind: str) -> None:
    facts = of_kind(kind)

    assert is_the_same(letter_html(facts), stylesheet(facts))
