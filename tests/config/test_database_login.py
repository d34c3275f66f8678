"""How DATABASE_URL is read."""

import socket
import time
from typing import Any

import pytest
from django.db import OperationalError

from config.database import parse
from config.postgresql.base import DatabaseWrapper


def options(url: str) -> Any:
    return parse("DATABASE_URL", url).credentials()["OPTIONS"]


def test_a_server_that_is_silent_is_given_up_after_seconds_and_the_operator_may_say_otherwise() -> None:
    assert options("postgres://app@db.example:5432/redress") == {"connect_timeout": 5}
    assert options("postgres://app@/redress?host=/run/db&connect_timeout=9") == {"connect_timeout": "9"}


def test_the_driver_keeps_to_it(django_db_blocker: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        login = parse("DATABASE_URL", f"postgres://app@127.0.0.1:{silent.getsockname()[1]}/redress?connect_timeout=2")
        settings = {"TIME_ZONE": None, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "AUTOCOMMIT": True}
        began = time.monotonic()
        with django_db_blocker.unblock(), pytest.raises(OperationalError):
            DatabaseWrapper(login.django() | settings, alias="silent").ensure_connection()
    assert time.monotonic() - began < 10
