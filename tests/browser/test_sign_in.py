"""Passkeys in a real Chromium, with an authenticator that the browser itself plays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Demo, Eye

pytestmark = pytest.mark.xdist_group("browser")  # one demo for all of them


def with_authenticator(page: Page) -> None:
    """Plug in a device that recognizes its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options: dict[str, Any] = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    options |= {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_signs_in_and_is_removed(demo: Demo, eye: Eye) -> None:
    page, user = eye.page, demo.user("caseworker")
    eye.demo = replace(demo, base_url=demo.base_url.replace("127.0.0.1", "localhost"))  # passkeys need a name
    with_authenticator(page)
    eye.sign_in(user)

    eye.go("/accounts/2fa/webauthn/add/")
    page.fill("input[name=password]", user["password"])  # is it you?
    eye.press("Go on")
    eye.look("passkey-add")
    eye.press("Add it")
    assert "10 of 10 are left" in page.inner_text("main")
    eye.look("recovery-codes")

    eye.go("/accounts/logout/")
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Sign out").click()
    eye.look("sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/workspace/")

    eye.go("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove").click()
    page.fill("input[name=password]", user["password"])
    eye.press("Go on")
    eye.press("Remove it")
    assert "None yet." in page.inner_text("main")
    assert eye.complaints == []
