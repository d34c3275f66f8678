"""Sending one request as somebody, undoing what it did, and reading everything that came back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cache
from http.cookies import SimpleCookie
from typing import Any

from django.core.handlers.base import BaseHandler
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, conditional_content_removal, encode_multipart

_WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|TRUNCATE|MERGE|COPY|ALTER|DROP|CREATE)\b", re.IGNORECASE)
#: What any request may write: when and from where a person was last seen, their session, how often one tried.
_OF_ANY_REQUEST = re.compile(
    r'(INSERT INTO|UPDATE) "(usersessions_usersession|django_session)"|\w+ (INTO |FROM )?"?accounts_cacheentry'
)


@dataclass(frozen=True)
class Answer:
    """All that a person gets to see; `changed` says what was written that is not theirs."""

    status: int
    headers: tuple[tuple[str, str], ...]
    text: str
    changed: tuple[str, ...] = ()

    @property
    def everything(self) -> str:
        """Where a mark could be: status, headers, cookies, messages and body."""
        return "\n".join([str(self.status), *(f"{name}: {value}" for name, value in self.headers), self.text])


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def ask(
    session: str | None,
    method: str,
    path: str,
    body: bytes = b"",
    *,
    changes: Callable[[], tuple[str, ...]] = tuple,
    csrf: bool = False,
) -> Answer:
    """Ask with this session; what was written is undone, after `changes` has said whether it was anybody else's."""
    request = _request(session, method, path, body)
    request._dont_enforce_csrf_checks = not csrf  # type: ignore[attr-defined]  # as Django's test client does
    written: list[str] = []
    with transaction.atomic():
        with _watched(written):
            response = conditional_content_removal(request, _handler().get_response(request))  # as servers do
        assert isinstance(response, HttpResponse), "a stream would be read after its transaction"
        changed = changes() if written else ()
        transaction.set_rollback(True)
    return Answer(response.status_code, _headers(response), _text(request, response), changed)


def encoded(body: dict[str, Any]) -> bytes:
    """A form as a browser sends it."""
    return encode_multipart(BOUNDARY, body)


def _request(session: str | None, method: str, path: str, body: bytes) -> HttpRequest:
    factory = RequestFactory()
    factory.cookies = SimpleCookie({"sessionid": session} if session else {})
    return factory.generic(method, path, body, MULTIPART_CONTENT) if body else factory.generic(method, path)


@contextmanager
def _watched(written: list[str]) -> Iterator[None]:
    def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if isinstance(sql, str) and _WRITING.match(sql) and not _OF_ANY_REQUEST.match(sql):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


def _headers(response: HttpResponse) -> tuple[tuple[str, str], ...]:
    cookies = [("Set-Cookie", morsel.OutputString()) for morsel in response.cookies.values()]
    return (*sorted(response.items()), *cookies)


def _text(request: HttpRequest, response: HttpResponse) -> str:
    """The body, the parts of a message decoded, and what the next page will say."""
    said = [str(message) for message in getattr(getattr(request, "_messages", None), "_queued_messages", ())]
    content = response.content
    if response.headers.get("Content-Type", "").startswith("message/"):
        parts = message_from_bytes(content, policy=default).walk()
        said.extend(_decoded(part) for part in parts)
    return "\n".join([content.decode(errors="replace"), *said])


def _decoded(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)  # bytes; None for a part that has parts
    return data.decode(errors="replace") if isinstance(data, bytes) else ""
