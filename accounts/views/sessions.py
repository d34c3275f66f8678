"""Where a person is signed in: ending one of their sessions."""

from __future__ import annotations

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.signed_in import signed_in


@login_required
@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End another session of the person; this one ends by signing out. 404 for anybody else's."""
    others = UserSession.objects.filter(user=signed_in(request)).exclude(session_key=request.session.session_key)
    get_adapter().end_sessions([get_object_or_404(others, pk=session_id)])
    messages.success(request, "That session has ended. Whoever used it has to sign in again.")
    return redirect("usersessions_list")
