"""An intake file and its evidence through a browser: the rules of a file, and nothing kept unless all is well."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts import vault
from cases.case_file import read_case_file
from cases.models import Case, Evidence
from tests.cases.admin.conftest import signed_in
from tests.cases.admin.forms import controls
from tests.desk import Desk
from tests.intakes import Document, minimal
from tests.people import AMARA

URL = "/workspace/cases/case/intake/"
RECEIPT = {"path": "evidence/receipt.csv"}


def file(name: str, data: bytes = b"date,amount\n") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def sent(client: Client, document: Document | bytes, *evidence: SimpleUploadedFile, token: str = "") -> Any:
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    return client.post(URL, {"intake": file("case.json", data), "evidence": evidence, "token": token})


def problems(answer: Any) -> list[str]:
    assert answer.status_code == 422
    return [str(problem) for problem in answer.context["problems"]]


def test_a_file_with_its_evidence_becomes_a_case(bjorn: Client) -> None:
    answer = sent(bjorn, minimal(evidence=[RECEIPT]), file("receipt.csv"))
    case = Case.objects.get()
    assert answer["Location"] == f"/workspace/cases/case/{case.pk}/"
    row = Evidence.objects.get(case=case)
    assert (row.original_name, row.media_type) == ("evidence/receipt.csv", "text/csv")
    assert vault.read(row.sha256) == b"date,amount\n"


def test_a_large_file_of_evidence_comes_through_the_disk_and_leaves_nothing_there(bjorn: Client, settings: Any) -> None:
    data = bytes(range(256)) * 20_000
    sent(bjorn, minimal(evidence=[{**RECEIPT, "sha256": hashlib.sha256(data).hexdigest()}]), file("receipt.csv", data))
    assert vault.read(Evidence.objects.get().sha256) == data
    assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == []
    assert settings.FILE_UPLOAD_TEMP_DIR.stat().st_mode & 0o777 == 0o700


def test_every_problem_is_listed_with_its_path_and_nothing_is_kept(bjorn: Client) -> None:
    document = minimal(fraud__kind="theft", victim__email="nobody", evidence=[RECEIPT], unknown="x")
    answer = sent(bjorn, document)
    assert [line.split(":")[0] for line in problems(answer)] == [
        "victim.email",
        "fraud.kind",
        "evidence.0.path",
        "unknown",
    ]
    page = answer.content.decode()
    assert "fraud.kind:" in page
    assert "Nothing is kept." in page
    assert not Case.objects.exists()


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[]"])
def test_a_file_that_is_no_case_is_refused_in_words(bjorn: Client, data: bytes) -> None:
    assert problems(sent(bjorn, data))
    assert bjorn.post(URL, {}).status_code == 422


@pytest.mark.parametrize(
    ("paths", "names", "message"),
    [
        (["receipt.csv"], ["receipt.csv", "receipt.csv"], "is the name of several files"),
        (["a/receipt.csv", "b/receipt.csv"], ["receipt.csv"], "is the name of several files"),
        (["receipt.csv"], [], "did not come with the case"),
        (["../receipt.csv"], ["receipt.csv"], "leaves the folder"),
        (["receipt.csv"], ["receipt.csv", "photo.png"], '"photo.png" is not named in the intake file'),
    ],
)
def test_evidence_that_is_ambiguous_missing_or_not_named_is_refused(
    bjorn: Client, paths: list[str], names: list[str], message: str
) -> None:
    answer = sent(bjorn, minimal(evidence=[{"path": path} for path in paths]), *map(file, names))
    assert any(message in line for line in problems(answer)), problems(answer)
    assert not Case.objects.exists()


def test_a_known_number_brings_the_case_up_to_date(bjorn: Client) -> None:
    sent(bjorn, minimal())
    sent(bjorn, minimal(fraud__kind="loan"))
    assert Case.objects.get().fraud_kind == "loan"


def test_a_case_that_is_not_open_stays_as_it_is_and_nobody_learns_whose_it_is(
    desk: Desk, bjorn: Client, emeka: Client
) -> None:
    sent(signed_in(AMARA)[0], minimal())
    for client in (bjorn, emeka):
        (line,) = problems(sent(client, minimal(fraud__kind="loan")))
        assert line.startswith("external_id: is the number of a case that is not yours to change")
        assert "Amara" not in line
    assert read_case_file(Case.objects.get().pk).case.fraud_kind == "romance"


def test_a_file_without_a_number_sent_twice_from_one_page_makes_one_case(bjorn: Client) -> None:
    token = controls(bjorn.get(URL))["token"]
    for _ in range(2):
        sent(bjorn, minimal(external_id=None), token=token)
    assert Case.objects.count() == 1
    sent(bjorn, minimal(external_id=None, victim__full_name="Somebody Else"), token=token)
    assert Case.objects.count() == 2


def test_an_intake_volunteer_is_told_the_number_alone(emeka: Client) -> None:
    answer = sent(emeka, minimal())
    assert answer["Location"] == "/workspace/cases/case/taken/"
    assert Case.objects.get().number in emeka.get(answer["Location"]).content.decode()


def test_an_analyst_takes_in_no_file(chiara: Client) -> None:
    assert chiara.get(URL).status_code == 403
    assert sent(chiara, minimal()).status_code == 403
    assert not Case.objects.exists()


def test_who_brings_a_case_up_to_date_is_told_what_the_file_did_not_take_back(bjorn: Client) -> None:
    sent(bjorn, minimal())
    case = Case.objects.get()
    ties = {"ties-asked": "on", "ties-states": ["CN"], "ties-seen": case.updated_at.isoformat()}
    bjorn.post(f"/workspace/cases/case/{case.pk}/ties/", ties)
    answer = sent(bjorn, minimal(fraud__kind="loan"))
    page = bjorn.get(answer["Location"]).content.decode()
    assert "What a member recorded to protect the person stands, whatever the file says: the answer about ties." in page
    assert Case.objects.get().ties_to == ["CN"]


def test_a_file_that_names_another_place_than_a_member_is_refused_on_the_page(bjorn: Client) -> None:
    sent(bjorn, minimal())
    case = Case.objects.get()
    facts = f"/workspace/cases/case/{case.pk}/facts/"
    answer = bjorn.post(facts, controls(bjorn.get(facts)) | {"triage.held_in": "MM"})
    assert answer.status_code == 302
    (line,) = problems(sent(bjorn, minimal(fraud__kind="loan", triage={"held_in": "KH"})))
    assert line.startswith("triage.held_in: the case names another country; settle it")
    now = Case.objects.get()
    assert (now.held_in, now.fraud_kind) == ("MM", "romance")
