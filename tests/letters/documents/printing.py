"""A short letter to print, in the faces of the real ones, and a key to sign it."""

from datetime import UTC, datetime
from functools import cache

from accounts.certificates import Credential, self_signed
from letters.documents.fonts import CHINESE_STACK, MONOSPACE_STACK, SERIF_STACK
from letters.documents.render import render_pdf
from letters.documents.sign import sign_pdf

CREATED = datetime(2026, 9, 2, 10, 30, tzinfo=UTC)
STYLE = f"""
@page {{ size: A4; margin: 20mm; @bottom-center {{ content: "Page " counter(page) " of " counter(pages); }} }}
body {{ font: 10pt {SERIF_STACK}; hyphens: none }}
[lang|=zh] {{ font-family: {CHINESE_STACK} }}
.code {{ font-family: {MONOSPACE_STACK}; overflow-wrap: anywhere }}
table {{ width: 100%; table-layout: fixed; border-collapse: collapse }}
tr {{ break-inside: avoid }}
th, td {{ border-bottom: 0.3pt solid #aaa; text-align: left; vertical-align: top }}
"""
BODY = """
<h1>REPORT OF A CRIME: FRAUD</h1>
<p>The office of the ambassador affirms: first, final, effective.</p>
<p lang="zh-Hans">现报告一起犯罪，即犯罪分子实施的诈骗犯罪。</p>
<h2>Transfers</h2>
<table><thead><tr><th>Date<th>Amount<th>Wallet</thead>
<tbody><tr><th scope="row">2024-02-02<td>5000 USDT
<td class="code">0xEC0a325490fbB848AAa9c966953B2F3742d38377</tbody></table>
"""


def page(body: str = BODY) -> str:
    return f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>x</title><body>{body}</body></html>'


@cache
def printed(body: str = BODY, *, style: str = "", created: datetime = CREATED) -> bytes:
    return render_pdf(
        page(body), stylesheet=STYLE + style, title="Report", language="en", author="Example Aid", created=created
    )


def letter() -> bytes:
    return printed()


@cache
def credential() -> Credential:
    return self_signed("Example Aid Society", datetime.now(UTC))


@cache
def signed_letter() -> bytes:
    return sign(letter())


def sign(pdf: bytes) -> bytes:
    return sign_pdf(
        pdf,
        private_key_pem=credential().private_key.encode(),
        certificate_pem=credential().certificate.encode(),
        reason="Attests the unchanged text of this report",
        location="Boston",
        signed_at=CREATED.replace(year=2026, month=11, day=20),
    )
