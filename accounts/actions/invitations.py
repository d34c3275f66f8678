"""Inviting a person, and what becomes of the invitation."""

from __future__ import annotations

import secrets
from functools import partial
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions.audit import record
from accounts.actions.people import new_person
from accounts.models import Invitation, InvitationCode, Membership, User
from accounts.queries.invitations import code_of, code_sha256
from accounts.queries.members import has_director
from accounts.roles import Role, Verb
from accounts.rules import can_give, require
from accounts.tasks import send_invitation
from accounts.tenancy import current_organization_id, organization

_TOKEN_BYTES = 32


class InvitationClosed(RuntimeError):
    """The link opens nothing: used, withdrawn, expired or never made. Strangers are not told which."""


class SignInFirst(RuntimeError):
    """The invited address has an account: only whoever signs in as that person can accept."""


@transaction.atomic
def invite(*, email: str, role: Role, by: User) -> Invitation:
    """Invite an address to the active organization as `role`; the mail follows once this is committed.

    An earlier invitation of the same address that is still open is withdrawn. Raises PermissionDenied for whoever may
    not give that role, ValidationError for what is no address or a member's already.
    """
    if not (decision := can_give(by, role)):
        raise PermissionDenied(decision.reason)
    return _invite(email, role, by)


@transaction.atomic
def invite_first_director(*, email: str) -> Invitation:
    """Invite the active organization's first director, whom nobody inside can invite; from then on they invite.

    Raises ValidationError as `invite` does, and where there is a director.
    """
    if has_director():
        raise ValidationError("This organization has a director, who invites everybody else.")
    return _invite(email, Role.DIRECTOR, None)


def _invite(email: str, role: Role, by: User | None) -> Invitation:
    refuse_lookalikes(email)
    _refuse_members(email)
    for earlier in Invitation.objects.select_for_update().filter(email=email, accepted_at=None, withdrawn_at=None):
        _withdraw(earlier, by=by)
    invitation = _new(email, role, by)
    record("invitation.create", by=by, target=invitation, fields=["email", "role"])
    wake = partial(send_invitation.delay, str(current_organization_id()), str(invitation.pk))
    transaction.on_commit(wake, robust=True)  # without a broker the link can still be passed on by hand
    return invitation


def refuse_lookalikes(email: str) -> None:
    """Raise ValidationError for what is no address or can look like another: Cyrillic, invisible signs, turned text."""
    validate_email(email)
    if not email.isascii():
        raise ValidationError(
            "Write the address in the letters a to z. A domain in another script has such a form too; it begins with"
            " xn--."
        )


def _refuse_members(email: str) -> None:
    if Membership.objects.filter(user__email=email.strip().lower(), is_active=True).exists():
        raise ValidationError("This person is a member already.")


def _new(email: str, role: Role, by: User | None) -> Invitation:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    invitation = Invitation(email=email.strip().lower(), role=role.value, invited_by=by, token=token)
    invitation.save(force_insert=True)
    InvitationCode.objects.create(
        code_sha256=code_sha256(token), organization_id=current_organization_id(), invitation_id=invitation.pk
    )
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Let an open invitation open nothing any more. Raises PermissionDenied; one that is closed stays as it is."""
    require(by, Verb.MEMBERS_CHANGE, invitation)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at is None and locked.withdrawn_at is None:
        _withdraw(locked, by=by)


def _withdraw(invitation: Invitation, *, by: User | None) -> None:
    invitation.withdrawn_at, invitation.token = timezone.now(), None
    invitation.save(update_fields=["withdrawn_at", "token"])
    record("invitation.withdraw", by=by, target=invitation)


def open_invitation(token: str) -> Invitation:
    """The invitation that a link opens, with its organization. Raises InvitationClosed.

    For a person who is in no organization yet; what is read afterwards needs the organization again.
    """
    code = code_of(token)
    if code is None:
        raise InvitationClosed
    with organization(code.organization_id):
        invitation = Invitation.objects.select_related("organization").get(pk=code.invitation_id)
        if not _still_stands(invitation):
            raise InvitationClosed
    return invitation


def accept_invitation(*, token: str, by: User | None = None, name: str = "", password: str = "") -> Membership:
    """Make the invited person a member, once, and return the membership.

    `by` is the person who is signed in; without one a new person is made, with `name` and `password`. Who is a member
    already keeps their role; whoever was one before becomes one again, in the invited role. Raises InvitationClosed,
    SignInFirst where the address has an account that `by` is not, ValidationError for a password that is too weak.
    """
    code = code_of(token)
    if code is None:
        raise InvitationClosed
    with organization(code.organization_id):
        return _accept(code.invitation_id, by, name, password)


def _accept(invitation_id: UUID, by: User | None, name: str, password: str) -> Membership:
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    if not _still_stands(invitation):
        raise InvitationClosed
    known = User.objects.filter(email=invitation.email).first()
    if by != known or (by and not by.is_active):
        raise SignInFirst
    person = by or _invited_person(invitation.email, name, password)
    invitation.accepted_at, invitation.accepted_by, invitation.token = timezone.now(), person, None
    invitation.save(update_fields=["accepted_at", "accepted_by", "token"])
    membership = _membership(person, invitation.role)
    record("invitation.accept", by=person, target=invitation)
    return membership


def _still_stands(invitation: Invitation) -> bool:
    """Open, and whoever invited may still give that role; the first director's, as long as there is none."""
    if invitation.invited_by is None:
        return invitation.is_open and not has_director()
    return invitation.is_open and bool(can_give(invitation.invited_by, Role(invitation.role)))


def _invited_person(email: str, name: str, password: str) -> User:
    validate_password(password, User(email=email, name=name))
    try:
        with transaction.atomic():
            return new_person(email=email, name=name, password=password)
    except IntegrityError:  # two links, of two organizations, were opened at once
        raise SignInFirst from None


def _membership(person: User, role: str) -> Membership:
    membership, made = Membership.objects.select_for_update().get_or_create(user=person, defaults={"role": role})
    if not made and not membership.is_active:
        membership.is_active, membership.role = True, role
        membership.save(update_fields=["is_active", "role"])
        made = True
    if made:
        record("membership.begin", by=person, target=membership, fields=["role"])
    return membership
