"""Every request of a signed-in person runs inside their organization, its rendering included."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from accounts.models import User
from accounts.queries.memberships import active_membership, own_memberships
from accounts.remembering import remembering
from accounts.signed_in import CHOSEN, MemberRequest
from accounts.tenancy import acting_user, organization


class ActiveOrganizationMiddleware:
    """Opens the transaction and the organization that a view works in; sets `request.membership`, or None.

    `ATOMIC_REQUESTS` would end before a `TemplateResponse` is rendered, and the page would then find no rows. What
    ends in a server error is rolled back.
    """

    def __init__(self, get_response: Callable[[MemberRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: MemberRequest) -> HttpResponse:
        """Answer the request, acting as the person who is signed in."""
        request.membership = None
        if not isinstance(request.user, User):
            return self.get_response(request)
        with ExitStack() as stack:
            stack.enter_context(acting_user(request.user.pk))
            if request.method in ("GET", "HEAD"):
                stack.enter_context(remembering())
            membership = active_membership(request.session.get(CHOSEN))
            request.membership = membership
            if membership:
                stack.enter_context(organization(membership.organization.pk))
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


class NotKeptMiddleware:
    """Lets no browser keep what a signed-in person saw: whoever comes to it next could turn back to the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; a view that says how long its answer may be kept is left alone."""
        response = self.get_response(request)
        if isinstance(request.user, User) and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


#: All that a member can open who still has to set up a second factor.
_SETTING_UP = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "account_reauthenticate",
        "account_logout",
    }
)


class SecondFactorMiddleware:
    """Leads whoever works here to their second factor before any other page, where the settings require one."""

    def __init__(self, get_response: Callable[[MemberRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: MemberRequest) -> HttpResponse:
        """Answer the request; `process_view` may answer before the view does."""
        request.second_factor_missing = False
        return self.get_response(request)

    def process_view(self, request: MemberRequest, *_view: Any) -> HttpResponse | None:
        """Redirect, or let the view answer; `request.second_factor_missing` tells the page why one is there."""
        request.second_factor_missing = settings.SECOND_FACTOR_REQUIRED and _lacks_second_factor(request)
        page = request.resolver_match
        if not request.second_factor_missing or (page and page.url_name in _SETTING_UP):
            return None
        return redirect("mfa_index")


def _lacks_second_factor(request: MemberRequest) -> bool:
    """Whether a person works for an organization or the platform, and their password alone lets them in."""
    user = request.user
    return isinstance(user, User) and not is_mfa_enabled(user) and bool(own_memberships() or user.duties())
