"""`/healthz` (the process answers) and `/readyz` (it can do its work), for whoever watches the installation."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse

from config.celery import app

_PATIENCE = 2  # seconds that the database, and then the broker, may take


class HealthMiddleware:
    """Answers both before everything else: no session, no host name, no organization, no redirect to https."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or pass the request on. Both say only yes or no, to everybody."""
        if request.path == "/healthz":
            return _answer({"alive": True}, ok=True)
        if request.path == "/readyz":
            return readiness()
        return self.get_response(request)


def readiness() -> HttpResponse:
    """200 where the database answers the application's login and is migrated, 503 otherwise.

    The broker is told but does not decide: every page works without it, and what waits to be sent is rows that the
    sweeper finds again. Taking the pages away as well would turn a delay into an outage.
    """
    ready = database_is_ready()
    return _answer({"ready": ready, "broker": broker_answers()}, ok=ready)


def database_is_ready() -> bool:
    """Whether the database answers in time and knows every migration of this code."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{_PATIENCE}s"])
            return _migrations().issubset(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return False


def broker_answers() -> bool:
    """Whether the broker takes a connection; any failure of any of its clients is a no."""
    try:
        with app.connection_for_write(connect_timeout=_PATIENCE) as broker:
            broker.ensure_connection(max_retries=1, timeout=_PATIENCE)
    except Exception:  # noqa: BLE001 - each transport has errors of its own
        return False
    return True


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def _answer(content: dict[str, bool], *, ok: bool) -> HttpResponse:
    return JsonResponse(content, status=200 if ok else 503, headers={"Cache-Control": "no-store"})
