"""``manage.py verify_audit`` tells whether the audit trail is whole."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from accounts.models import Organization
from accounts.queries.audit import first_fault, heads_file, missing_organizations, spoilt_lines, written_heads


class Command(BaseCommand):
    """Name the first broken row of each chain, who is missing, and spoilt lines of the heads; status 1 for any."""

    help = "Verify the hash chain of every organization (or one), with the heads that were written outside."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one organization, or all."""
        parser.add_argument("--organization", metavar="SLUG")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        """Walk the chains."""
        written, spoilt = written_heads(), spoilt_lines()
        for number in spoilt:
            self.stderr.write(f"{heads_file().name}, line {number}: not the head of an audit trail, or half of one")
        missing = {} if options["organization"] else missing_organizations(written)
        for pk, entries in missing.items():
            self.stderr.write(f"{pk}: the organization is missing; {entries} entries were written outside")
        broken = [self._verify(tenant, written) for tenant in self._organizations(options["organization"])]
        if spoilt or missing or any(broken):
            sys.exit(1)

    def _organizations(self, slug: str | None) -> list[Organization]:
        found = Organization.objects.all()
        if slug is not None and not found.filter(slug=slug).exists():
            raise CommandError(f"there is no organization {slug}")
        return list(found.filter(slug=slug) if slug is not None else found)

    def _verify(self, tenant: Organization, written: Any) -> bool:
        fault = first_fault(tenant, written)
        if fault:
            self.stderr.write(f"{tenant.slug}: {fault}")
        else:
            self.stdout.write(f"{tenant.slug}: whole")
        return fault is not None
