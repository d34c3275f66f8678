"""A real Chromium walks through the demo: from signing in to a letter in the demo's outbox.

Every page is looked at in two widths by axe and under the strict policy; pictures are in var/pictures/.
"""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import WIDTHS, Demo, Eye

pytestmark = pytest.mark.xdist_group("browser")  # one demo for all of them

EMBASSY = "Embassy of the People's Republic of China in the United States of America"
MAILBOX = "Government of the People's Republic of China, general mailbox"
_ARRIVES_IN = 60  # seconds, on a busy machine


def test_a_caseworker_releases_a_report_and_it_arrives_in_the_outbox(demo: Demo, eye: Eye) -> None:
    page, wide = eye.page, eye.width == WIDTHS[0]
    eye.go("/")
    eye.look("start")
    eye.go("/accounts/login/")
    eye.look("sign-in")
    eye.sign_in(demo.user("caseworker"))
    eye.look("first-page")
    page.get_by_role("link", name="Cases", exact=True).first.click()
    eye.look("cases")
    page.get_by_role("link", name=re.compile("RD-")).filter(has_text="RD-").last.click()
    case = page.url
    if page.get_by_text("1,310,500").count() == 0:
        page.go_back()
        page.get_by_role("link", name=re.compile("RD-")).first.click()
        case = page.url
    assert page.get_by_text("1,310,500").count()
    eye.look("case")
    # The two widths take one letter each.
    page.get_by_role("link", name=EMBASSY if wide else MAILBOX, exact=True).click()
    eye.look("report-before-approval")
    eye.press("Record the approval")
    page.get_by_label("I have read this document to its end.").first.check()
    eye.look("report-before-release")
    eye.press("Release it")
    assert page.get_by_text("An answer may never come").count()
    eye.look("report-released")
    _wait_until_accepted(eye)
    eye.look("report-accepted")
    page.goto(case)
    eye.look("case-with-a-report-filed")
    eye.go("/outbox/")
    eye.look("outbox")
    page.get_by_role("link", name=re.compile("CRIME")).first.click()
    assert page.get_by_text("To The Attention of" if wide else "To the Attention of the Ministry").count()
    eye.look("outbox-message")


def _wait_until_accepted(eye: Eye) -> None:
    deadline = time.monotonic() + _ARRIVES_IN
    while time.monotonic() < deadline:
        eye.page.reload()
        if eye.page.locator("h1 + p .state", has_text=re.compile("Filed|Accepted")).count():
            return
        time.sleep(0.5)
    raise AssertionError(eye.page.locator("main").inner_text())


def test_a_report_outside_the_plan_is_recorded_corrected_and_taken_back(demo: Demo, eye: Eye) -> None:
    page, name = eye.page, f"Consumer Office {eye.width}"
    eye.sign_in(demo.user("caseworker"))
    eye.go("/workspace/cases/case/")
    page.get_by_role("link", name=re.compile("RD-")).last.click()
    page.get_by_role("link", name="Record a report to another agency").click()
    eye.look("report-to-another-agency")
    page.get_by_label("Agency", exact=True).fill(name)
    eye.press("Record it")
    eye.look("case-with-reports")
    page.get_by_role("link", name=f"Correct: {name}").click()
    eye.look("report-to-correct")
    page.get_by_label("Report number").fill("C-17")
    eye.press("Save")
    assert page.get_by_text("C-17", exact=True).count()
    page.get_by_role("link", name=f"Take back: {name}").click()
    eye.press("Take it back")
    assert page.get_by_text("The report is taken back.").count()
    assert not page.get_by_role("link", name=f"Correct: {name}").count()
    page.get_by_role("link", name=re.compile("Change what it shows")).first.click()
    eye.look("what-evidence-shows")


@pytest.mark.parametrize("role", ["director", "supervisor", "caseworker", "intake", "analyst", "curator"])
def test_every_place_of_every_role_is_pleasant(demo: Demo, eye: Eye, role: str) -> None:
    eye.sign_in(demo.user(role))
    eye.look(f"{role}-first-page")
    links = eye.page.locator("nav[aria-label=Workspace] a, .page .actions a")
    for path in sorted({str(link.get_attribute("href")) for link in links.all()}):
        eye.go(path)
        eye.look(f"{role}{path.replace('/', '-')}".rstrip("-"))


@pytest.mark.parametrize(
    "path", ["/accounts/organization/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/"]
)
def test_the_pages_about_oneself_are_pleasant(demo: Demo, eye: Eye, path: str) -> None:
    eye.sign_in(demo.user("analyst"))
    eye.go(path)
    eye.look(path.strip("/").replace("/", "-"))


def test_a_case_can_be_worked_on_by_keyboard_alone(demo: Demo, eye: Eye) -> None:
    eye.sign_in(demo.user("caseworker"))
    page = eye.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    reached = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent.trim()"))
    assert {"Cases", "New case"} <= reached


def test_a_report_is_recorded_and_corrected_without_javascript(demo: Demo, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    user = demo.user("supervisor")
    page.goto(f"{demo.base_url}/accounts/login/")
    page.fill("input[name=login]", user["email"])
    page.fill("input[name=password]", user["password"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/workspace/")
    page.goto(f"{demo.base_url}/workspace/cases/case/")
    page.get_by_role("link", name=re.compile("RD-")).first.click()
    page.get_by_role("link", name=re.compile("Anyscam|ReportFraud")).first.click()
    page.get_by_label("Report number").last.fill("R-17")
    page.get_by_role("button", name="Record it").click()
    assert page.get_by_text("The report is recorded.").count()
    page.get_by_role("link", name=re.compile("^Correct or take back")).last.click()
    page.get_by_label("Report number").fill("R-18")
    page.get_by_role("button", name="Save").click()
    assert page.get_by_text("The report is corrected.").count()
    assert page.get_by_text("R-18", exact=True).count()
    context.close()
