"""``manage.py create_organization``: the plain way to make an organization."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.actions.organizations import create_organization
from accounts.models import Organization


class Command(BaseCommand):
    """Make an organization unless its slug exists, and print the slug."""

    help = "Create an organization with its keys, unless there is one with this slug; print the slug."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--slug", required=True)
        parser.add_argument("--name", required=True)
        for option in ("letterhead", "postal-address", "sending-email", "reply-email", "phone", "website"):
            parser.add_argument(f"--{option}", default="")
        parser.add_argument("--country", action="append", default=[], dest="countries")
        parser.add_argument("--language", action="append", default=[], dest="languages")

    def handle(self, *args: Any, slug: str, name: str, **options: Any) -> None:
        if not Organization.objects.filter(slug=slug).exists():
            names = {field.name for field in Organization._meta.get_fields()}
            fields = {key: value for key, value in options.items() if key in names}
            try:
                create_organization(slug=slug, name=name, by=None, **fields)
            except ValidationError as error:
                raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(slug)
