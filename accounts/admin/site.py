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
from django.urls import URLPattern, URLResolver, path
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from typing_extensions import override

from accounts.admin.navigation import first_actions, navigation
from accounts.admin.tiles import tiles
from accounts.models import User
from accounts.roles import Role
from accounts.signed_in import membership_of

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


class WorkspaceSite(AdminSite):
    """Django's admin engine; who may enter, and what they see, follows from roles, not from its flags."""

    site_header = site_title = "Redress"
    index_title = "Workspace"
    index_template = "workspace/index.html"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._pages: list[URLPattern] = []

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
        context = {**self.each_context(request), "title": self.index_title, "tiles": tiles(request)}
        context |= {"actions": first_actions(request), "words": _words(request), **(extra_context or {})}
        return TemplateResponse(request, self.index_template, context)

    @override
    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The pages of the site; passwords and signing out are under `/accounts/`, and there is no page per app."""
        engine = [address for address in super().get_urls() if getattr(address, "name", None) not in _NOT_OURS]
        return [*self._pages, *engine]

    def add_page(self, route: str, view: Callable[..., HttpResponse], name: str) -> None:
        """Put a page of an app's own on the site, for those who may enter it; `route` is below `/workspace/`."""
        self._pages.append(path(route, self.admin_view(view), name=name))


_NOT_OURS = frozenset(
    {"login", "logout", "password_change", "password_change_done", "view_on_site", "jsi18n", "autocomplete", "app_list"}
)


def _words(request: HttpRequest) -> str:
    """What this person is here for, in a sentence."""
    membership = membership_of(request)
    return _FOR_ROLE.get(membership.role if membership else "", "You look after the directory of agencies.")


_FOR_ROLE = {
    Role.DIRECTOR.value: "You direct it: people, settings, and every case.",
    Role.SUPERVISOR.value: "You see every case, and release what needs a second person.",
    Role.CASEWORKER.value: "You work on your own cases and on those shared with you.",
    Role.INTAKE.value: "You take cases in. A caseworker goes on with them.",
    Role.ANALYST.value: "You see numbers, and no case.",
}

site = WorkspaceSite(name="workspace")
