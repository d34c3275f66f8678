"""What is logged tells what happened where, and of nobody."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from logging.config import dictConfig

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import path

from config import celery_app
from config.logs import Stderr, logging_settings

NAME = "Margaret Testperson"


def fail(_request: HttpRequest, token: str) -> HttpResponse:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT %s::int", [f"{token} {NAME}"])
    raise AssertionError("not reached")


@celery_app.task(name="tests.config.failing_task", shared=False)
def failing_task(victim: str) -> None:
    raise DatabaseError(f"Failing row contains ({victim})")


urlpatterns = [path("verify/<str:token>/", fail)]


@pytest.fixture(params=["plain", "json"])
def said(request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    """What was logged since the test began, in the style of the fixture's parameter."""
    root = logging.getLogger()
    before, level, stream = root.handlers[:], root.level, io.StringIO()
    told = logging_settings({"REDRESS_LOG_FORMAT": request.param}, production=True)
    told["handlers"]["stderr"]["stream"] = stream
    dictConfig(told)
    yield stream.getvalue
    dictConfig(settings.LOGGING)
    root.handlers[:], root.level = before, level


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[])
def test_a_request_that_fails_is_named_by_its_route_and_by_where_it_failed(said: Callable[[], str]) -> None:
    client = Client(raise_request_exception=False)
    client.post(f"/verify/secret-token/?name={NAME}", {"victim": NAME})
    text = said()
    assert "/verify/<str:token>/" in text
    assert "django.db.utils.DataError" in text
    assert "test_logs.py" in text
    for personal in ("secret-token", "Margaret", "name="):
        assert personal not in text


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[])
def test_an_unknown_address_is_not_repeated(said: Callable[[], str]) -> None:
    Client().get(f"/{NAME} Ñandú/?q={NAME}")
    assert "Not Found: an address that leads nowhere" in said()
    assert "Margaret" not in said()


def test_a_refused_form_tells_the_host_that_it_came_from_and_no_more(said: Callable[[], str]) -> None:
    reason = "Referer checking failed - https://elsewhere.example.org/reset/secret-token/?q=Margaret does not match"
    request = RequestFactory().post(f"/verify/{NAME}/")
    logging.getLogger("django.security.csrf").warning("Forbidden (%s): %s", reason, NAME, extra={"request": request})
    assert "Referer checking failed - https://elsewhere.example.org does not match" in said()
    assert "secret-token" not in said()
    assert "Margaret" not in said()


def test_a_task_that_fails_tells_its_class_and_not_its_message(said: Callable[[], str]) -> None:
    failing_task.apply(args=(NAME,), throw=False)
    assert "tests.config.failing_task" in said()
    assert "DatabaseError" in said()
    assert "Margaret" not in said()


@pytest.mark.parametrize("name", ["gunicorn.error", "django.server"])
def test_a_web_server_s_own_lines_lose_the_query(said: Callable[[], str], name: str) -> None:
    logging.getLogger(name).error('"%s" %s', "GET /cases/?name=Margaret HTTP/1.1", 200)
    assert "GET /cases/ HTTP/1.1" in said()
    assert "Margaret" not in said()


def test_nobody_logs_who_asked_for_what(said: Callable[[], str]) -> None:
    logging.getLogger("gunicorn.access").error("%(h)s %(r)s", {"h": "192.0.2.7", "r": "GET / HTTP/1.1"})
    assert said() == ""


def test_a_record_that_cannot_be_written_does_not_tell_its_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    Stderr().handle(logging.LogRecord("letters", logging.ERROR, __file__, 7, "%d letters", (NAME,), None))
    told = capsys.readouterr().err
    assert "a record of letters could not be written" in told
    assert "Margaret" not in told


def test_every_line_of_json_is_an_object(said: Callable[[], str]) -> None:
    try:
        int(NAME)
    except ValueError:
        logging.getLogger("letters").exception("two\nlines")
    lines = said().splitlines()
    if lines[0].startswith("{"):
        [told] = [json.loads(line) for line in lines]
        assert (told["level"], told["message"], told["raised"][-1]) == ("ERROR", "two\nlines", "builtins.ValueError")
    else:
        assert lines[0].endswith("ERROR letters: two\\nlines")
    assert "Margaret" not in said()


def test_values_of_statements_and_the_talk_of_libraries_stay_out_at_every_level() -> None:
    told = logging_settings({"REDRESS_LOG_LEVEL": "debug"}, production=False)
    assert told["loggers"]["letters"]["level"] == "DEBUG"
    assert told["loggers"]["django.db.backends"]["level"] == "INFO"
    assert told["root"]["level"] == "WARNING"


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(ValueError, match="REDRESS_LOG_FORMAT"):
        logging_settings({"REDRESS_LOG_FORMAT": "xml"}, production=True)


def test_a_worker_logs_like_the_rest(child_environment: Callable[[], dict[str, str]], db: None) -> None:
    code = (
        "import logging; from config import celery_app; celery_app.log.setup('DEBUG');"
        " print(logging.getLogger().handlers[0].formatter)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=child_environment(), cwd=settings.BASE_DIR, capture_output=True, check=True
    )
    assert b"config.logs.Plain" in done.stdout
