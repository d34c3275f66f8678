"""`/healthz` and `/readyz`, as a load balancer asks them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config import celery_app, health
from tests.people import DAVID


@pytest.fixture
def broken_broker() -> Iterator[None]:
    """A broker's address where nobody listens."""
    celery_app.conf.update(broker_write_url="redis://127.0.0.1:1/0")
    yield
    celery_app.conf.update(broker_write_url=None)


def test_alive_asks_no_database(client: Client) -> None:
    answer = client.get("/healthz")  # this test may not touch one
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


@pytest.mark.django_db
def test_ready_when_database_and_broker_answer(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "broker": True})


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    known = health._migrations()
    monkeypatch.setattr(health, "_migrations", lambda: known | {("letters", "9999_of_tomorrow")})
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)


@pytest.mark.django_db
def test_not_ready_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise OperationalError("connection to server at 10.0.0.7 failed: password of redress_app")

    monkeypatch.setattr(connection, "cursor", refused)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "10.0.0.7" not in answer.content.decode()
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_a_broker_that_is_away_is_told_and_does_not_decide(client: Client, broken_broker: None) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "broker": False})


@pytest.mark.django_db
def test_both_are_answered_before_sessions_hosts_and_redirects(client: Client, settings: object) -> None:
    client.force_login(DAVID.sign_up())
    settings.SECURE_SSL_REDIRECT = True  # type: ignore[attr-defined]
    for path in ("/healthz", "/readyz"):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path, headers={"host": "10.0.0.9"})
        assert answer.status_code == 200
        assert not answer.cookies
        assert not [query for query in queries if "session" in query["sql"]]
        assert "no-store" in answer["Cache-Control"]
