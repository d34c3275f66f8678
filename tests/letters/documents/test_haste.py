"""The shorter ways through WeasyPrint lead to the same place."""

import os
import subprocess
import sys

import pytest

from letters.documents.fonts import FONTCONFIG_FILE, PROJECT
from tests.letters.documents.printing import BODY

PROGRAM = """
import sys
from datetime import UTC, datetime
from letters.documents.engine import HouseFonts, write_pdf
from letters.documents.haste import hasten
from letters.documents.letter import Letter
from tests.letters.documents.printing import STYLE, page

letter = Letter(page(sys.argv[1]), STYLE + sys.argv[2], "x", "en", "x", datetime(2026, 9, 2, tzinfo=UTC))
fonts = HouseFonts()
own_ways = []
for on in (True, False):
    hasten(on=on)
    own_ways.append(write_pdf(letter, fonts))
sys.exit(own_ways[0] != own_ways[1])
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
    "every script": ("<h1>x</h1><p>诈骗 ไทย กี่ नमस्ते ភ្នំ <p dir=rtl>שָׁלוֹם سلام", ""),
}  # fmt: skip


@pytest.mark.parametrize(("body", "style"), BODIES.values(), ids=BODIES)
def test_the_same_bytes_with_and_without(body: str, style: str) -> None:
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONTCONFIG_FILE)}
    result = subprocess.run([sys.executable, "-c", PROGRAM, body, style], cwd=PROJECT, env=environment, check=False)

    assert result.returncode == 0
