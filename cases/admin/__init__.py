"""The workspace's pages about cases."""

from accounts.admin import site
from accounts.admin.navigation import Place, add_place
from accounts.admin.tiles import add_tiles
from accounts.roles import Verb
from cases.admin.cases import CaseAdmin
from cases.admin.tiles import case_tiles
from cases.models import Case

site.register(Case, CaseAdmin)
add_place(Place("Cases", "workspace:cases_case_changelist", Verb.CASE_READ))
add_tiles(case_tiles)
