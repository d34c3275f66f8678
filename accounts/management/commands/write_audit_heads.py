"""``manage.py write_audit_heads``: for a daily timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from accounts.actions.auditheads import write_heads


class Command(BaseCommand):
    """Append the end of every audit chain to ``var/audit-heads.log``."""

    help = "Append the end of every audit chain to var/audit-heads.log, so that verify_audit sees a cut tail."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        """Write, and say how many."""
        self.stdout.write(f"{write_heads()} heads written")
