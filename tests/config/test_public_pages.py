"""What anybody may read: the start page, robots.txt, security.txt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings


def test_the_start_page_says_what_to_do_today(client: Client) -> None:
    answer = client.get("/")
    page = answer.content.decode()
    for words in ("Stop paying", "Tell your bank", "Keep everything", "report number", "/accounts/login/"):
        assert words in page
    assert not answer.cookies


def test_it_leads_to_nothing_that_does_not_exist(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "/my/" not in page
    assert "/progress/" not in page


def test_search_engines_may_have_the_start_page_alone(client: Client) -> None:
    assert "noindex" not in client.get("/").content.decode()
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


def test_security_txt_names_the_contact_and_ends_within_a_year(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    answer = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer["Content-Type"].startswith("text/plain")
    assert lines["Contact"] == "mailto:security@example.org"
    left = datetime.fromisoformat(lines["Expires"]) - datetime.now(UTC)
    assert timedelta(30) < left < timedelta(365)


def test_without_a_contact_there_is_no_security_txt(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("path", ["/", "/robots.txt"])
def test_nothing_is_posted_there(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
