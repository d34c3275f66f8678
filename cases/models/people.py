"""The victim, and who speaks for a victim who cannot."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.fields import EncryptedDateField, EncryptedTextField
from cases.models.base import OfCase, country


class Victim(OfCase):
    """The person defrauded. What could find them is ciphertext at rest."""

    full_name = EncryptedTextField()
    email = EncryptedTextField(blank=True, default="")
    phone = EncryptedTextField(blank=True, default="")
    phone_e164 = EncryptedTextField(blank=True, default="")
    date_of_birth = EncryptedDateField(null=True, blank=True)
    language = models.TextField(blank=True, default="")
    street = EncryptedTextField(blank=True, default="")
    city = EncryptedTextField(blank=True, default="")
    region = EncryptedTextField(blank=True, default="")
    postal_code = EncryptedTextField(blank=True, default="")
    country = models.CharField(max_length=2)
    nationalities = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    email_is_safe = models.BooleanField(default=True)
    phone_is_safe = models.BooleanField(default=True)
    safe_contact_note = EncryptedTextField(blank=True, default="")

    class Meta(OfCase.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "case"), name="victim_one_per_case"),)


class Reporter(OfCase):
    """Who speaks for the victim: a relative, a guardian, an attorney."""

    full_name = EncryptedTextField()
    relation = models.TextField()
    email = EncryptedTextField(blank=True, default="")
    phone = EncryptedTextField(blank=True, default="")
    country = country()

    class Meta(OfCase.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "case"), name="reporter_one_per_case"),)
