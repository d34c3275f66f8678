"""An agency's page, and what curators do on it: each a POST, each through `directory.actions.contacts`."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.admin import site
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import can, require
from accounts.signed_in import signed_in
from directory.actions.contacts import approve_address
from directory.admin.forms import ACTS
from directory.admin.words import country_of, kind_of, spoken
from directory.geography import country_name
from directory.models import AddressProposal, Agency, ContactPoint, Mission
from directory.queries.contacts import contact_points_with_proposals


@require_safe
def agency(request: HttpRequest, key: str) -> HttpResponse:
    """Show an agency with its contact points, and to curators what they can do."""
    shown = get_object_or_404(Agency.objects.select_related("mission"), key=key)
    mission: Mission | None = getattr(shown, "mission", None)
    context = {
        **site.each_context(request),
        "title": shown.name_en,
        "agency": shown,
        "mission": mission,
        "kind": kind_of(shown),
        "country": country_of(shown),
        "seat_country": country_name(mission.seat_country) if mission else "",
        "points": [(point, spoken(point.channel)) for point in contact_points_with_proposals(shown)],
        "curates": bool(can(signed_in(request), Verb.DIRECTORY_CURATE)),
    }
    return render(request, "directory/agency.html", context)


@require_POST
def act_on_contact(request: HttpRequest, key: str, contact: UUID, act: str) -> HttpResponse:
    """Verify, close, or propose another value. 403 for whoever is no curator, 404 for what does not exist."""
    by = _curator(request)
    point = get_object_or_404(ContactPoint.objects.select_related("agency"), pk=contact, agency__key=key)
    if act not in ACTS:
        raise Http404
    form = ACTS[act](request.POST)
    try:
        form.apply(point, by)
    except ValidationError as problem:
        _refuse(request, problem)
    else:
        messages.success(request, form.done)
    return redirect("workspace:directory_agency", key)


@require_POST
def approve(request: HttpRequest, key: str, proposal: UUID) -> HttpResponse:
    """Approve another curator's proposal. 403 for whoever is no curator, 404 for what does not exist."""
    by = _curator(request)
    proposed = get_object_or_404(AddressProposal, pk=proposal, contact_point__agency__key=key)
    try:
        approve_address(proposal=proposed, by=by)
    except ValidationError as problem:
        _refuse(request, problem)
    else:
        messages.success(request, "Changed. The new address is unverified until a person verifies it.")
    return redirect("workspace:directory_agency", key)


def _curator(request: HttpRequest) -> User:
    user = signed_in(request)
    require(user, Verb.DIRECTORY_CURATE)
    return user


def _refuse(request: HttpRequest, problem: ValidationError) -> None:
    words = "; ".join(problem.messages)
    messages.error(request, f"Nothing was changed: {words}.")
