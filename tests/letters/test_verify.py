"""`/verify/<code>/`: is this report genuine? Asked by people who belong nowhere."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts import vault
from accounts.actions.organizations import create_organization
from accounts.models import Organization
from accounts.tenancy import organization as acting_for
from cases.case_file import read_case_file
from letters.actions.ask_letters import _publish_code
from letters.actions.produce import in_process, produce_reports
from letters.models import Letter, VerifyCode
from letters.views import hashing
from tests.desk import TODAY, Desk
from tests.intakes import chinese, consent
from tests.people import BJORN

pytestmark = pytest.mark.usefixtures("shipped_directory", "db")
PDF = b"%PDF-1.7\n" + b"the sealed bytes " * 1000
CODE = "Abcdefghijklmnopqrst-_"


@pytest.fixture
def north(db: None) -> Organization:
    return create_organization(
        slug="north",
        name="North Star <Victim> Support",
        by=None,
        sending_email="reports@north.example.org",
        reply_email="answers@north.example.org",
    )


@pytest.fixture
def letter(north: Organization) -> Letter:
    """A letter whose sealed document is `PDF`, with its code published; no organization is active afterwards."""
    with acting_for(north.pk):
        case = Desk(north).file(chinese()).case
        made = Letter.objects.create(
            case=case, agency_key="cn-embassy-us", draft=False, letter_date=TODAY, state="sealed", pages=7,
            facts_sha256="0" * 64, rule_version="1", recipient_to="secret-recipient@example.org", verify_code=CODE,
            document_sha256=hashlib.sha256(PDF).hexdigest(), sealed_at=timezone.now(),
        )  # fmt: skip
        _publish_code(made)
    return made


@pytest.fixture
def address(letter: Letter) -> str:
    return f"/verify/{CODE}/"


def pdf(content: bytes = PDF, name: str = "report.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def compared(client: Client, address: str, content: bytes, status: int = 200) -> str:
    answer = client.post(address, {"document": pdf(content)})
    assert answer.status_code == status
    return answer.content.decode()


def test_a_sealed_letter_says_who_when_how_long_and_which_bytes(client: Client, address: str, letter: Letter) -> None:
    page = client.get(address).content.decode()
    for shown in ("North Star &lt;Victim&gt; Support", "2026-11-23", ">7<", letter.document_sha256, "not withdrawn"):
        assert shown in page


def test_it_says_nothing_of_case_victim_agency_and_sending(client: Client, address: str, letter: Letter) -> None:
    with acting_for(letter.organization.pk):
        victim = read_case_file(letter.case_id).victim
        names = [letter.case.number, letter.case.external_id, victim.full_name]
    page = client.get(address).content.decode()
    for hidden in (*names, str(letter.pk), str(letter.case_id), "cn-embassy", "secret-recipient", "@north.example.org"):
        assert hidden
        assert hidden not in page


def test_a_withdrawn_letter_says_so_and_since_when(client: Client, address: str, letter: Letter) -> None:
    with acting_for(letter.organization.pk):
        Letter.objects.filter(pk=letter.pk).update(withdrawn_at=timezone.now())
    assert f"withdrawn since {timezone.now():%Y-%m-%d}" in client.get(address).content.decode()
    assert "no longer valid" in compared(client, address, PDF)


def test_the_sealed_file_is_recognized_and_any_other_is_not(client: Client, address: str) -> None:
    assert "unchanged" in compared(client, address, PDF)
    for other in (PDF + b"\n", PDF[:-1], PDF.replace(b"sealed", b"seal3d", 1), b"%PDF-1.7 another"):
        page = compared(client, address, other)
        assert "This file is another one" in page
        assert "unchanged" not in page


def test_a_really_sealed_letter_matches_its_own_bytes_only(north: Organization, client: Client) -> None:
    with acting_for(north.pk):
        intake = Desk(north).read(chinese(consents=[consent("cn-embassy-us")]))
    produce_reports(intake, north, by=None, today=TODAY, make=in_process)
    with acting_for(north.pk):
        sealed = Letter.objects.get(state="sealed", agency_key="cn-embassy-us")
        document, address = vault.read(sealed.document_sha256), f"/verify/{sealed.verify_code}/"
    assert "unchanged" in compared(client, address, document)
    assert "This file is another one" in compared(client, address, document[:-1] + b"\r")


@pytest.mark.parametrize(
    "code",
    [
        CODE.swapcase(), CODE[:-1], CODE + "A", "A" * 22, "x", "A" * 5000, "%00" * 22, "..", "-1", "字" * 22,
        CODE + "%0A", "'; DROP TABLE letters_letter; --",
    ],
)  # fmt: skip
def test_any_other_code_leads_nowhere_and_says_what_to_check(client: Client, address: str, code: str) -> None:
    for answer in (client.get(f"/verify/{code}/"), client.post(f"/verify/{code}/", {"document": pdf()})):
        assert answer.status_code == 404
        assert b"letter by letter" in answer.content


@pytest.mark.parametrize("state", ["asked", "failed"])
def test_what_was_never_sealed_is_unknown(client: Client, address: str, letter: Letter, state: str) -> None:
    with acting_for(letter.organization.pk):
        other = Letter.objects.create(
            case=letter.case, agency_key="x", draft=False, letter_date=TODAY, facts_sha256="0" * 64, rule_version="1",
            verify_code="B" * 22, state=state,
        )  # fmt: skip
        _publish_code(other)
    assert client.get(f"/verify/{'B' * 22}/").status_code == 404


def test_a_code_never_opens_another_organizations_letter(client: Client, address: str, letter: Letter) -> None:
    south = create_organization(slug="south", name="South", by=None)
    VerifyCode.objects.filter(letter_id=letter.pk).update(organization_id=south.pk)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "No file arrived"), (b"PK\x03\x04 a zip", "not a PDF"), (b"%PD", "not a PDF"), (b"\xff\xd8", "not a PDF")],
)
def test_what_is_no_pdf_is_refused_kindly(client: Client, address: str, content: bytes, words: str) -> None:
    assert words in compared(client, address, content, status=400)


def test_a_form_without_a_file_is_refused_kindly(client: Client, address: str) -> None:
    for data in ({}, {"document": "text"}):
        answer = client.post(address, data)
        assert answer.status_code == 400
        assert b"No file arrived" in answer.content
    assert client.post(address, b"%PDF-", content_type="application/pdf").status_code == 400
    assert client.post(address, b"no form", content_type="multipart/form-data; boundary=x").status_code == 400
    assert client.post(address, b"no form", content_type="multipart/form-data").status_code == 400


def test_several_files_are_refused(client: Client, address: str) -> None:
    answer = client.post(address, {"document": pdf(b"%PDF-1"), "second": pdf()})
    assert answer.status_code == 400


class Endless(io.RawIOBase):
    """A body that goes on and counts what was read; whoever reads far too much is stopped."""

    def __init__(self, start: bytes) -> None:
        self.start, self.given = start, 0

    def read(self, size: int = -1) -> bytes:
        part = self.start or b"0" * max(size, 1)
        self.start = b""
        self.given += len(part)
        assert self.given < 5_000_000
        return part


def endless_post(client: Client, address: str, announced: int, body: Endless) -> Any:
    environment = {"CONTENT_TYPE": "multipart/form-data; boundary=b", "CONTENT_LENGTH": str(announced)}
    answer: Any = client.generic("POST", address, **environment, **{"wsgi.input": body})  # type: ignore[arg-type]
    return answer


def test_reading_stops_at_the_limit_whatever_was_announced(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashing, "LARGEST_FILE", 1_000_000)
    monkeypatch.setattr(hashing, "_AROUND", 10**12)
    head = b'--b\r\nContent-Disposition: form-data; name="document"; filename="a.pdf"\r\n\r\n%PDF-'
    body = Endless(head)
    answer = endless_post(client, address, 10**11, body)
    assert answer.status_code == 400
    assert b"at most" in answer.content
    assert body.given < 2_000_000


def test_an_announced_giant_is_not_read_at_all(client: Client, address: str) -> None:
    body = Endless(b"")
    answer = endless_post(client, address, 10**9, body)
    assert (answer.status_code, body.given) == (400, 0)


def test_the_largest_file_is_compared_and_leaves_nothing_behind(
    client: Client, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)  # type: ignore[attr-defined]
    content = b"%PDF-" + bytes(hashing.LARGEST_FILE - 5)
    assert "This file is another one" in compared(client, address, content)
    assert "at most" in compared(client, address, content + b"0", status=400)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_kept_told_on_or_set(client: Client, address: str) -> None:
    for answer in (client.get(address), client.post(address, {"document": pdf()}), client.get("/verify/x/")):
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        assert not answer.cookies


def test_no_other_method_is_answered(client: Client, address: str) -> None:
    assert client.head(address).status_code == 200
    for method in (client.put, client.delete, client.patch):
        assert method(address).status_code == 405


def test_a_member_of_another_organization_sees_the_same(client: Client, address: str) -> None:
    south = create_organization(slug="south", name="South", by=None)
    with acting_for(south.pk):
        client.force_login(BJORN.sign_up())
    assert "North Star" in client.get(address).content.decode()


def test_it_speaks_english_and_chinese_and_asks_for_nothing(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert "No embassy and no police ever asks for money or codes" in page
    assert 'lang="zh-Hans"' in page


def test_sixty_files_an_hour_are_compared_for_one_address(address: str, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    here, elsewhere = (Client(headers={"x-forwarded-for": ip}) for ip in ("198.51.100.7", "198.51.100.8"))
    for _ in range(60):
        compared(here, address, b"%PDF-other")
    assert "Please wait a while" in compared(here, address, PDF, status=429)
    assert here.get(address).status_code == 200
    assert "unchanged" in compared(elsewhere, address, PDF)
    with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1)):
        assert "unchanged" in compared(here, address, PDF)
