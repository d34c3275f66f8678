"""People: how they sign in, and what they are where."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from typing_extensions import override

from accounts.fields import EmailKeyField
from accounts.models.base import TenantModel
from accounts.remembering import once
from accounts.roles import PlatformDuty, Role
from accounts.tenancy import CurrentUser, TenantManager, current_organization_id


class UserManager(BaseUserManager["User"]):
    """Makes and finds people by their e-mail address, in any case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Store a new person; without a password they cannot sign in yet. Raise ``IntegrityError`` if known."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. What they may do comes from memberships; nobody is a superuser."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = EmailKeyField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
        ]

    def roles(self) -> list[Role]:
        """Return the person's roles in the active organization.

        It is named, although the manager filters by it: the database alone shows a person their memberships
        everywhere, and what they are elsewhere gives them nothing here.
        """
        organization_id = current_organization_id()
        here = Membership.objects.filter(user_id=self.id, is_active=True, organization_id=organization_id)
        asked = (User.roles, self.id, organization_id)
        return once(asked, lambda: [Role(role) for role in here.values_list("role", flat=True)])

    def duties(self) -> list[PlatformDuty]:
        """Return the person's duties for the platform."""
        duties = PlatformRole.objects.filter(user=self).values_list("duty", flat=True)
        return once((User.duties, self.id), lambda: [PlatformDuty(duty) for duty in duties])


class OwnMembershipManager(models.Manager["Membership"]):
    """The memberships of the person who acts, in every organization: for choosing one after sign-in."""

    @override
    def get_queryset(self) -> models.QuerySet[Membership]:
        return super().get_queryset().filter(user_id=CurrentUser())


class Membership(TenantModel):
    """A person's role in an organization."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=[(role.value, role.value) for role in Role])
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[TenantManager[Membership]] = TenantManager()
    own = OwnMembershipManager()

    class Meta(TenantModel.Meta):
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "user"], name="membership_one_role_per_person"),
            models.CheckConstraint(condition=models.Q(role__in=[r.value for r in Role]), name="membership_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class PlatformRole(models.Model):
    """A person's duty for the platform. Shared table: belongs to no organization."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=12, choices=[(duty.value, duty.value) for duty in PlatformDuty])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "duty"], name="platform_role_once"),
            models.CheckConstraint(condition=models.Q(duty__in=[d.value for d in PlatformDuty]), name="platform_duty"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.duty}"
