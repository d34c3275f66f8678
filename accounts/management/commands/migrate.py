"""Django's `migrate`, as the database's owner, with the application's role and its grants."""

from typing import Any

from django.core.management.commands import migrate

from accounts import ownership


class Command(migrate.Command):
    """The owner migrates; the application's login is given what it needs of the tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the role first, because a migration may name it; then migrate, then grant."""
        if options["check_unapplied"] or options["plan"]:
            super().handle(*args, **options)
            return
        with ownership.as_owner():
            ownership.prepare_application_role()
            super().handle(*args, **options)
            ownership.grant_to_application()
