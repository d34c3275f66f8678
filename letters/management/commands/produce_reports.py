"""`manage.py produce_reports CASE.json --out DIR`: from an intake file to its reports, without a browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseTrouble
from django.utils import timezone

from accounts.management.commands.create_organization import FIRST
from accounts.models import Organization
from accounts.tenancy import PLATFORM_ORGANIZATION_ID
from accounts.tenancy import organization as acting_for
from cases.intake import IntakeRefused, read_intake
from cases.intake.records import EvidenceChanged
from directory.queries import agency_keys
from letters.actions.produce import LetterNotMade, by_worker, in_process, produce_reports
from letters.exporting import write_reports

_BLOCKED, _REFUSED, _NOT_MADE = 1, 2, 3


class Command(BaseCommand):
    """Exit status: 0 done, 1 a rule blocks a report, 2 the input is refused, 3 a letter could not be made."""

    help = "Read one case and write its plan and its reports. Nothing is sent."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file, the folder, and for whom."""
        parser.add_argument("case", type=Path, metavar="CASE.json")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")
        parser.add_argument(
            "--organization", metavar="SLUG", help="default: the only one there is, or the one that set-up made"
        )
        parser.add_argument("--worker", action="store_true", help="let a running worker make the letters, and wait")
        parser.add_argument("--wait", type=float, default=300, metavar="SECONDS", help="how long to wait for a worker")

    def handle(self, *_args: Any, case: Path, out: Path, organization: str | None, **options: Any) -> None:
        """Refuse the file with every problem, or write its reports."""
        today = timezone.localdate()
        _require_folder(out)
        try:
            owner = _organization(organization)
            intake = read_intake(case, known_agencies=agency_keys(), today=today)
            make = by_worker(options["wait"]) if options["worker"] else in_process
            produced = produce_reports(intake, owner, by=None, today=today, make=make)
            with acting_for(owner.pk):
                write_reports(out, produced.document, produced.asked)
        except IntakeRefused as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            sys.exit(_REFUSED)
        except EvidenceChanged as changed:
            self.stderr.write(f"(document): {changed}")
            sys.exit(_REFUSED)
        except (LetterNotMade, OSError, DatabaseTrouble) as problem:
            raise CommandError(str(problem), returncode=_NOT_MADE) from problem
        self._tell(produced.document, out)
        sys.exit(_BLOCKED if produced.blocked else 0)

    def _tell(self, document: dict[str, Any], out: Path) -> None:
        for report in document["reports"]:
            self.stdout.write(f"{report['status']:<17} {report['agency']}")
        self.stdout.write(f"{document['case']}: {len(document['reports'])} reports, see {out / 'plan.json'}")


def _require_folder(out: Path) -> None:
    """Refuse what can hold no files before the case is taken; a folder that is not there yet is made at the end."""
    try:
        nearest = next(path for path in (out, *out.absolute().parents) if path.exists())
        fits = nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
    except OSError as problem:  # a name that is too long, a folder that may not be entered
        raise CommandError(f"--out: {problem.strerror}; name another folder", returncode=_REFUSED) from problem
    if not fits:
        raise CommandError(f"--out: {nearest} is no folder to write into; name another one", returncode=_REFUSED)


def _organization(slug: str | None) -> Organization:
    """The one that is named; else the only one, or beside the demo's the one that set-up made."""
    known = Organization.objects.exclude(pk=PLATFORM_ORGANIZATION_ID)
    found = list(known[:2] if slug is None else known.filter(slug=slug))
    if slug is None and len(found) > 1:
        found = list(known.filter(slug=FIRST["slug"]))
    if len(found) == 1:
        return found[0]
    slugs = ", ".join(Organization.objects.exclude(pk=PLATFORM_ORGANIZATION_ID).values_list("slug", flat=True))
    whom = f"Say for whom with --organization SLUG. There are: {slugs or 'none; run make setup'}"
    raise CommandError(whom, returncode=_REFUSED)  # as for any wrong argument; 1 means that a rule blocks a report
