"""``manage.py backup DIR``: everything, sealed, into a folder."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from accounts.backup import BackupRefused, write_backup


class Command(BaseCommand):
    """Write a backup. Without the master keys, which are never in it, nobody can read it."""

    help = "Write every row and every file, encrypted, into DIR, a new or empty folder. Keep the master keys elsewhere."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the folder."""
        parser.add_argument("folder", type=Path, metavar="DIR")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        """Write, and say how much."""
        try:
            made = write_backup(options["folder"])
        except (BackupRefused, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{made.organizations} organizations, {made.rows} rows, {len(made.files)} files written")
