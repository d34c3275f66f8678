"""The scripts alone, on pages of a few lines in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.xdist_group("browser")

SCRIPTS = Path(__file__).parents[2] / "static" / "redress"
PAGE = "https://north.example.org/case/"
WAITING = """<div class="hint" data-progress="/left" data-left="2">2 letters are being made.</div>
<form><input name="reason"><input name="other"></form>"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty window."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def shown(page: Page, body: str, script: str) -> list[str]:
    """Open a page with a script; what it asks for is in the list. One letter of two is left."""
    asked: list[str] = []
    code = (SCRIPTS / script).read_text()

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if route.request.url == PAGE:
            html = f"<!doctype html><main>{body}</main><script type=module>{code}</script>"
            route.fulfill(body=html, content_type="text/html")
        else:
            route.fulfill(json={"left": 1})

    page.route("**/*", answer)
    page.goto(PAGE)
    return asked


def test_a_page_that_waits_shows_itself_anew(page: Page) -> None:
    asked = shown(page, WAITING, "progress.js")
    page.wait_for_timeout(2000)
    assert asked.count(PAGE) > 1


@pytest.mark.parametrize("left", [False, True], ids=["still in the form", "elsewhere again"])
def test_it_does_not_where_somebody_is_at_work_in_a_form(page: Page, left: bool) -> None:
    asked = shown(page, WAITING, "progress.js")
    page.fill("[name=reason]", "Because")
    if left:
        page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(2000)
    assert asked.count(PAGE) == 1
    assert page.locator("[name=reason]").input_value() == "Because"
    assert page.locator(".hint").inner_text() == "There is something new. Look again"
    page.get_by_role("link", name="Look again").click()
    page.wait_for_load_state()
    assert asked.count(PAGE) > 1


def test_rows_are_added_up_to_what_a_form_takes(page: Page) -> None:
    rows = """<div data-rows="facts" data-most="2"><input type=hidden name="facts-TOTAL_FORMS" value="1"><ol></ol>
    <template><li><span class="row-number"></span><input name="facts-__prefix__-fact"></li></template>
    <p class="full" hidden>No more.</p><button name="add">Add another</button></div>"""
    shown(page, rows, "rows.js")
    assert not page.get_by_text("No more.").is_visible()
    page.get_by_role("button").click()
    assert page.locator("[name='facts-1-fact']").count() == 1
    assert page.get_by_role("button").is_disabled()
    assert page.get_by_text("No more.").is_visible()
