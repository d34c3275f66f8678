"""Intake of 1,000 cases: from JSON to tables and plan, beside parsing the same JSON alone. Nothing is kept."""

import json
from datetime import date
from pathlib import Path

from django.db import transaction

from accounts.actions.organizations import create_organization
from accounts.tenancy import organization as acting_for
from benchmarks.measure import line, once
from cases.actions.take_intake import take_intake
from cases.case_file import read_case_file
from cases.intake import Intake, parse_intake
from cases.plan import build_plan
from directory.queries import agency_keys

_CASE = Path(__file__).parents[1] / "cases/data/demo/py-task-work-no-embassy.json"
_CASES = 1000


def main() -> None:
    """Print the lines."""
    document = json.loads(_CASE.read_text())
    files = [json.dumps({**document, "external_id": f"BENCH-{number}"}).encode() for number in range(_CASES)]
    keys, today = agency_keys(), date(2026, 11, 23)
    bare = once(lambda: [json.loads(data) for data in files])
    intakes: list[Intake] = []
    checked = once(lambda: intakes.extend(parse_intake(data, known_agencies=keys, today=today) for data in files))
    line("intake, 1,000 cases checked", _CASES / checked, "cases/s", f"json.loads {bare:.3g} s", checked / bare)
    with transaction.atomic():
        owner = create_organization(slug="benchmark", name="Benchmark", by=None)
        with acting_for(owner.pk):
            taken = once(lambda: [take_intake(intake, by=None, today=today) for intake in intakes])
            line(
                "intake, 1,000 cases taken into tables",
                _CASES / taken,
                "cases/s",
                f"checking {checked:.3g} s",
                taken / checked,
            )
            cases = [take_intake(intake, by=None, today=today) for intake in intakes[:100]]
            planned = once(lambda: [build_plan(read_case_file(case.pk)) for case in cases])
            line("plan of a case", planned / len(cases) * 1000, "ms", f"taking it {taken:.3g} ms", planned * 10 / taken)
        transaction.set_rollback(True)
