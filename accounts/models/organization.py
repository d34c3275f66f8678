"""Organizations: the tenants."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models

from accounts.tenancy import PLATFORM_ORGANIZATION_ID

_COUNTRY = RegexValidator(r"\A[A-Z]{2}\Z", "an ISO 3166-1 alpha-2 code in capitals")
_LANGUAGE = RegexValidator(r"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", "a BCP 47 language tag")


class Organization(models.Model):
    """An NGO, with all that its letters need. Shared table: everything in it is printed on letters anyway."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=200)
    letterhead = models.TextField(blank=True, help_text="Lines under the name at the top of a letter.")
    postal_address = models.TextField(blank=True, help_text="Lines, the country last.")
    sending_email = models.EmailField(blank=True, help_text="From")
    reply_email = models.EmailField(blank=True, help_text="Reply-To")
    phone = models.CharField(max_length=50, blank=True)
    website = models.URLField(blank=True)
    accent_color = models.CharField(max_length=7, default="#1f3a5f", help_text="#rrggbb")
    holding_hours = models.PositiveSmallIntegerField(default=24, help_text="Hours a released letter waits.")
    languages = ArrayField(models.CharField(max_length=35, validators=[_LANGUAGE]), default=list, blank=True)
    countries = ArrayField(models.CharField(max_length=2, validators=[_COUNTRY]), default=list, blank=True)
    privacy_notice = models.TextField(blank=True)
    privacy_notice_version = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"), name="organization_slug"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="organization_has_name"),
            models.CheckConstraint(
                condition=models.Q(accent_color__regex=r"^#[0-9a-f]{6}$"), name="organization_accent_color"
            ),
            models.CheckConstraint(
                condition=models.Q(holding_hours__lte=24 * 14), name="organization_holding_at_most_two_weeks"
            ),
            models.CheckConstraint(
                condition=models.Q(privacy_notice_version__gte=1), name="organization_privacy_notice_version"
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_platform(self) -> bool:
        """Whether this is the one that records acts without an organization."""
        return self.id == PLATFORM_ORGANIZATION_ID
