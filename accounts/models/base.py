"""The base of every table that belongs to one organization."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from typing_extensions import override

from accounts.fields import OrganizationKey
from accounts.tenancy import TenantManager, WrongOrganization, current_organization_id


class TenantModel(models.Model):
    """A row of one organization, behind both walls.

    Its table also needs ``accounts.walls.Wall`` in a migration, and a factory in ``tests/isolation/rows.py``.
    Unique constraints contain ``organization``; keys to other tenant rows are ``TenantForeignKey``.
    Constructing one outside of ``tenancy.organization`` raises ``NoOrganization``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # No index of its own: the wall's UNIQUE (organization_id, id) begins with it.
    organization = OrganizationKey(
        "accounts.Organization",
        on_delete=models.PROTECT,
        default=current_organization_id,
        editable=False,
        related_name="+",
        db_index=False,
    )

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @override
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row; Django deletes a single object by its key alone, past the manager, so it is asked here."""
        if self.organization_id != current_organization_id():
            raise WrongOrganization(f"{self._meta.label} of another organization cannot be deleted")
        return super().delete(*args, **kwargs)
