"""How agencies are reached, and how an address may change."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from directory.enums import Channel, Purpose, Status
from directory.models.agencies import Agency
from directory.models.base import Sourced, choices, is_one_of

_UNVERIFIED = Q(verified_by="", verified_on=None, verified_source="")
_VERIFIED = ~Q(verified_by="") & Q(verified_on__isnull=False) & ~Q(verified_source="")


class ContactPointQuerySet(models.QuerySet["ContactPoint"]):
    """The questions asked of contact points."""

    def usable_mailboxes(self) -> "ContactPointQuerySet":
        """Keep mailboxes that a letter may go to: any but those for visas and passports, and closed ones."""
        return (
            self.filter(channel=Channel.EMAIL)
            .exclude(purpose__in=[Purpose.VISA, Purpose.PASSPORT])
            .exclude(status=Status.CLOSED)
        )


class ContactPoint(Sourced):
    """One way to reach an agency. Everything ships unverified; a person verifies it against a source."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="contact_points")
    label = models.SlugField(max_length=40, help_text="Its name within the agency: email, phone, phone-2, post.")
    purpose = models.CharField(max_length=40, choices=choices(Purpose))
    channel = models.CharField(max_length=40, choices=choices(Channel))
    value = models.TextField(help_text="The address, URL, number or postal address.")
    language = models.CharField(max_length=40, blank=True, help_text="BCP 47 tags, a comma between them.")
    status = models.CharField(max_length=40, choices=choices(Status), default=Status.UNKNOWN.value)
    verified_by = models.CharField(max_length=254, blank=True, help_text="E-mail address or name of a person.")
    verified_on = models.DateField(null=True, blank=True)
    verified_source = models.TextField(blank=True, help_text="What the person saw.")

    objects = ContactPointQuerySet.as_manager()

    class Meta(Sourced.Meta):
        ordering = ["agency__key", "label"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "label"], name="contactpoint_label_once"),
            models.UniqueConstraint(fields=["agency", "channel", "value"], name="contactpoint_value_once"),
            models.CheckConstraint(condition=~Q(value=""), name="contactpoint_has_a_value"),
            models.CheckConstraint(condition=is_one_of("purpose", Purpose), name="contactpoint_purpose"),
            models.CheckConstraint(condition=is_one_of("channel", Channel), name="contactpoint_channel"),
            models.CheckConstraint(condition=is_one_of("status", Status), name="contactpoint_status"),
            models.CheckConstraint(condition=_UNVERIFIED | _VERIFIED, name="contactpoint_verified_wholly_or_not"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"

    @property
    def is_verified(self) -> bool:
        """Whether a person ever verified it; how long that counts is judged at release."""
        return self.verified_on is not None

    @property
    def is_closed(self) -> bool:
        """Whether somebody found that it no longer works."""
        return self.status == Status.CLOSED

    @property
    def is_for_papers(self) -> bool:
        """Whether it is for visas or passports alone."""
        return self.purpose in {Purpose.VISA, Purpose.PASSPORT}

    @property
    def takes_letters(self) -> bool:
        """Whether it is a usable mailbox; `usable_mailboxes` says the same in SQL."""
        return self.channel == Channel.EMAIL and not self.is_for_papers and not self.is_closed


class AddressProposal(models.Model):
    """A value for a contact point, which a second person has to approve: a new one, or that of a closed one again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact_point = models.ForeignKey(ContactPoint, on_delete=models.PROTECT, related_name="proposals")
    old_value = models.TextField()
    new_value = models.TextField()
    source = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["proposed_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="addressproposal_has_a_source"),
            models.CheckConstraint(condition=~Q(new_value=""), name="addressproposal_has_a_value"),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="addressproposal_approved_wholly_or_not",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")), name="addressproposal_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_value} → {self.new_value}"
