"""Hard facts: identifiers, transfers, the chronology."""

from __future__ import annotations

from django.contrib.postgres.indexes import HashIndex
from django.db import models

from accounts.fields import EncryptedTextField
from cases.enums import Direction, IdentifierKind, Mechanism
from cases.models.base import CasePart, country, one_of


class Identifier(CasePart):
    """A hard fact that points to the offender: `value` as given, `canonical` for matching."""

    kind = models.CharField(max_length=20)
    value = models.TextField()
    service = models.TextField(blank=True, default="")
    country = country()
    note = models.TextField(blank=True, default="")
    canonical = models.TextField()
    canonical_service = models.TextField(blank=True, default="")
    host = models.TextField(blank=True, default="")
    registrable_domain = models.TextField(blank=True, default="")
    chain = models.TextField(blank=True, default="")

    class Meta(CasePart.Meta):
        constraints = (one_of("kind", IdentifierKind),)
        # Hashes: an identifier may be too long for a b-tree, and is looked for as a whole.
        indexes = (
            HashIndex(fields=("canonical",), name="identifier_canonical"),
            HashIndex(fields=("registrable_domain",), name="identifier_domain"),
        )


class Transfer(CasePart):
    """One payment. The victim's own account is ciphertext at rest, also where money came back to it."""

    sent_on = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_at_text = models.TextField(blank=True, default="")
    amount = models.DecimalField(max_digits=33, decimal_places=18)
    currency = models.CharField(max_length=10)
    network = models.TextField(blank=True, default="")
    mechanism = models.CharField(max_length=20)
    from_institution = models.TextField(blank=True, default="")
    from_account = EncryptedTextField(blank=True, default="")
    to_institution = models.TextField(blank=True, default="")
    to_bank_code = models.TextField(blank=True, default="")
    to_account = models.TextField(blank=True, default="")
    to_own_account = EncryptedTextField(null=True, blank=True)
    to_name = models.TextField(blank=True, default="")
    to_country = country()
    reference = models.TextField(blank=True, default="")
    tag = models.TextField(blank=True, default="")
    direction = models.CharField(max_length=10, default=Direction.SENT.value)
    second_fraud = models.BooleanField(default=False)
    informed_on = models.DateField(null=True, blank=True)
    informed_outcome = models.TextField(blank=True, default="")
    informed_reference = models.TextField(blank=True, default="")

    class Meta(CasePart.Meta):
        constraints = (
            one_of("mechanism", Mechanism),
            one_of("direction", Direction),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="transfer_amount_above_zero"),
        )

    @property
    def is_returned(self) -> bool:
        """Whether money came back: then the victim's own side is the receiver's."""
        return self.direction == Direction.RETURNED


class TimelineEvent(CasePart):
    """One dated fact of the chronology."""

    on = models.DateField()
    fact = models.TextField()
