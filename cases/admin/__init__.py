"""The workspace's pages about cases."""

from accounts.admin import site
from accounts.admin.navigation import Place, add_action, add_place
from accounts.admin.tiles import add_tiles
from accounts.roles import Verb
from cases.admin import case_panels  # noqa: F401  puts its panels on the page of a case
from cases.admin.cases import CaseAdmin
from cases.admin.tiles import case_tiles
from cases.models import Case

site.register(Case, CaseAdmin)
add_place(Place("Cases", "workspace:cases_case_changelist", Verb.CASE_READ, also="/workspace/letters/"))
add_action(Place("Take in a file", "workspace:cases_case_intake", Verb.CASE_CREATE))
add_action(Place("New case", "workspace:cases_case_add", Verb.CASE_CREATE))
add_tiles(case_tiles)
