"""Where a verification code leads, before an organization is known."""

from __future__ import annotations

from uuid import UUID

from django.db import models


class VerifyCode(models.Model):
    """From the SHA-256 of a code in a QR to the organization and its letter; shared, and nothing else in it.

    The code itself is 128 random bits; it stands in the letter's QR and, encrypted, in the letter's row.
    """

    code_sha256 = models.CharField(max_length=64, primary_key=True)
    organization_id: models.UUIDField[UUID, UUID] = models.UUIDField()
    letter_id: models.UUIDField[UUID, UUID] = models.UUIDField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organization_id", "letter_id"), name="verifycode_one_a_letter"),
        )

    def __str__(self) -> str:
        return str(self.letter_id)
