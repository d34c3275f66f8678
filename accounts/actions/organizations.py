"""Making an organization, with the keys it cannot work without."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.actions import audit
from accounts.actions.keys import add_data_key, add_signing_key
from accounts.models import AuditHead, Organization, User
from accounts.secrets import HASHING, SEALING
from accounts.tenancy import organization


@transaction.atomic
def create_organization(*, slug: str, name: str, by: User | None, **fields: Any) -> Organization:
    """Create an organization with its data keys, signing key and the first entry of its audit trail.

    ``fields`` are further fields of ``Organization``. Raise ``ValidationError`` for values that do not fit, a slug
    that is taken included.
    """
    created = Organization(slug=slug, name=name, **fields)
    created.full_clean()
    created.save(force_insert=True)
    with organization(created.id):
        AuditHead.objects.create()
        add_data_key(kind=SEALING, by=by)
        add_data_key(kind=HASHING, by=by)
        add_signing_key(by=by)
        audit.record("organization.create", by=by, target=created)
    return created
