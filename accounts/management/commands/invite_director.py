"""``manage.py invite_director``: the first person of an organization, who invites everybody else."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from accounts.actions.invitations import invite_first_director
from accounts.mail import invitation_link
from accounts.models import Organization
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization


class Command(BaseCommand):
    """Invite the first director of an organization, by mail and by a link to pass on."""

    help = "Invite an organization's first director, and print the link as well. Refused where there is a director."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whom, and where."""
        parser.add_argument("email")
        parser.add_argument("--organization", metavar="SLUG", required=True)

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        """Invite, and print the link, which works once and for 72 hours."""
        slug = options["organization"]
        tenant = Organization.objects.exclude(id=PLATFORM_ORGANIZATION_ID).filter(slug=slug).first()
        if tenant is None:
            raise CommandError(f"there is no organization {slug}")
        try:
            with organization(tenant.pk):
                invitation = invite_first_director(email=options["email"])
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(invitation_link(invitation.token or ""))
