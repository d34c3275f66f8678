"""Choosing for which of one's organizations one acts."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.queries.memberships import own_memberships
from accounts.signed_in import CHOSEN


@login_required
@require_http_methods(["GET", "POST"])
def choose_organization(request: HttpRequest) -> HttpResponse:
    """Show the person's organizations, or act for the one that was chosen. 404 for one that is not theirs."""
    memberships = own_memberships()
    if request.method == "POST":
        chosen = request.POST.get("organization", "")
        if chosen not in [str(membership.organization_id) for membership in memberships]:
            raise Http404
        request.session[CHOSEN] = str(UUID(chosen))
        return redirect("workspace:index")
    return render(request, "accounts/choose_organization.html", {"memberships": memberships})
