"""Every address of the site; read from here to find the door that answers it.

`/healthz` and `/readyz` are answered before any of these, in `config.health`.
"""

from django.contrib.admin import autodiscover
from django.urls import URLPattern, URLResolver, include, path

from accounts.admin import site
from accounts.views import errors, invitations, sessions
from accounts.views.organizations import choose_organization
from config import pages
from config.demo import views as demo
from letters.views.verify import verify

autodiscover()  # each app's `admin` puts its pages on the site

#: Pages of allauth that we do not offer: nobody signs up alone, and one signs in with the address that was invited.
_NOT_OFFERED = (
    "signup/",
    "email/",
    "confirm-email/",
    "confirm-email/<path:key>/",
    "password/set/",
    "login/code/confirm/",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.start, name="start"),
    path("robots.txt", pages.robots),
    path(".well-known/security.txt", pages.security),
    path("verify/<str:code>/", verify, name="verify"),
    path("workspace/", site.urls),
    path("accounts/organization/", choose_organization, name="choose_organization"),
    path("accounts/invitation/<str:token>/", invitations.accept, name="accept_invitation"),
    path("accounts/sessions/<int:session_id>/end/", sessions.end_session, name="end_session"),
    *[path(f"accounts/{page}", errors.not_offered) for page in _NOT_OFFERED],
    path("accounts/", include("allauth.urls")),
    # Answers in the demo alone.
    path("outbox/", demo.outbox, name="outbox"),
    path("outbox/<str:name>/", demo.message, name="outbox_message"),
    path("outbox/<str:name>/source/", demo.source, name="outbox_source"),
    path("outbox/<str:name>/files/<int:number>/", demo.attachment, name="outbox_attachment"),
]

handler400 = "accounts.views.errors.bad"
handler403 = "accounts.views.errors.denied"
handler404 = "accounts.views.errors.missing"
handler429 = "accounts.views.errors.too_many"
handler500 = "accounts.views.errors.broken"
