"""``manage.py check_isolation`` tells whether the tenant walls are whole."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from accounts.queries.isolation import faults


class Command(BaseCommand):
    """Print each fault in a line, and leave with status 1 when there is one."""

    help = "Check that every table is behind its tenant wall; a line per fault, exit status 1 when there is one."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        """Compare the database with the walls."""
        found = faults()
        for fault in found:
            self.stderr.write(fault)
        if found:
            sys.exit(1)
        self.stdout.write("The walls are whole.")
