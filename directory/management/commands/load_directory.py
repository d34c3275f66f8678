"""`manage.py load_directory`: bring the directory's data files into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from directory.actions.directory import load_directory


class Command(BaseCommand):
    """Load the directory; a second run changes nothing, and what a curator changed stays."""

    help = "Load agencies, missions and their contact points; changes by people are kept, nothing is deleted."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load, and say what was done."""
        self.stdout.write(str(load_directory()))
