"""Reports, consents and evidence, and what is known of those that were taken out."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from accounts.fields import EncryptedTextField
from cases.enums import Channel, ConsentGiver, ConsentMethod, Disclose, Origin, Outcome, ReportKind, Withhold
from cases.models.base import CasePart, OfCase, one_of, subset_of

_A_DAY = timedelta(days=1)


class Report(CasePart):
    """One filing of one case with one agency, by any channel. A refused one does not count as filed."""

    agency_key = models.CharField(max_length=120, blank=True, default="")
    agency_name = models.TextField()
    kind = models.CharField(max_length=20, blank=True, default="")
    channel = models.CharField(max_length=20, blank=True, default="")
    filed_on = models.DateField()
    reference_number = models.TextField(blank=True, default="")
    outcome = models.CharField(max_length=20, default=Outcome.ACCEPTED.value)
    outcome_reason = models.TextField(blank=True, default="")
    station = models.TextField(blank=True, default="")
    officer = models.TextField(blank=True, default="")
    origin = models.CharField(max_length=10, default=Origin.INTAKE.value)

    class Meta(CasePart.Meta):
        constraints = (
            one_of("kind", ReportKind, blank=True),
            one_of("channel", Channel, blank=True),
            one_of("outcome", Outcome),
            one_of("origin", Origin),
        )


class Consent(CasePart):
    """The victim's consent that one agency is told, with what is withheld or disclosed beyond the default."""

    agency_key = models.CharField(max_length=120)
    given_on = models.DateField()
    signed_as = EncryptedTextField()
    withhold = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    disclose = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    given_by = models.CharField(max_length=10, default=ConsentGiver.VICTIM.value)
    method = models.CharField(max_length=20, blank=True, default="")
    language = models.TextField(blank=True, default="")
    notice_version = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    origin = models.CharField(max_length=10, default=Origin.INTAKE.value)

    class Meta(CasePart.Meta):
        constraints = (
            models.UniqueConstraint(fields=("organization", "case", "agency_key"), name="consent_one_per_agency"),
            one_of("origin", Origin),
            one_of("given_by", ConsentGiver),
            one_of("method", ConsentMethod, blank=True),
            subset_of("withhold", list(Withhold)),
            subset_of("disclose", list(Disclose)),
        )


class ConsentWithdrawal(OfCase):
    """The victim took a consent back. A row of its own: an intake that is read again must not undo it.

    It ends every consent for the agency that was given on that day or before, or on the next, which may have begun
    where the victim is; a later one counts again, and so does one of these two days that a member recorded after it.
    """

    agency_key = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(OfCase.Meta):
        ordering = ("withdrawn_at", "id")

    def ends(self, consent: Consent) -> bool:
        """Whether this consent is taken back by it."""
        if consent.agency_key != self.agency_key:
            return False
        day = timezone.localdate(self.withdrawn_at)
        anew = consent.origin == Origin.MEMBER and consent.recorded_at > self.withdrawn_at
        return consent.given_on < day or (consent.given_on <= day + _A_DAY and not anew)


class Evidence(CasePart):
    """A file as it was received. The bytes are in the vault under their SHA-256 and never change."""

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.TextField()
    original_name = EncryptedTextField()
    description = EncryptedTextField(blank=True, default="")
    received_at = models.DateTimeField(auto_now_add=True)
    origin = models.CharField(max_length=10, default=Origin.INTAKE.value)

    class Meta(CasePart.Meta):
        constraints = (
            one_of("origin", Origin),
            models.UniqueConstraint(fields=("organization", "case", "sha256"), name="evidence_once_per_case"),
            models.CheckConstraint(condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="evidence_sha256_form"),
        )


class FormerPart(OfCase):
    """A consent, report or piece of evidence that was taken out of its case, under the same id.

    The trail goes on finding what was recorded about it: an entry knows its row, and the row knew the case.
    """

    agency_key = models.CharField(max_length=120, blank=True, default="")
