"""Making an organization, with the keys it cannot work without."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.actions import audit
from accounts.actions.keys import add_data_key, add_signing_key
from accounts.models import AuditHead, Organization, User
from accounts.roles import Verb
from accounts.rules import require
from accounts.secrets import HASHING, SEALING
from accounts.tenancy import current_organization_id, organization


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


@transaction.atomic
def change_organization(*, by: User, **values: Any) -> list[str]:
    """Change fields of the active organization and return the names of those that differ, sorted.

    A new privacy notice gets the next version. Raises PermissionDenied, and ValidationError for values that do not fit.
    """
    require(by, Verb.SETTINGS_CHANGE)
    found = Organization.objects.select_for_update().get(pk=current_organization_id())
    changed = sorted(name for name, value in values.items() if getattr(found, name) != value)
    for name in changed:
        setattr(found, name, values[name])
    if "privacy_notice" in changed:
        found.privacy_notice_version += 1
    if changed:
        found.full_clean()
        found.save()
        audit.record("organization.change", by=by, target=found, fields=changed)
    return changed
