"""Django's `migrate`, as the database's owner, with the application's role and its grants."""

from typing import Any

from django.core.management.commands import migrate

from accounts import ownership


class Command(migrate.Command):
    """The owner migrates; the application's login is given what it needs of the tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing (a migration may name the role), migrate, then grant."""
        if options["check_unapplied"] or options["plan"]:
            super().handle(*args, **options)
            return
        with ownership.as_owner():
            ownership.create_missing_database()
            ownership.prepare_application_role()
            super().handle(*args, **options)
            ownership.grant_to_application()
