"""The directory in the workspace: every member reads it, curators change it."""

from accounts.admin import site
from accounts.admin.navigation import Place, add_action, add_place
from accounts.roles import Verb
from directory.admin.agencies import AgencyList
from directory.models import Agency

site.register(Agency, AgencyList)
add_place(Place("Directory", "workspace:directory_agency_changelist"))
add_action(Place("Open the directory", "workspace:directory_agency_changelist", Verb.DIRECTORY_CURATE))
