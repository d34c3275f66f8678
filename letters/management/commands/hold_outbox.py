"""`manage.py hold_outbox`: after a restore, before a worker starts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from letters.delivery.doubting import hold_everything


class Command(BaseCommand):
    """Send nothing twice: what waited when the backup was written may have been sent since."""

    help = "After a restore: hold every e-mail that waits in the outbox until a person says whether it was sent."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Hold, and say how many."""
        self.stdout.write(f"{hold_everything()} letters are held for a person")
