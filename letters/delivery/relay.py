"""Speaking SMTP with the relay, so that one knows on which side of the final dot something broke."""

from __future__ import annotations

import re
import select
import smtplib
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from letters.delivery.envelope import Envelope

_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_CHUNK = 64 * 1024  # bytes between two time-outs
_MAX_REPLY = 500  # characters of a relay's reply that are kept


class Outcome(StrEnum):
    """What became of one attempt. `stopped`: we did not let it go; `unknown`: no answer to the final dot."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reply:
    """The outcome with the relay's own words; `code` is None where it gave none."""

    outcome: Outcome
    code: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Relay:
    """How the relay is reached; `timeout` in seconds for each of its answers."""

    host: str
    port: int
    starttls: bool
    user: str
    password: str
    timeout: float
    dot_within: float  # seconds from `before_dot` to the dot; who comes later would speak after others ask the log
    name: str = "localhost"  # what we call ourselves in EHLO


class _Dotted(Exception):
    """The final dot was sent, or may have been: from here on nothing is simply tried again."""


def transmit(relay: Relay, envelope: Envelope, message: bytes, *, before_dot: Callable[[], bool]) -> Reply:
    """Give one message to the relay and tell what became of it.

    `before_dot` is asked when everything but the final dot is with the relay; where it says no the connection is
    dropped, and a relay must not deliver (RFC 5321 4.1.1.4). What it raises is raised, and then nothing was sent.
    """
    smtp: smtplib.SMTP | None = None
    try:
        smtp = _connected(relay)
        return _exchange(smtp, envelope, message, before_dot, relay.dot_within)
    except smtplib.SMTPResponseException as refused:  # of greeting, EHLO, STARTTLS or login: the relay, not the letter
        return Reply(Outcome.DEFERRED, refused.smtp_code, _words(refused.smtp_error))
    except _Dotted as broken:
        return Reply(Outcome.UNKNOWN, text=str(broken))
    except (smtplib.SMTPException, OSError) as broken:
        return Reply(Outcome.DEFERRED, text=_words(f"{type(broken).__name__}: {broken}"))
    finally:
        if smtp:
            smtp.close()


def _connected(relay: Relay) -> smtplib.SMTP:
    smtp = smtplib.SMTP(relay.host, relay.port, local_hostname=relay.name, timeout=relay.timeout)
    try:
        if relay.starttls:
            smtp.starttls(context=ssl.create_default_context())
        if relay.user:
            smtp.login(relay.user, relay.password)
        smtp.ehlo_or_helo_if_needed()
    except BaseException:
        smtp.close()
        raise
    return smtp


def _exchange(
    smtp: smtplib.SMTP, envelope: Envelope, message: bytes, before_dot: Callable[[], bool], dot_within: float
) -> Reply:
    if envelope.international and not smtp.has_extn("smtputf8"):
        return Reply(Outcome.REFUSED, text="the relay takes no addresses beyond ASCII (SMTPUTF8)")
    options = ["SMTPUTF8", "BODY=8BITMIME"] if envelope.international else []
    steps: tuple[Callable[[], tuple[int, bytes]], ...] = (
        lambda: smtp.mail(envelope.sender, options),
        lambda: smtp.rcpt(envelope.recipient),
        lambda: smtp.docmd("DATA"),
    )
    for step in steps:
        code, text = step()
        if code >= 400:
            return _refusal(code, text)
    _send_body(smtp, message)
    latest = time.monotonic() + dot_within
    if not before_dot():
        return Reply(Outcome.STOPPED)
    _refuse_broken(smtp)
    if time.monotonic() > latest:
        return Reply(Outcome.DEFERRED, text="this machine was too slow to send the final dot in time")
    code, text = _dot(smtp)
    with suppress(smtplib.SMTPException, OSError):
        smtp.quit()
    return Reply(Outcome.ACCEPTED, code, _words(text)) if code < 300 else _refusal(code, text)


def _send_body(smtp: smtplib.SMTP, message: bytes) -> None:
    body = _LEADING_DOT.sub(b"..", message)
    body = body if body.endswith(b"\r\n") else body + b"\r\n"
    for start in range(0, len(body), _CHUNK):
        smtp.send(body[start : start + _CHUNK])


def _refuse_broken(smtp: smtplib.SMTP) -> None:
    """Raise where the relay hung up, or spoke, while it was given the letter: then the dot is never sent.

    Sending alone does not notice: the letter fits into the kernel's buffers.
    """
    assert smtp.sock is not None
    if select.select([smtp.sock], [], [], 0)[0]:
        raise smtplib.SMTPServerDisconnected("the relay broke off before the final dot")


def _dot(smtp: smtplib.SMTP) -> tuple[int, bytes]:
    try:
        smtp.send(b".\r\n")
        return smtp.getreply()
    except (smtplib.SMTPException, OSError) as broken:
        raise _Dotted(_words(f"no answer to the final dot ({type(broken).__name__})")) from broken


def _refusal(code: int, text: Any) -> Reply:
    return Reply(Outcome.REFUSED if code >= 500 else Outcome.DEFERRED, code, _words(text))


def _words(text: Any) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return "".join(char if char.isprintable() else " " for char in words)[:_MAX_REPLY]
