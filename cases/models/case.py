"""What happened to one victim."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef

from accounts.fields import EncryptedTextField
from accounts.models import TenantModel
from accounts.roles import Verb
from accounts.rules import can
from accounts.tenancy import TenantManager, TenantQuerySet
from cases.enums import FraudKind, NexusAnswer, Purpose
from cases.models.access import CaseAssignment, CaseShare
from cases.models.base import answered_list, country, one_of, subset_of

if TYPE_CHECKING:
    from accounts.models import User


class CaseCounter(TenantModel):
    """The last case number that an organization gave in a year; locked while a number is drawn."""

    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "year"), name="casecounter_year_once"),)


class CaseQuerySet(TenantQuerySet["Case"]):
    """The questions asked of cases."""

    def open_to(self, user: User) -> CaseQuerySet:
        """Keep the cases that the person may read: supervisors all, caseworkers their own and shared ones.

        The list beside `Case.is_open_to`, which says the same of one case.
        """
        if can(user, Verb.CASE_READ_ALL):
            return self
        if not can(user, Verb.CASE_READ):
            return self.none()
        mine = CaseAssignment.objects.filter(case=OuterRef("pk"), user=user)
        shared = CaseShare.objects.filter(content_object=OuterRef("pk"), user=user)
        return self.filter(Exists(mine) | Exists(shared))


class CaseManager(TenantManager["Case"]):
    """Cases of the active organization."""

    _queryset_class = CaseQuerySet  # type: ignore[assignment]  # generic in the manager's model only

    def open_to(self, user: User) -> CaseQuerySet:
        """The cases that the person may read."""
        found = self.get_queryset()
        assert isinstance(found, CaseQuerySet)
        return found.open_to(user)


class Case(TenantModel):
    """Facts of one case. Lists that are null were not asked; empty ones were asked and are empty."""

    number = models.CharField(max_length=20)
    external_id = models.TextField(null=True, blank=True)  # noqa: DJ001  # no number is not the number ""
    intake_sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    fraud_kind = models.CharField(max_length=30)
    started_on = models.DateField(null=True, blank=True)
    discovered_on = models.DateField(null=True, blank=True)
    first_contact_on = models.DateField(null=True, blank=True)
    first_contact_service = models.TextField(blank=True, default="")
    stated_loss_amount = models.DecimalField(max_digits=33, decimal_places=18, null=True, blank=True)
    stated_loss_currency = models.CharField(max_length=10, blank=True, default="")

    impact_emotional = EncryptedTextField(blank=True, default="")
    impact_financial = EncryptedTextField(blank=True, default="")
    impact_emotional_in_english = EncryptedTextField(blank=True, default="")
    impact_financial_in_english = EncryptedTextField(blank=True, default="")
    impact_translated_by = models.TextField(blank=True, default="")

    money_sent_to = answered_list()
    chinese_named_recipient_in = answered_list()
    offender_spoke = answered_list()
    offender_had_chinese_name = models.BooleanField(null=True, blank=True)
    held_in = country()
    nexus_overrule = models.CharField(max_length=10, blank=True, default="")
    nexus_overrule_reason = models.TextField(blank=True, default="")
    nexus_confirmed_reason = models.TextField(blank=True, default="")

    life_at_risk = models.BooleanField(default=False)
    do_not_contact_victim = models.BooleanField(default=False)
    do_not_reveal_location = models.BooleanField(default=False)
    no_dispatch_without_supervisor = models.BooleanField(default=False)
    self_harm_risk = models.BooleanField(default=False)
    legal_advice_first = models.BooleanField(default=False)
    ties_to = answered_list()

    purposes = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    objects: ClassVar[CaseManager] = CaseManager()

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=("organization", "number"), name="case_number_once"),
            models.UniqueConstraint(fields=("organization", "external_id"), name="case_external_id_once"),
            one_of("fraud_kind", FraudKind),
            one_of("nexus_overrule", NexusAnswer, blank=True),
            models.CheckConstraint(
                condition=models.Q(nexus_overrule="") | ~models.Q(nexus_overrule_reason=""),
                name="case_overrule_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(stated_loss_amount__isnull=True, stated_loss_currency="")
                | (models.Q(stated_loss_amount__gt=0) & ~models.Q(stated_loss_currency="")),
                name="case_stated_loss_has_a_currency",
            ),
            subset_of("purposes", list(Purpose)),
        )

    def __str__(self) -> str:
        return self.number

    def is_open_to(self, user: User) -> bool:
        """Whether the person may read it, as a supervisor, as its caseworker, or because it is shared with them."""
        return Case.objects.open_to(user).filter(pk=self.pk).exists()
