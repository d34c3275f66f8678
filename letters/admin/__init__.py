"""The workspace's pages about reports: the plan on a case's page, and a page for each report."""

from accounts.admin import site
from accounts.admin.tiles import add_tiles
from cases.admin.panels import Panel, add_panel
from cases.admin.trail import add_trail
from letters.admin import files, plan_panel, report_page, waiting
from letters.admin.tiles import letter_tiles
from letters.admin.trail import WORDS, of_letters

add_tiles(letter_tiles)
add_trail(WORDS, of_letters)
add_panel(Panel("plan", "Who should hear of it", "workspace/letters/plan.html", 20, plan_panel.context))
site.add_page("letters/<uuid:case_id>/make/", plan_panel.make, "make_letters")
site.add_page("letters/<uuid:case_id>/progress/", plan_panel.progress, "letters_progress")
site.add_page("letters/<uuid:case_id>/<slug:agency_key>/", report_page.show, "report")
site.add_page("letters/<uuid:case_id>/<slug:agency_key>/<slug:act>/", report_page.perform, "report_act")
site.add_page("letter/<uuid:letter_id>/report.pdf", files.letter_pdf, "letter_pdf")
site.add_page("letter/<uuid:letter_id>/report.eml", files.letter_mail, "letter_mail")
site.add_page("dispatch/<uuid:dispatch_id>/", waiting.show, "waiting")
site.add_page("dispatch/<uuid:dispatch_id>/<slug:act>/", waiting.perform, "waiting_act")
site.add_page("dispatch/<uuid:dispatch_id>/own.eml", files.own_mail, "own_mail")
