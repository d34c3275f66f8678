"""Making, rotating and erasing an organization's keys."""

from __future__ import annotations

import os

from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts import masterkeys
from accounts.actions import audit
from accounts.certificates import self_signed
from accounts.models import DataKey, Organization, SigningKey, User
from accounts.secrets import forget_keys
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, current_organization_id, organization

DATA_KEY_BYTES = 32
#: What the secrets of second factors are bound to: a person has them before an organization, so they have no data key.
SECOND_FACTOR = b"second factor"
_SECRET_OF = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


def add_data_key(*, kind: str, by: User | None) -> DataKey:
    """Give the active organization a new data key; the newest one seals, older ones still open.

    Raise ``IntegrityError`` for a second hashing key.
    """
    key = DataKey(kind=kind)
    key.wrapped, key.master_key_id = masterkeys.wrap(os.urandom(DATA_KEY_BYTES), key.binding())
    key.save(force_insert=True)
    forget_keys()
    audit.record("data_key.create", by=by, target=key)
    return key


def erase_data_keys(*, by: User | None) -> int:
    """Delete every data key of the active organization: what they sealed can never be read again."""
    keys = list(DataKey.objects.all())
    for key in keys:
        audit.record("data_key.erase", by=by, target=key)
        key.delete()
    forget_keys()
    return len(keys)


def add_signing_key(*, by: User | None) -> SigningKey:
    """Give the active organization a new signing key and certificate; letters are signed with the newest one."""
    name = Organization.objects.get(id=current_organization_id()).name
    credential = self_signed(name, timezone.now())
    key = SigningKey.objects.create(
        private_key=credential.private_key,
        certificate=credential.certificate,
        serial=credential.serial,
        valid_from=credential.valid_from,
        valid_to=credential.valid_to,
    )
    audit.record("signing_key.create", by=by, target=key)
    return key


def rewrap_data_keys(*, by: User | None) -> int:
    """Wrap every organization's data keys with the first master key; return how many were not yet."""
    return sum(_rewrap(tenant, by) for tenant in Organization.objects.all())


def _rewrap(tenant: Organization, by: User | None) -> int:
    with organization(tenant.id):
        stale = list(DataKey.objects.select_for_update().exclude(master_key_id=masterkeys.current_id()))
        for key in stale:
            plain = masterkeys.unwrap(bytes(key.wrapped), key.master_key_id, key.binding())
            key.wrapped, key.master_key_id = masterkeys.wrap(plain, key.binding())
            key.save(update_fields=["wrapped", "master_key_id"])
            audit.record("data_key.rewrap", by=by, target=key, fields=["wrapped", "master_key_id"])
    return len(stale)


def rewrap_second_factors(*, by: User | None) -> int:
    """Wrap the secrets of authenticator apps and recovery codes with the first master key; return how many."""
    current = f"{masterkeys.current_id()}:"
    with organization(PLATFORM_ORGANIZATION_ID):
        rows = list(Authenticator.objects.select_for_update().filter(type__in=_SECRET_OF))
        rows = [row for row in rows if not row.data[_SECRET_OF[row.type]].startswith(current)]
        for row in rows:
            name = _SECRET_OF[row.type]
            plain = masterkeys.unwrap_text(row.data[name], SECOND_FACTOR)
            row.data[name] = masterkeys.wrap_text(plain, SECOND_FACTOR)
            row.save(update_fields=["data"])
            audit.record("second_factor.rewrap", by=by, target=row)
    return len(rows)
