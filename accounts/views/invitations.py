"""Accepting an invitation: the page behind the link in the mail."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actions.invitations import InvitationClosed, SignInFirst, accept_invitation, open_invitation
from accounts.models import Invitation, User
from accounts.signed_in import act_for


class NewPersonForm(forms.Form):
    """What we do not know yet of a person who never signed in."""

    name = forms.CharField(max_length=200, label="Your name", help_text="As your colleagues know you.")
    password = forms.CharField(
        label="A password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. A short sentence of your own is good.",
        strip=False,
    )
    name.widget.attrs["autocomplete"] = "name"


@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Show what one is invited to; a POST accepts. 404 for a link that opens nothing, whatever the reason."""
    try:
        invitation = open_invitation(token)
        form = NewPersonForm(request.POST if request.method == "POST" else None)
        if request.method == "POST":
            return _accept(request, token, invitation, form)
        return _page(request, invitation, form)
    except InvitationClosed:
        return render(request, "accounts/invitation_closed.html", status=404)


def _accept(request: HttpRequest, token: str, invitation: Invitation, form: NewPersonForm) -> HttpResponse:
    person = request.user if isinstance(request.user, User) else None
    if person is None and not form.is_valid():
        return _page(request, invitation, form)
    try:
        membership = accept_invitation(token=token, by=person, **({} if person else form.cleaned_data))
    except SignInFirst:
        return _page(request, invitation, form)
    except ValidationError as error:
        form.add_error("password", error)
        return _page(request, invitation, form)
    response = redirect("workspace:index") if person else _sign_in(request, membership.user)
    act_for(request, membership)
    return response


def _sign_in(request: HttpRequest, person: User) -> HttpResponse:
    """Through allauth's door, so that the session is listed and on record like any other."""
    response: HttpResponse = perform_password_login(request, {"email": person.email}, Login(user=person))
    request.session.set_expiry(0)
    return response


def _page(request: HttpRequest, invitation: Invitation, form: NewPersonForm) -> HttpResponse:
    known = User.objects.filter(email=invitation.email).first()
    context: dict[str, Any] = {
        "invitation": invitation,
        "form": form,
        "known": known is not None,
        "is_invited": known is not None and known == request.user,
    }
    return render(request, "accounts/invitation.html", context)
