"""Every request of a signed-in person runs inside their organization, its rendering included."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from django.db import transaction
from django.http import HttpResponse

from accounts.models import User
from accounts.queries.memberships import active_membership
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
            membership = active_membership(request.session.get(CHOSEN))
            request.membership = membership
            if membership:
                stack.enter_context(organization(membership.organization.pk))
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response
