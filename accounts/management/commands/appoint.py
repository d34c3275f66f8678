"""``manage.py appoint``: how a curator of the directory begins and ends."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from accounts.actions.duties import appoint, dismiss
from accounts.mail import new_password_link
from accounts.roles import PlatformDuty


class Command(BaseCommand):
    """Give a person a duty for the platform, or end it."""

    help = "Make somebody a curator of the directory (two of them change an address), or, with --end, no more."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whom."""
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="as colleagues know them; for a person who is new here")
        parser.add_argument("--duty", type=PlatformDuty, default=PlatformDuty.CURATOR, choices=list(PlatformDuty))
        parser.add_argument("--end", action="store_true", help="end the duty instead")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and print how somebody new chooses a password."""
        email, duty = options["email"], options["duty"]
        if options["end"]:
            if not dismiss(email=email, duty=duty):
                raise CommandError(f"{email} is no {duty}")
            self.stdout.write(f"{email} is {duty} no more")
            return
        try:
            person = appoint(email=email, name=options["name"], duty=duty)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"{email} is {duty}")
        if not person.has_usable_password():
            self.stdout.write(f"to choose a password, once, within three days: {new_password_link(person)}")
