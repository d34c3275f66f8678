"""The site at `/workspace/`, for every member and for the platform's curators."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from typing_extensions import override

from accounts.admin.navigation import navigation
from accounts.models import User
from accounts.signed_in import membership_of

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


class WorkspaceSite(AdminSite):
    """Django's admin engine; who may enter, and what they see, follows from roles, not from its flags."""

    site_header = site_title = "Redress"
    index_title = "Workspace"
    index_template = "workspace/index.html"
    enable_nav_sidebar = False
    final_catch_all_view = False

    @override
    def has_permission(self, request: HttpRequest) -> bool:
        """Members of the active organization enter, and people with a duty for the platform."""
        user = request.user
        return isinstance(user, User) and user.is_active and bool(membership_of(request) or user.duties())

    @override
    def admin_view(self, view: V, cacheable: bool = False) -> V:
        """Let in whoever has permission and send the others to `login`; the engine would look for its own pages."""
        protected = csrf_protect(view if cacheable else never_cache(view))

        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return protected(request, *args, **kwargs) if self.has_permission(request) else self.login(request)

        return cast("V", inner)

    @override
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send to sign-in whom nobody knows, and to the choice whoever belongs to several organizations."""
        if not isinstance(request.user, User):
            return redirect(f"/accounts/login/?{urlencode({'next': request.get_full_path()})}")
        return redirect("choose_organization")

    @override
    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page of the workspace shows: who is there, for whom, and where they can go."""
        return {
            "site_title": self.site_title,
            "membership": membership_of(request),
            "navigation": navigation(request),
            "has_permission": self.has_permission(request),
        }

    @override
    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page: what waits for this person."""
        context = {**self.each_context(request), "title": self.index_title, **(extra_context or {})}
        return TemplateResponse(request, self.index_template, context)

    @override
    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The pages of the site; passwords and signing out are under `/accounts/`, and views on site are none."""
        return [address for address in super().get_urls() if getattr(address, "name", None) not in _NOT_OURS]


_NOT_OURS = frozenset(
    {"login", "logout", "password_change", "password_change_done", "view_on_site", "jsi18n", "autocomplete", "app_list"}
)


site = WorkspaceSite(name="workspace")
