"""Keys of an organization: to encrypt and to sign."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.fields import EncryptedTextField
from accounts.models.base import TenantModel
from accounts.secrets import HASHING, SEALING


class DataKey(TenantModel):
    """A data key, wrapped by a master key. Deleting the row erases all that it sealed."""

    kind = models.CharField(max_length=8, choices=[(SEALING, SEALING), (HASHING, HASHING)])
    wrapped = models.BinaryField()
    master_key_id = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[SEALING, HASHING]), name="data_key_kind"),
            # Names of files and look-up hashes depend on it, so there is one and it stays.
            models.UniqueConstraint(
                fields=["organization"], condition=Q(kind=HASHING), name="data_key_one_for_hashing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    def binding(self) -> bytes:
        """Return what the wrapping is bound to: a wrapped key moved to another row or tenant does not unwrap."""
        return f"{self.organization_id}|{self.id}|{self.kind}".encode()


class SigningKey(TenantModel):
    """The key that signs an organization's letters, with its self-signed certificate (both PEM)."""

    private_key = EncryptedTextField()
    certificate = models.TextField()
    serial = models.CharField(max_length=40, help_text="of the certificate, hexadecimal")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "serial"], name="signing_key_serial_once"),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="signing_key_validity"),
        ]

    def __str__(self) -> str:
        return self.serial
