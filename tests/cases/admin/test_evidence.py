"""Evidence on a case: what is taken, who took a copy, and nothing that a browser would run."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts import vault
from accounts.models import AuditEntry
from cases.actions.take_intake import take_intake
from cases.models import Case, Evidence
from cases.uploads import MAX_REQUEST_BYTES
from tests.cases.admin.conftest import signed_in
from tests.desk import TODAY, Desk
from tests.intakes import minimal
from tests.people import AMARA, BJORN

TEXT = b"what was agreed"


@pytest.fixture
def case(desk: Desk) -> Case:
    """A case of the caseworker."""
    return take_intake(desk.read(minimal()), by=BJORN.sign_up(), today=TODAY)


def added(client: Client, case_id: UUID, *files: tuple[str, bytes], description: str = "") -> Any:
    data = {"evidence": [SimpleUploadedFile(*file) for file in files], "description": description}
    return client.post(f"/workspace/cases/case/{case_id}/evidence/", data)


def copy_url(row: Evidence) -> str:
    return f"/workspace/cases/case/{row.case_id}/evidence/{row.pk}/"


def kept(case: Case, name: str, media_type: str) -> Evidence:
    """A file as an intake may have brought it, of any type."""
    sha256 = vault.store(TEXT)
    return Evidence.objects.create(case=case, sha256=sha256, size=len(TEXT), media_type=media_type, original_name=name)


def test_a_file_is_kept_with_its_hash_and_stands_on_the_page_of_the_case(bjorn: Client, case: Case) -> None:
    answer = added(bjorn, case.pk, ("chat.txt", TEXT), ("list.csv", b"a,b\n"), description="what was agreed")
    assert answer.status_code == 302
    rows = list(Evidence.objects.order_by("position"))
    assert [(row.original_name, row.media_type, row.origin) for row in rows] == [
        ("chat.txt", "text/plain", "member"),
        ("list.csv", "text/csv", "member"),
    ]
    assert vault.read(rows[0].sha256) == TEXT
    page = bjorn.get(f"/workspace/cases/case/{case.pk}/").content.decode()
    assert rows[0].sha256 in page
    assert copy_url(rows[1]) in page
    assert [entry.target_id for entry in AuditEntry.objects.filter(verb="evidence.receive")] == [
        str(row.pk) for row in rows
    ]


def test_the_same_file_again_is_the_same_piece_of_evidence(bjorn: Client, case: Case) -> None:
    added(bjorn, case.pk, ("chat.txt", TEXT))
    added(bjorn, case.pk, ("copy.txt", TEXT), description="what was agreed")
    row = Evidence.objects.get()
    assert (row.original_name, row.description) == ("chat.txt", "what was agreed")


def test_more_than_is_taken_at_a_time_is_told_so_and_the_page_says_how_much(bjorn: Client, case: Case) -> None:
    address = f"/workspace/cases/case/{case.pk}/evidence/"
    assert "100 MB at a time, all files together." in bjorn.get(address).content.decode()
    data = {"evidence": SimpleUploadedFile("film.mp4", b"film")}
    answer = bjorn.post(address, data, CONTENT_LENGTH=str(MAX_REQUEST_BYTES + 1))
    assert answer.status_code == 413
    assert "send fewer or smaller files at a time" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_one_file_that_is_not_taken_keeps_all_out_with_what_to_do(bjorn: Client, case: Case) -> None:
    answer = added(bjorn, case.pk, ("chat.txt", TEXT), ("page.html", b"<!doctype html><script>1</script>"))
    assert answer.status_code == 422
    assert "page.html: A web page can run in a browser." in answer.content.decode()
    assert not Evidence.objects.exists()
    assert added(bjorn, case.pk).status_code == 422


def test_a_copy_is_the_file_itself_to_keep_and_every_copy_is_on_record(bjorn: Client, case: Case) -> None:
    added(bjorn, case.pk, ("chat.txt", TEXT))
    row = Evidence.objects.get()
    answer = bjorn.get(copy_url(row))
    assert answer.content == TEXT
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"] == 'attachment; filename="chat.txt"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    entry = AuditEntry.objects.get(verb="evidence.download")
    assert (entry.target_id, entry.actor.email if entry.actor else "") == (str(row.pk), BJORN.email)


SERVED = [
    ("page.html", "text/html", "application/octet-stream", 'filename="page.html"'),
    ("drawing.svg", "image/svg+xml", "application/octet-stream", 'filename="drawing.svg"'),
    ("page.xhtml", "application/xhtml+xml", "application/octet-stream", "filename="),
    ("feed", "application/xml", "application/octet-stream", "filename="),
    ("run.js", "text/javascript", "application/octet-stream", "filename="),
    ("a/b/receipt.png", "image/png", "image/png", 'filename="receipt.png"'),
    ("receipt.exe", "image/png", "image/png", 'filename="receipt.exe.png"'),
    ('say "hi".txt', "text/plain", "text/plain", r'filename="say \"hi\".txt"'),
    ("收据.pdf", "application/pdf", "application/pdf", "filename*=utf-8''%E6%94%B6%E6%8D%AE.pdf"),
]


@pytest.mark.parametrize("served", SERVED, ids=[name for name, *_ in SERVED])
def test_a_browser_is_told_no_type_that_it_would_run_and_a_name_that_is_safe(
    bjorn: Client, case: Case, served: tuple[str, str, str, str]
) -> None:
    name, media_type, told, saved_as = served
    answer = bjorn.get(copy_url(kept(case, name, media_type)))
    assert answer["Content-Type"] == told
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert saved_as in answer["Content-Disposition"]


def test_evidence_of_a_case_that_is_not_open_or_of_another_case_is_not_there(
    desk: Desk, bjorn: Client, chiara: Client, emeka: Client, case: Case
) -> None:
    other = take_intake(desk.read(minimal(external_id="other")), by=AMARA.sign_up(), today=TODAY)
    theirs = kept(other, "chat.txt", "text/plain")
    for client in (bjorn, chiara, emeka):
        assert client.get(copy_url(theirs)).status_code == 404
        assert added(client, other.pk, ("chat.txt", TEXT)).status_code == 404
    assert bjorn.get(f"/workspace/cases/case/{case.pk}/evidence/{theirs.pk}/").status_code == 404
    assert bjorn.get(f"/workspace/cases/case/{case.pk}/evidence/{uuid4()}/").status_code == 404
    assert signed_in(AMARA)[0].get(copy_url(theirs)).status_code == 200
    assert not AuditEntry.objects.filter(verb="evidence.download").exclude(actor__email=AMARA.email).exists()


def test_a_name_that_turns_the_direction_of_print_loses_what_turns_it(bjorn: Client, case: Case) -> None:
    added(bjorn, case.pk, ("photo\u202egpj.txt", TEXT))
    assert Evidence.objects.get().original_name == "photogpj.txt"


def test_taking_a_copy_goes_by_get_alone(bjorn: Client, case: Case) -> None:
    row = kept(case, "chat.txt", "text/plain")
    assert bjorn.post(copy_url(row)).status_code == 405
    assert bjorn.head(copy_url(row)).status_code == 405
