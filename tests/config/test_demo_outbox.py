"""The demo's mail sink and `/outbox/`: every message whole, everything in it untrusted, and none of it elsewhere."""

from __future__ import annotations

import smtplib
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from config.demo import mailbox
from config.demo.reading import read

MARKS = "<script>alert(1)</script>"


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DEMO, settings.OUTBOX_DIR = True, tmp_path / "outbox"
    return tmp_path / "outbox"


def mail(
    *, subject: str = "CRIME: FRAUD", text: str = "To The Attention of …", file_name: str = "r.pdf"
) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "reports@north.example.org", "embassy@example.org", subject
    made.set_content(text)
    made.add_attachment(b"%PDF-1.7 report", maintype="application", subtype="pdf", filename=file_name)
    return made


def kept(folder: Path, content: bytes) -> str:
    """Keep a message, and return its name."""
    return mailbox.keep(folder, content, sender="a@example.org", recipients=["b@example.org"]).stem


def get(address: str) -> Any:
    return Client().get(address)


# The sink


@pytest.fixture
def port(folder: Path) -> Iterator[int]:
    """A running sink, as the supervisor starts it; and it leaves when told."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        descriptor = listening.fileno()
        command = [sys.executable, "-m", "config.demo.sink", str(descriptor), str(folder)]
        sink = subprocess.Popen(command, cwd=django_settings.BASE_DIR, pass_fds=[descriptor], stdout=subprocess.DEVNULL)
        yield listening.getsockname()[1]
    sink.terminate()
    assert sink.wait(timeout=30) == 0


def test_the_sink_keeps_every_byte_of_a_message_with_its_envelope_on_top(port: int, folder: Path) -> None:
    content = mail(text="First.\n.\n..\nÄ and 诈骗\n").as_bytes(policy=mail().policy.clone(linesep="\r\n"))
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as smtp:
        smtp.sendmail("reports@north.example.org", ["embassy@example.org", "hidden@example.org"], content)
    (path,) = folder.iterdir()
    envelope = b"Return-Path: <reports@north.example.org>\r\nDelivered-To: embassy@example.org\r\n"
    assert path.read_bytes().rstrip(b"\r\n") == (envelope + b"Delivered-To: hidden@example.org\r\n" + content).rstrip()
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(folder.stat().st_mode)) == (0o600, 0o700)


def test_the_name_of_a_file_owes_nothing_to_the_message(folder: Path) -> None:
    names = {kept(folder, mail(subject="../../etc/passwd").as_bytes()) for _ in range(3)}
    assert len(names) == len(list(folder.iterdir())) == 3
    assert all(mailbox.message(folder, name) for name in names)


def test_an_envelope_cannot_add_a_header(folder: Path) -> None:
    path = mailbox.keep(folder, b"Subject: a\r\n\r\nb", sender="a\r\nBcc: x", recipients=["b\nTo: y"])
    assert [name for name, _ in read(path.read_bytes()).headers] == ["Return-Path", "Delivered-To", "Subject"]


# The reader


@pytest.mark.parametrize("address", ["", "{name}/", "{name}/source/", "{name}/files/1/"])
def test_there_is_no_outbox_outside_of_the_demo(address: str, folder: Path, settings: Settings) -> None:
    address = "/outbox/" + address.format(name=kept(folder, mail().as_bytes()))
    assert get(address).status_code == 200
    settings.DEMO = False
    assert get(address).status_code == 404


def test_the_list_shows_the_newest_first_and_says_when_there_is_none(folder: Path) -> None:
    assert "Nothing was sent yet" in get("/outbox/").content.decode()
    for subject in ("The first", "The second"):
        kept(folder, mail(subject=subject).as_bytes())
    page = get("/outbox/").content.decode()
    assert page.index("The second") < page.index("The first")
    assert "embassy@example.org" in page


def test_a_message_is_shown_with_its_headers_text_and_file(folder: Path) -> None:
    name = kept(folder, mail(text="Sixteen payments").as_bytes())
    page = get(f"/outbox/{name}/").content.decode()
    for word in ("Sixteen payments", "CRIME: FRAUD", "b@example.org", "r.pdf", f"/outbox/{name}/files/1/"):
        assert word in page
    assert get(f"/outbox/{name}/source/").content == mailbox.message(folder, name).source  # type: ignore[union-attr]


def test_what_a_message_says_is_text_and_html_is_not_shown(folder: Path) -> None:
    made = mail(subject=MARKS, text=f"{MARKS} in words", file_name=f"{MARKS}.pdf")
    plain = made.get_body(("plain",))
    assert plain is not None
    plain.add_alternative(f"<p>{MARKS} only in HTML</p>", subtype="html")
    name = kept(folder, made.as_bytes())
    for address in ("/outbox/", f"/outbox/{name}/"):
        page = get(address).content.decode()
        assert MARKS not in page
        assert "&lt;script&gt;" in page
        assert "only in HTML" not in page


@pytest.mark.parametrize("address", ["source/", "files/1/"])
def test_what_a_message_brings_is_opened_in_a_sandbox(address: str, folder: Path) -> None:
    answer = get(f"/outbox/{kept(folder, mail().as_bytes())}/{address}")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert sorted(answer["Content-Security-Policy"].split("; ")) == ["default-src 'none'", "sandbox"]


def test_a_file_is_a_download_and_only_a_pdf_keeps_its_type(folder: Path) -> None:
    made = mail(file_name='../x"; y.pdf')
    made.add_attachment(f"<html>{MARKS}", subtype="html", filename="page.html")
    name = kept(folder, made.as_bytes())
    pdf, page = (get(f"/outbox/{name}/files/{number}/") for number in (1, 2))
    assert (pdf["Content-Type"], pdf.content) == ("application/pdf", b"%PDF-1.7 report")
    assert page["Content-Type"] == "application/octet-stream"
    for answer in (pdf, page):
        assert answer["Content-Disposition"].startswith("attachment; filename")
        assert "/" not in answer["Content-Disposition"]
    assert get(f"/outbox/{name}/files/3/").status_code == 404


@pytest.mark.parametrize("name", ["x", "..", "%2e%2e%2fsecrets%2fsecret_key", "20260101T000000.000000-00000000"])
def test_no_other_file_can_be_named(name: str, folder: Path) -> None:
    folder.mkdir()
    (folder / "x.eml").write_text("not a name of ours")
    assert get(f"/outbox/{name}/").status_code == 404


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\x00\xff\xfe\r\n\r\n\x00",
        b"From: =?x?q?=?=\r\nTo: <<>>,,;:\r\nSubject: =?utf-8?b?////?=\r\n\r\nx",
        b"Subject: a\xff\xfe\r\nContent-Type: text/plain; charset=no-such\r\n\r\n\xff",
        b"Content-Type: text/plain; charset=punycode\r\n\r\n\xff-",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n",
        b"Message-ID: <[\r\nContent-Disposition: attachment; filename*=utf-8''%ff\r\nSubject: x\r\n\r\nx",
        b"Subject: " + b"=?utf-8?q?x?= " * 2000 + b"\r\n\r\n",
    ],
)
def test_a_malformed_message_is_shown_as_far_as_it_can_be_read(source: bytes, folder: Path) -> None:
    name = kept(folder, source)
    assert [get(address).status_code for address in ("/outbox/", f"/outbox/{name}/")] == [200, 200]
    assert get(f"/outbox/{name}/source/").content.endswith(source)
