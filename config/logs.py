"""What is logged, and what never is: no query string, no body, no value out of an exception's message.

A log is read by more people than a case is, and is kept longer. So a request is named by its route (a path holds ids
and tokens), and an exception by its class and the lines it came through (its message may quote a row).
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from typing_extensions import override

STYLES = ("plain", "json")
#: Whose lines are told from the operator's level on.
_TOLD = ("accounts", "directory", "cases", "letters", "config", "django", "django.server", "celery")
_ADDRESS = re.compile(r"(https?://[^/\s?]+)\S*")
_QUERY = re.compile(r"\?\S*")


class Discreet(logging.Filter):
    """Takes out of a record what could tell of a person, before any formatter sees it."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        """Let a record pass with its arguments made discreet; gunicorn's access lines, which tell who asked, do not."""
        if record.name == "gunicorn.access":
            return False
        if hasattr(getattr(record, "request", None), "resolver_match") and record.args:
            reasons = map(_discreet, _listed(record.args)[:-1])
            record.args = (*reasons, _route(record))  # Django's last argument is the path
        elif record.name.startswith(("gunicorn", "django.server")):
            record.args = tuple(map(_discreet, _listed(record.args)))
        elif record.name.startswith("celery") and isinstance(record.args, Mapping) and "exc" in record.args:
            unsaid = dict.fromkeys(("traceback", "args", "kwargs", "return_value"), "")
            record.args = {**record.args, **unsaid, "exc": str(record.args["exc"]).partition("(")[0]}
        return True


class Stderr(logging.StreamHandler[TextIO]):
    """Standard error; a record that cannot be written is not told with its arguments, as Python would."""

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """Say which logger it was, and where."""
        sys.stderr.write(f"a record of {record.name} could not be written ({record.pathname}:{record.lineno})\n")


class Plain(logging.Formatter):
    """One line a record, for people and the journal; an exception adds the lines it came through."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        """Return the text."""
        message = record.getMessage().replace("\n", "\\n")
        line = f"{_time(record)} {record.levelname} {record.name}: {message}"
        return "\n".join([line, *_raised(record)])


class Json(logging.Formatter):
    """One JSON object a record, for a log server."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        """Return the text."""
        said: dict[str, Any] = {"at": _time(record), "level": record.levelname, "logger": record.name}
        said["message"] = record.getMessage()
        if status := getattr(record, "status_code", None):
            said["status"] = status
        if raised := list(_raised(record)):
            said["raised"] = raised
        return json.dumps(said, ensure_ascii=False)


def logging_settings(environment: Mapping[str, str], *, production: bool) -> dict[str, Any]:
    """Django's LOGGING: all to standard error, REDRESS_LOG_LEVEL and up, as REDRESS_LOG_FORMAT (plain or json)."""
    level = environment.get("REDRESS_LOG_LEVEL") or ("INFO" if production else "WARNING")
    style = environment.get("REDRESS_LOG_FORMAT") or "plain"
    if style not in STYLES:
        raise ValueError(f"REDRESS_LOG_FORMAT must be one of {', '.join(STYLES)}")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"discreet": {"()": Discreet}},
        "formatters": {"plain": {"()": Plain}, "json": {"()": Json}},
        "handlers": {
            "stderr": {"()": Stderr, "filters": ["discreet"], "formatter": style},
        },
        # Libraries tell warnings only: what they say below is theirs, and some of it is what they send and receive.
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        # Django's own handlers go: one of them would mail a whole request to the administrators.
        "loggers": {name: {"handlers": [], "level": level.upper(), "propagate": True} for name in _TOLD}
        | {"django.db.backends": {"level": "INFO"}},  # at DEBUG it tells every value of every statement
    }


def _listed(arguments: Any) -> tuple[Any, ...]:
    return arguments if isinstance(arguments, tuple) else ()


def _discreet(argument: Any) -> Any:
    """An argument with addresses cut to the host, and without query strings: a refused Referer is quoted in full."""
    return _QUERY.sub("", _ADDRESS.sub(r"\1", argument)) if isinstance(argument, str) else argument


def _route(record: logging.LogRecord) -> str:
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    return f"/{match.route}" if match else "an address that leads nowhere"


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _raised(record: logging.LogRecord) -> Iterator[str]:
    """Yield the exception with what caused it, the first cause last: lines of our code and class names only."""
    error = record.exc_info[1] if record.exc_info else None
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield from _came_through(error.__traceback__)
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _came_through(trace: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(trace):
        yield f"  {frame.filename}:{frame.lineno} {frame.name}"
