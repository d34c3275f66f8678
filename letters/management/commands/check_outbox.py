"""`manage.py check_outbox` tells whether letters wait for a person, for a timer that raises the alarm."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from letters.queries.outbox import Troubles, outbox_troubles


class Command(BaseCommand):
    """Print counts, never a person or a case, and leave with status 1 when there is anything."""

    help = (
        "Count the letters that are uncertain, failed (refused, or stopped by the rules) or overdue (by more than an"
        " hour): a line per organization that has any, then one for all; exit status 1 when there is any."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Count, one organization at a time."""
        found = outbox_troubles()
        for slug, troubles in found.items():
            if troubles:
                self.stdout.write(f"{slug}: {troubles}")
        total = sum(found.values(), start=Troubles())
        self.stdout.write(f"all: {total}")
        if total:
            sys.exit(1)
