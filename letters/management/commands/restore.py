"""``manage.py restore DIR``: a backup into an empty database and its vault, with the outbox held."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from accounts.backup import BackupRefused, restore_backup, verify_backup
from accounts.masterkeys import MasterKeyError
from letters.delivery.doubting import hold_everything


class Command(BaseCommand):
    """Restore a backup, whole and verified, or change nothing; what waited to be sent is held for a person."""

    help = "Restore the backup in DIR into an empty database, which is made where it is missing, and its vault."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the folder."""
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--check", action="store_true", help="read the whole backup and restore nothing")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        """Restore or check, and say how much."""
        try:
            if options["check"]:
                _, made = verify_backup(options["folder"])
            else:
                made = restore_backup(options["folder"], last=hold_everything)
        except (BackupRefused, MasterKeyError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        done = "are whole" if options["check"] else "restored; hashes are equal, walls and audit trails whole"
        self.stdout.write(
            f"{made.organizations} organizations, {made.rows} rows, {len(made.files)} files of {made.written_at} {done}"
        )
        if not options["check"]:
            self.stdout.write("e-mails that waited to be sent are held for a person; check_outbox counts them")
