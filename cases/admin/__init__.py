"""The workspace's pages about cases."""

from accounts.admin import site
from accounts.admin.navigation import Place, add_place
from accounts.roles import Verb
from cases.admin.cases import CaseAdmin
from cases.models import Case

site.register(Case, CaseAdmin)
add_place(Place("Cases", "workspace:cases_case_changelist", Verb.CASE_READ))
add_place(Place("New case", "workspace:cases_case_add", Verb.CASE_CREATE))
