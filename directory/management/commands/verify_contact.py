"""`manage.py verify_contact KEY --source … --by …`: the plain way to verify a contact point."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from directory.actions.contacts import verify_contact
from directory.enums import Channel


class Command(BaseCommand):
    """Record that a person saw an agency's address published, where and when."""

    help = "Verify an agency's main contact point, or the one of a channel, against a source."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the agency's key, the source, the person, and optionally channel, value and day."""
        parser.add_argument("key", help="the agency's key, for example cn-embassy-us")
        parser.add_argument("--source", required=True, help="where it was seen: a URL, or words")
        parser.add_argument("--by", required=True, help="who saw it: an e-mail address or a name")
        parser.add_argument("--channel", choices=[channel.value for channel in Channel])
        parser.add_argument("--value", default="", help="the address itself, where there are several")
        parser.add_argument("--on", type=day, help="the day, as 2026-11-23; today if not given")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Verify, and print what was verified; exit with status 1 and one line of reason when refused."""
        channel = Channel(options["channel"]) if options["channel"] else None
        asked = {name: options[name] for name in ("key", "source", "by", "value", "on")}
        try:
            contact = verify_contact(channel=channel, **asked)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(
            f"{options['key']}: {contact.channel} {contact.value}, "
            f"verified on {contact.verified_on} by {contact.verified_by}"
        )


def day(text: str) -> dt.date:
    """Read a date as 2026-11-23; the name is what a refusal shows."""
    return dt.date.fromisoformat(text)
