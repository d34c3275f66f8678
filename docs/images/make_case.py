"""Make case.png of the running demo: `.venv/bin/python -m docs.images.make_case`, while `make run` runs."""

import json
import re

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from config import settings


def main() -> None:
    """Sign in as the first caseworker and take a picture of their case."""
    said = json.loads((settings.VAR_DIR / "demo.json").read_text())
    user = next(user for user in said["users"] if user["role"] == "caseworker")
    picture = settings.BASE_DIR / "docs" / "images" / "case.png"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        _open_case(page, said["base_url"], user)
        page.screenshot(path=picture)
        browser.close()
    Image.open(picture).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(picture, optimize=True)


def _open_case(page: Page, base_url: str, user: dict[str, str]) -> None:
    page.goto(f"{base_url}/accounts/login/")
    page.fill("input[name=login]", user["email"])
    page.fill("input[name=password]", user["password"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/workspace/")
    page.goto(f"{base_url}/workspace/cases/case/")
    page.get_by_role("link", name=re.compile("RD-")).last.click()


if __name__ == "__main__":
    main()
