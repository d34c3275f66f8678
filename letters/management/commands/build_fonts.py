"""Make the fonts that letters are set in: once at set-up, and again when Debian's packages changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from letters.documents.building import build_fonts
from letters.documents.fonts import FONTS, FontsMissing


class Command(BaseCommand):
    """`manage.py build_fonts`."""

    help = "Build the pre-subset Chinese faces, fonts.conf and the table of printable characters in var/fonts."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Build what is missing or out of date, and say so."""
        try:
            built = build_fonts()
        except FontsMissing as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{FONTS}: {'built' if built else 'unchanged'}")
