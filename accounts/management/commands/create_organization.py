"""``manage.py create_organization``: the plain way to make an organization."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from accounts.actions.organizations import create_organization
from accounts.models import Organization
from accounts.tenancy import PLATFORM_ORGANIZATION_ID

#: What set-up makes on a fresh machine, so that a first letter can be written. Fictitious: change it before use.
FIRST: dict[str, Any] = {
    "slug": "example",
    "name": "Example Victim Support",
    "letterhead": "Registered charity 000000\nHelp for people who were defrauded online",
    "postal_address": "12 Example Street\nLondon EC1A 1AA\nUnited Kingdom",
    "sending_email": "reports@example.org",
    "reply_email": "replies@example.org",
    "phone": "+44 20 7946 0000",
    "website": "https://www.example.org/",
    "languages": ["en"],
    "privacy_notice": "We use what you tell us to report the crime where you agreed to it, and for nothing else.",
}


class Command(BaseCommand):
    """Make an organization unless its slug exists, and print the slug."""

    help = (
        "Create an organization with its keys, unless there is one with this slug; print the slug. "
        "Without --slug: see to it that there is at least one."
    )

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what a letter needs; each option stands for a field of the organization."""
        for option in (
            "slug",
            "name",
            "letterhead",
            "postal-address",
            "sending-email",
            "reply-email",
            "phone",
            "website",
        ):
            parser.add_argument(f"--{option}")
        parser.add_argument("--privacy-notice")
        parser.add_argument("--country", action="append", dest="countries", metavar="CC")
        parser.add_argument("--language", action="append", dest="languages", metavar="TAG")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        """Create what is missing."""
        names = {field.name for field in Organization._meta.get_fields()}
        given = {key: value for key, value in options.items() if key in names and value is not None}
        if given and not {"slug", "name"} <= given.keys():
            raise CommandError("--slug and --name are needed together")
        existing = self._existing(given.get("slug"))
        self.stdout.write(existing.slug if existing else self._create(given).slug)

    def _existing(self, slug: str | None) -> Organization | None:
        found = Organization.objects.exclude(id=PLATFORM_ORGANIZATION_ID).order_by("created_at")
        return (found if slug is None else found.filter(slug=slug)).first()

    def _create(self, given: dict[str, Any]) -> Organization:
        try:
            return create_organization(**{"by": None, **(given or FIRST)})
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
