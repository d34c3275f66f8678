"""Agencies, and the missions among them."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from directory.enums import AgencyKind, MissionKind, Region
from directory.models.base import Sourced, choices, is_country, is_one_of


class Agency(Sourced):
    """Anyone a case can be reported to, or whom it is good to know of."""

    key = models.SlugField(max_length=80, unique=True, help_text="Stable; case files and consents name it.")
    kind = models.CharField(max_length=40, choices=choices(AgencyKind))
    country = models.CharField(
        max_length=2, blank=True, help_text="Whose agency it is (of a mission: the sending state); empty: of no state."
    )
    jurisdiction = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=200)
    name_local = models.CharField(max_length=200, blank=True)
    website = models.URLField(blank=True)
    takes_reports_from_public = models.BooleanField(help_text="No: information only, never a recipient.")
    reference_number_hint = models.CharField(
        max_length=100, blank=True, help_text="A regular expression; a hint, never a reason to refuse a number."
    )

    class Meta(Sourced.Meta):
        ordering = ["key"]
        verbose_name_plural = "agencies"
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=is_one_of("kind", AgencyKind), name="agency_kind"),
            models.CheckConstraint(condition=is_country("country", blank=True), name="agency_country"),
            models.CheckConstraint(condition=~Q(name_en=""), name="agency_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name_en


class Mission(Sourced):
    """An embassy, consulate or office of one country in another.

    `host_country` and `city` say for where it is accredited; `seat_country`, `seat_city` and the coordinates
    (degrees) say where it works. The two differ for the embassies to Libya and San Marino.
    """

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="mission")
    sending_country = models.CharField(max_length=2)
    kind = models.CharField(max_length=40, choices=choices(MissionKind))
    region = models.CharField(max_length=40, choices=choices(Region))
    host_country = models.CharField(max_length=2, db_index=True)
    city = models.CharField(max_length=100)
    seat_country = models.CharField(max_length=2)
    seat_city = models.CharField(max_length=100)
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)

    class Meta(Sourced.Meta):
        ordering = ["agency__key"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=is_one_of("kind", MissionKind), name="mission_kind"),
            models.CheckConstraint(condition=is_one_of("region", Region), name="mission_region"),
            models.CheckConstraint(condition=is_country("sending_country"), name="mission_sending_country"),
            models.CheckConstraint(condition=is_country("host_country"), name="mission_host_country"),
            models.CheckConstraint(condition=is_country("seat_country"), name="mission_seat_country"),
            models.CheckConstraint(condition=~Q(host_country=models.F("sending_country")), name="mission_is_abroad"),
            models.CheckConstraint(
                condition=Q(latitude__range=(Decimal(-90), Decimal(90)))
                & Q(longitude__range=(Decimal(-180), Decimal(180))),
                name="mission_is_on_earth",
            ),
            models.UniqueConstraint(
                fields=["sending_country", "host_country"],
                condition=Q(kind=MissionKind.EMBASSY.value),
                name="mission_one_embassy_to_a_country",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.sending_country} in {self.city}"

    @property
    def works_elsewhere(self) -> bool:
        """Whether it works outside of the country it is accredited to."""
        return self.seat_country != self.host_country
