"""The case form in a real Chromium: rows with and without script, files, and what a volunteer sees afterwards."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from tests.browser.conftest import Demo, Eye

pytestmark = pytest.mark.xdist_group("browser")  # one demo for all of them

ADD = "/workspace/cases/case/add/"
RECEIPT: FilePayload = {"name": "receipt.csv", "mimeType": "text/csv", "buffer": b"date,amount\n2026-01-02,100\n"}


def fill(page: Page, **fields: str) -> None:
    """Type into fields, `__` for a dot of their names."""
    for name, value in fields.items():
        page.fill(f"[name='{name.replace('__', '.')}']", value)


def person(page: Page) -> None:
    fill(page, victim__full_name="Wanjiru Sample", victim__address__country="Kenya")
    page.select_option("[name='fraud.kind']", "romance")


def test_a_volunteer_takes_in_a_case_with_rows_and_a_file_and_learns_its_number(demo: Demo, eye: Eye) -> None:
    eye.sign_in(demo.user("intake"))
    page = eye.page
    eye.go(ADD)
    eye.look("form")
    person(page)
    eye.page.get_by_role("button", name="Add another payment").click()
    assert page.evaluate("document.activeElement.name") == "transfers-1-sent_on"
    for row in ("0", "1"):
        page.fill(f"[name='transfers-{row}-amount']", "100")
        page.fill(f"[name='transfers-{row}-currency']", "usd")
        page.select_option(f"[name='transfers-{row}-mechanism']", "cash")
    page.set_input_files("[name=evidence]", [RECEIPT])
    eye.look("form-filled")
    eye.press("Save")
    assert re.search(r"RD-\d{4}-\d{6}", page.locator("main").inner_text())
    assert page.get_by_text("A caseworker goes on from here.").count()
    eye.look("form-taken")


def test_a_caseworker_mends_what_is_missing_and_changes_the_facts_without_script(demo: Demo, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    _sign_in(page, demo, demo.user("caseworker"))
    page.goto(f"{demo.base_url}{ADD}")
    fill(page, victim__full_name="Wanjiru Sample")
    page.get_by_role("button", name="Add another identifier").click()
    assert page.url.endswith("#identifiers-add")
    assert page.locator("[name='victim.full_name']").input_value() == "Wanjiru Sample"
    page.select_option("[name='identifiers-1-kind']", "website")
    page.fill("[name='identifiers-1-value']", "https://trade.example")
    page.get_by_role("button", name="Save").first.click()
    assert page.get_by_text("Kind of fraud: This is missing; add it.").count()
    person(page)
    page.get_by_role("button", name="Save").first.click()
    assert page.get_by_text("is taken in.").count()
    page.get_by_role("link", name="Change the facts").first.click()
    fill(page, victim__address__city="Nakuru")
    page.get_by_role("button", name="Save").first.click()
    assert page.get_by_text("The facts are changed.").count()
    assert page.get_by_text("Nakuru").count()
    context.close()


def _sign_in(page: Page, demo: Demo, user: dict[str, Any]) -> None:
    page.goto(f"{demo.base_url}/accounts/login/")
    page.fill("input[name=login]", user["email"])
    page.fill("input[name=password]", user["password"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/workspace/")
