"""The workspace: Django's admin engine with our own look and our own rules of who may."""

from accounts.admin import members, settings
from accounts.admin.navigation import Place, add_place
from accounts.admin.site import site
from accounts.roles import Verb

__all__ = ["site"]

site.add_page("members/", members.members_page, "members")
site.add_page("members/<uuid:membership_id>/role/", members.change, "member_role")
site.add_page("members/<uuid:membership_id>/end/", members.end, "member_end")
site.add_page("members/invitations/<uuid:invitation_id>/withdraw/", members.withdraw, "invitation_withdraw")
site.add_page("organization/", settings.settings_page, "settings")
add_place(Place("Members", "workspace:members", Verb.MEMBERS_CHANGE, last=True))
add_place(Place("Organization", "workspace:settings", Verb.SETTINGS_CHANGE, last=True))
