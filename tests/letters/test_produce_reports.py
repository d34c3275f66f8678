"""`manage.py produce_reports`: the main job without a browser, end to end, with real PDFs and signatures."""

import email
import email.policy
import hashlib
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from cases.models import Case
from config import files
from letters.models import Letter
from tests.desk import Desk, a_desk
from tests.intakes import CASES, Document, changed, chinese, consent, held, minimal, sample

US, PY, GHANA = "us-investment-27-transfers.json", "py-task-work-no-embassy.json", "us-romance-ghana.json"
ATTENTION = "To The Attention of the Honorable Ambassador of the People's Republic of China"


@dataclass
class Run:
    """What one run of the command left behind."""

    status: int
    folder: Path

    @property
    def plan(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads((self.folder / "plan.json").read_text())
        return document

    @property
    def reports(self) -> dict[str, dict[str, Any]]:
        return {report["agency"]: report for report in self.plan["reports"]}

    @property
    def files(self) -> dict[str, bytes]:
        paths = [path for path in self.folder.rglob("*") if path.is_file() and path.name != "plan.json"]
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in paths}

    def text(self, path: str) -> str:
        return subprocess.run(
            ["pdftotext", "-raw", self.folder / path, "-"], capture_output=True, text=True, check=True
        ).stdout

    def signature(self, path: str) -> str:
        return subprocess.run(["pdfsig", self.folder / path], capture_output=True, text=True, check=False).stdout


@pytest.fixture(scope="module")
def shared_desk(shipped_directory: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A desk for the runs that several tests look at; rendering is the slow part."""
    vault = files.vault({}, tmp_path_factory.mktemp("vault"))
    with override_settings(STORAGES=settings.STORAGES | {"vault": vault}), a_desk("shared"):
        yield


@pytest.fixture(scope="module")
def us(shared_desk: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The reports of the sample with 27 transfers."""
    return produce(CASES / US, tmp_path_factory.mktemp("us"), "shared")


@pytest.fixture(scope="module")
def py(shared_desk: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The reports of the sample from Paraguay."""
    return produce(CASES / PY, tmp_path_factory.mktemp("py"), "shared")


def produce(case: Path | Document, out: Path, organization: str = "north") -> Run:
    if isinstance(case, dict):
        document, case = case, out.with_name(f"{out.name}.json")
        case.write_text(json.dumps(document))
    with pytest.raises(SystemExit) as left:
        call_command("produce_reports", str(case), out=out, organization=organization)
    return Run(int(left.value.code or 0), out)


def test_the_plan_of_a_sample_says_what_is_on_disk_and_every_file_is_what_its_status_says(us: Run) -> None:
    assert us.status == 0
    assert sorted(us.files) == sorted(path for report in us.reports.values() for path in report["files"])
    for report in us.reports.values():
        names = [path.rpartition("/")[2] for path in report["files"]]
        expected = {
            "information": [],
            "filed": [],
            "blocked": [],
            "needs_supervisor": ["report.pdf"],
            "awaiting_consent": ["report.pdf"],
            "ready": ["report.pdf", "report.eml"] if report["channel"] == "email" else ["report.pdf"],
        }
        assert names == expected[report["status"]], report["agency"]


def test_27_transfers_total_exactly_wherever_a_total_stands(us: Run) -> None:
    assert us.plan["totals"] == [{"currency": "USDT", "sent": "1310500", "returned": "0", "lost": "1310500"}]
    text = us.text("cn-embassy-us/report.pdf")
    assert text.count("1,310,500") >= 2
    body = mail_of(us, "cn-embassy-us").get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "1,310,500" in body


def test_a_sealed_letter_is_signed_whole_and_one_flipped_byte_breaks_it(desk: Desk, tmp_path: Path) -> None:
    run = produce(chinese(consents=[consent("cn-embassy-us")]), tmp_path / "one")
    path = "cn-embassy-us/report.pdf"
    assert "Signature is Valid" in run.signature(path)
    assert "Total document signed" in run.signature(path)
    checked = subprocess.run(["qpdf", "--check", run.folder / path], capture_output=True, check=False)
    assert checked.returncode == 0
    data = bytearray(run.files[path])
    data[len(data) // 3] ^= 1
    (run.folder / path).write_bytes(data)
    assert "Signature is Valid" not in run.signature(path)


def test_a_report_that_waits_is_an_unsigned_draft_marked_on_every_page_without_an_email(
    desk: Desk, tmp_path: Path
) -> None:
    run = produce(chinese(), tmp_path / "draft")
    report = run.reports["cn-embassy-us"]
    assert (report["status"], report["files"]) == ("awaiting_consent", ["cn-embassy-us/report.pdf"])
    pages = run.text(report["files"][0]).rstrip("\f").split("\f")
    assert all(page.split().count("DRAFT") == 1 for page in pages)
    assert "does not contain any signatures" in run.signature(report["files"][0])


def test_the_email_begins_with_the_attention_line_and_carries_the_signed_pdf_alone(us: Run) -> None:
    mail = mail_of(us, "cn-embassy-us")
    assert mail.get_body(("plain",)).get_content().splitlines()[0] == ATTENTION  # type: ignore[union-attr]
    attachments = [part.get_content() for part in mail.iter_attachments()]
    assert attachments == [us.files["cn-embassy-us/report.pdf"]]
    assert mail.get_all("To") == ["chinaembpress_us@mfa.gov.cn"]
    assert mail["Cc"] is None
    assert mail["Bcc"] is None


def test_letter_and_email_carry_every_identifier_and_transfer_as_given(py: Run) -> None:
    document = sample(PY)
    body = mail_of(py, "cn-government-mailbox").get_body(("plain",)).get_content()  # type: ignore[union-attr]
    letter = "".join(py.text("cn-government-mailbox/report.pdf").split())
    given = [i["value"] for i in document["identifiers"]]
    given += [t[key] for t in document["transfers"] for key in ("to_account", "reference") if key in t]
    for value in given:
        assert value in body
        assert "".join(value.split()) in letter


def test_a_foreign_state_is_not_told_birth_own_accounts_or_nationality(us: Run) -> None:
    for text in (us.text("cn-embassy-us/report.pdf"), us.text("cn-government-mailbox/report.pdf")):
        assert "1961" not in text
        assert "exchange account of the victim" not in text
    assert "exchange account of the victim" in us.text("institution-harborline-exchange-fictitious/report.pdf")


def test_a_second_run_with_unchanged_facts_writes_the_same_sealed_bytes(desk: Desk, tmp_path: Path) -> None:
    first = produce(CASES / PY, tmp_path / "first")
    second = produce(CASES / PY, tmp_path / "second")
    assert first.files == second.files
    assert first.plan == second.plan
    assert Case.objects.count() == 1


def test_a_changed_fact_makes_a_new_letter_and_files_that_are_no_more_are_removed(desk: Desk, tmp_path: Path) -> None:
    document = chinese(consents=[consent("cn-embassy-us")])
    before = produce(document, tmp_path / "out").files["cn-embassy-us/report.pdf"]
    document = changed(document, fraud__impact__financial="I lost my house.")
    after = produce(document, tmp_path / "out")
    assert after.files["cn-embassy-us/report.pdf"] != before
    withdrawn = produce(changed(document, consents=[]), tmp_path / "out")
    assert "cn-embassy-us/report.eml" not in withdrawn.files


def test_an_agency_that_leaves_the_plan_leaves_no_letter_behind(desk: Desk, tmp_path: Path) -> None:
    document = chinese(consents=[consent("cn-embassy-us")])
    assert "cn-embassy-us/report.eml" in produce(document, tmp_path / "out").files
    foreign = tmp_path / "out" / "notes" / "report.pdf"
    foreign.parent.mkdir()
    foreign.write_text("somebody else's")
    nothing_chinese = {"money_sent_to": ["US"], "offender_spoke": ["en"], "offender_had_chinese_name": False}
    after = produce(changed(document, triage=nothing_chinese), tmp_path / "out")
    assert not [path for path in after.files if path.startswith("cn-")]
    assert "notes/report.pdf" in after.files


def test_a_blocked_report_has_no_files_and_the_status_is_1(desk: Desk, tmp_path: Path) -> None:
    impact = {"emotional": "I was scammed.", "financial": "I lost my savings."}
    run = produce(chinese(fraud__impact=impact, consents=[consent("cn-embassy-us")]), tmp_path / "blocked")
    report = run.reports["cn-embassy-us"]
    assert run.status == 1
    assert (report["status"], report["files"]) == ("blocked", [])
    problem = next(p for p in report["problems"] if p["rule"] == "forbidden-word")
    assert (problem["severity"], problem["field"]) == ("error", "fraud.impact.emotional")


def test_a_refused_file_tells_every_problem_in_a_line_and_leaves_nothing(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = minimal(transfers=[{"amount": "0", "currency": "usd", "mechanism": "barter"}], surprise=1)
    run = produce(bad, tmp_path / "refused")
    lines = capsys.readouterr().err.strip().splitlines()
    assert run.status == 2
    assert {line.split(":")[0] for line in lines} == {
        "surprise",
        "transfers.0.amount",
        "transfers.0.currency",
        "transfers.0.mechanism",
    }
    assert not run.folder.exists()
    assert not Case.objects.exists()


@pytest.mark.parametrize("name", ["nobody", ""])
def test_an_organization_that_does_not_exist_is_a_wrong_argument_and_no_blocked_report(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    with pytest.raises(CommandError) as refused:
        produce(minimal(), tmp_path / "out", organization=name)
    assert refused.value.returncode == 2
    assert not (tmp_path / "out").exists()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("file", "file is no folder to write into"),
        ("file/below", "file is no folder to write into"),
        ("n" * 300, "File name too long"),
    ],
)
def test_where_no_folder_can_be_the_case_is_not_taken(desk: Desk, tmp_path: Path, place: str, told: str) -> None:
    (tmp_path / "file").write_text("mine")
    case = tmp_path / "case.json"
    case.write_text(json.dumps(minimal()))
    with pytest.raises(CommandError, match=told) as refused:
        call_command("produce_reports", str(case), out=tmp_path / place, organization="north")
    assert refused.value.returncode == 2
    assert not Case.objects.exists()
    assert (tmp_path / "file").read_text() == "mine"


def test_evidence_is_kept_by_its_hash_and_listed_without_its_name(us: Run) -> None:
    sha256 = hashlib.sha256((CASES / "evidence/wire-receipt.png").read_bytes()).hexdigest()
    text = us.text("cn-embassy-us/report.pdf")
    assert sha256 in "".join(text.split())
    assert "wire-receipt" not in text
    assert "withdrawals.csv" not in text


def test_a_held_persons_place_is_printed_nowhere(desk: Desk, tmp_path: Path) -> None:
    run = produce(held(), tmp_path / "held")
    assert [r["status"] for r in run.reports.values()] == ["needs_supervisor"] * 3
    for path in run.files:
        info = subprocess.run(["pdfinfo", run.folder / path], capture_output=True, text=True, check=True).stdout
        for text in (run.text(path), info):
            assert "cambodia" not in text.lower()
            assert "phnom" not in text.lower()
            assert "nakuru" not in text.lower()


@pytest.mark.usefixtures("desk")
def test_sealed_letters_do_not_change_in_the_database(tmp_path: Path) -> None:
    produce(chinese(consents=[consent("cn-embassy-us")]), tmp_path / "one")
    letter = Letter.objects.filter(state="sealed").latest("asked_at")
    letter.document_sha256 = "0" * 64
    with pytest.raises(Exception, match="a sealed letter does not change"):
        letter.save()


def mail_of(run: Run, key: str) -> email.message.EmailMessage:
    message = email.message_from_bytes(run.files[f"{key}/report.eml"], policy=email.policy.default)
    assert isinstance(message, email.message.EmailMessage)
    return message
