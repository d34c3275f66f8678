"""The directory in the workspace: every member reads it, curators change it."""

from accounts.admin import site
from accounts.admin.navigation import Place, add_place
from directory.admin.agencies import AgencyList
from directory.models import Agency

site.register(Agency, AgencyList)
add_place(Place("Directory", "workspace:directory_agency_changelist"))
