"""Two work on the same case at once: neither loses what the other did, and neither is turned away."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from accounts.actions.organizations import create_organization
from accounts.models import User
from accounts.tenancy import organization as acting_for
from cases.actions import former, reports
from cases.actions import take_intake as taking
from cases.actions.evidence import add_evidence
from cases.actions.facts import change_facts
from cases.actions.screening import overrule_nexus
from cases.enums import NexusAnswer
from cases.intake import Intake, parse_intake
from cases.intake.evidence_paths import EvidenceFolder
from cases.models import Case, Report
from tests.desk import TODAY
from tests.intakes import Document, minimal
from tests.people import AMARA


def read(document: Document, folder: Path) -> Intake:
    data = json.dumps(document).encode()
    return parse_intake(data, known_agencies=frozenset(), today=TODAY, evidence=EvidenceFolder(folder))


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_given_while_evidence_is_stored_is_not_lost(
    private_folders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "receipt.txt").write_bytes(b"a receipt")
    north = create_organization(slug="north", name="North", by=None).pk
    with acting_for(north):
        amara = AMARA.sign_up()
        case = taking.take_intake(read(minimal(), tmp_path), by=None, today=TODAY)

    def overrule() -> None:
        try:
            with acting_for(north):
                seen = Case.objects.select_for_update(no_key=True).get(pk=case.pk).updated_at
                overrule_nexus(case=case, answer=NexusAnswer.YES, reason="the bank traced it", seen=seen, by=amara)
        finally:
            connection.close()

    colleague, store = Thread(target=overrule), taking._store

    def slow(*evidence: Any) -> Any:
        colleague.start()
        colleague.join(timeout=1)  # it has to wait for the file
        return store(*evidence)

    monkeypatch.setattr(taking, "_store", slow)
    with acting_for(north):
        taking.take_intake(read(minimal(evidence=[{"path": "receipt.txt"}]), tmp_path), by=None, today=TODAY)
    colleague.join(timeout=30)
    with acting_for(north):
        now = Case.objects.get(pk=case.pk)
    assert (now.nexus_overrule, now.nexus_overrule_reason) == ("yes", "the bank traced it")


def change_a_fact(case: Case, by: User, folder: Path) -> None:
    change_facts(case=case, intake=read(minimal(fraud__kind="loan"), folder), seen=case.updated_at, by=by)


def add_a_file(case: Case, by: User, _folder: Path) -> None:
    add_evidence(case=case, name="a.txt", data=b"a", description="", by=by)


@pytest.mark.parametrize("change", [change_a_fact, add_a_file])
@pytest.mark.django_db(transaction=True)
def test_who_takes_a_report_back_and_who_changes_the_case_do_not_wait_for_each_other_for_ever(
    private_folders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Case, User, Path], None]
) -> None:
    north, done, take_out = create_organization(slug="north", name="North", by=None).pk, [], former.take_out
    with acting_for(north):
        amara = AMARA.sign_up()
        case = taking.take_intake(read(minimal(), tmp_path), by=None, today=TODAY)
        report = reports.record_report(case=case, agency_key="", agency_name="A", filed_on=TODAY, by=amara)

    def work() -> None:
        try:
            with acting_for(north):
                change(case, amara, tmp_path)
                done.append("changed")
        finally:
            connection.close()

    colleague = Thread(target=work)

    def slow(rows: Any) -> None:  # the trail is written, the case not yet looked at
        colleague.start()
        colleague.join(timeout=1)
        take_out(rows)

    monkeypatch.setattr(reports, "take_out", slow)
    with acting_for(north):
        reports.take_back_report(report=report, by=amara)
    colleague.join(timeout=30)
    with acting_for(north):
        assert (done, Report.objects.exists()) == (["changed"], False)
