"""`manage.py demo`: fictitious organizations, people and cases, to try Redress with."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from letters.actions.produce import LetterNotMade
from letters.management.demo.accounts_file import AccountsFile
from letters.management.demo.filling import fill_cases, fill_people
from letters.management.demo.people import people


class Command(BaseCommand):
    """Fill the database with the demo, and write who can sign in; a second run changes nothing."""

    help = "Make the demo's organizations, people and cases, and write var/demo.json. Refused in production."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make what is missing, and say where the accounts stand."""
        if settings.PRODUCTION:
            raise CommandError("The demo is not for production: everybody who reads demo.json could sign in.")
        accounts = AccountsFile.read(settings.VAR_DIR / "demo.json")
        fill_people(accounts)
        accounts.write(people(), base_url=settings.SITE_URL)
        try:
            fill_cases(today=timezone.localdate())
        except LetterNotMade as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"The demo is ready; {accounts.path} says who can sign in.")
