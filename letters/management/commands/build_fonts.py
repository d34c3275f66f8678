"""Make the fonts that letters are set in: once at set-up, and again when Debian's packages changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from letters.documents.building import FontsMissing, build_fonts
from letters.documents.fonts import FONTS


class Command(BaseCommand):
    help = "Build the pre-subset Chinese faces, fonts.conf and the table of printable characters in var/fonts."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            built = build_fonts()
        except FontsMissing as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{FONTS}: {'built' if built else 'unchanged'}")
