"""Choosing for which of one's organizations one acts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actions.members import enter_organization
from accounts.queries.memberships import own_memberships
from accounts.signed_in import act_for


@login_required
@require_http_methods(["GET", "POST"])
def choose_organization(request: HttpRequest) -> HttpResponse:
    """Show the person's organizations, or act for the one that was chosen. 404 for one that is not theirs."""
    memberships = own_memberships()
    if request.method == "POST":
        chosen = request.POST.get("organization", "")
        for membership in memberships:
            if str(membership.organization_id) == chosen:
                enter_organization(membership=membership)
                act_for(request, membership)
                return redirect("workspace:index")
        raise Http404
    return render(request, "accounts/choose_organization.html", {"memberships": memberships})
