"""Django's entry for the app."""

from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """The app `accounts`."""

    name = "accounts"

    def ready(self) -> None:
        """Listen to signing in, and see to it that the platform's own organization is there after every migration."""
        from accounts import receivers as _receivers  # noqa: F401 - loading it is all

        post_migrate.connect(_create_platform_organization, sender=self, dispatch_uid="platform_organization")


def _create_platform_organization(apps: Apps, **_signal: Any) -> None:
    from accounts.tenancy import PLATFORM_ORGANIZATION_ID  # needs the apps to be ready

    try:
        organizations = apps.get_model("accounts", "Organization").objects
    except LookupError:
        return  # migrated back to nothing
    organizations.get_or_create(id=PLATFORM_ORGANIZATION_ID, defaults={"slug": "platform", "name": "Redress"})
