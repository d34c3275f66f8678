"""``manage.py rotate_master_key``: after a new master key was put in front."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from accounts.actions.keys import rewrap_data_keys, rewrap_second_factors


class Command(BaseCommand):
    """Wrap every data key and second factor with the first master key; the older ones can be removed afterwards."""

    help = "Wrap every organization's data keys, and people's second factors, with the first of the master keys."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        """Wrap, and say how many."""
        self.stdout.write(f"{rewrap_data_keys(by=None)} data keys wrapped anew")
        self.stdout.write(f"{rewrap_second_factors(by=None)} second factors wrapped anew")
