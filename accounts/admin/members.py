"""Members: who works for the organization, as what, and who is invited."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.invitations import invite, withdraw_invitation
from accounts.actions.members import change_role, end_membership
from accounts.admin.guard import needs
from accounts.admin.site import site
from accounts.mail import invitation_link
from accounts.models import Invitation, Membership, User
from accounts.queries.invitations import open_invitations
from accounts.queries.members import members
from accounts.roles import Role, Verb
from accounts.rules import can_give
from accounts.signed_in import signed_in

#: Where a session keeps whose link is to be shown, once.
_JUST_INVITED = "just_invited"

#: What each role may do, in the words of the page.
_SAYS = {
    Role.DIRECTOR: "Everything, with members and settings.",
    Role.SUPERVISOR: "All cases, and what needs a supervisor.",
    Role.CASEWORKER: "Their own cases and those shared with them.",
    Role.INTAKE: "Takes new cases in, and opens none.",
    Role.ANALYST: "Numbers only, no case.",
}


class RoleForm(forms.Form):
    """The roles that the person may give."""

    role = forms.TypedChoiceField(coerce=Role, empty_value=None)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(role.value, role.value) for role in Role if can_give(user, role)]


class InviteForm(RoleForm):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label="E-mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    field_order = ("email", "role")


@needs(Verb.MEMBERS_CHANGE)
@require_http_methods(["GET", "POST"])
def members_page(request: HttpRequest) -> HttpResponse:
    """Everybody who is a member or invited; a POST invites."""
    user = signed_in(request)
    posted = request.POST if request.method == "POST" else None
    form = InviteForm(user, posted, initial={"role": Role.CASEWORKER.value})
    if request.method == "POST" and form.is_valid():
        try:
            invited = invite(**form.cleaned_data, by=user)
        except ValidationError as error:
            form.add_error("email", error)
        else:
            request.session[_JUST_INVITED] = str(invited.pk)
            return redirect("workspace:members")
    context = {
        **site.each_context(request),
        "title": "Members",
        "members": members(),
        "roles": [(role.value, role.value) for role in Role if can_give(user, role)],
        "says": [(role.value, words) for role, words in _SAYS.items()],
        "invitations": open_invitations(),
        "just_invited": _just_invited(request),
        "form": form,
    }
    return TemplateResponse(request, "workspace/members.html", context)


def _just_invited(request: HttpRequest) -> dict[str, str] | None:
    """The link of the invitation made a moment ago; asked again, it is gone."""
    chosen = request.session.pop(_JUST_INVITED, None)
    invitation = Invitation.objects.filter(pk=chosen).first() if chosen else None
    if invitation is None or not invitation.token or not invitation.is_open:
        return None
    return {"email": invitation.email, "link": invitation_link(invitation.token)}


@needs(Verb.MEMBERS_CHANGE)
@require_POST
def change(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Give a member another role."""
    membership = get_object_or_404(Membership, pk=membership_id, is_active=True)
    form = RoleForm(signed_in(request), request.POST)
    if form.is_valid():
        _try(request, change_role, membership=membership, role=form.cleaned_data["role"])
    else:
        messages.error(request, "Choose one of the roles that you can give.")
    return redirect("workspace:members")


@needs(Verb.MEMBERS_CHANGE)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Ask once more, then end a membership."""
    membership = get_object_or_404(Membership.objects.select_related("user"), pk=membership_id, is_active=True)
    if request.method == "POST":
        _try(request, end_membership, membership=membership)
        return redirect("workspace:members")
    context = {**site.each_context(request), "title": "End a membership", "member": membership}
    return TemplateResponse(request, "workspace/end_membership.html", context)


@needs(Verb.MEMBERS_CHANGE)
@require_POST
def withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Let an invitation open nothing any more."""
    _try(request, withdraw_invitation, invitation=get_object_or_404(Invitation, pk=invitation_id))
    return redirect("workspace:members")


def _try(request: HttpRequest, verb: Any, **on: Any) -> None:
    """Do it, and say so, or say why not."""
    try:
        verb(by=signed_in(request), **on)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Done.")
