"""Speaking SMTP with the relay, so that one knows on which side of the final dot something broke."""

from __future__ import annotations

import re
import smtplib
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from letters.delivery.envelope import Envelope
from letters.delivery.talking import Talk

_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_CHUNK = 64 * 1024  # bytes between two time-outs
_MAX_REPLY = 500  # characters of a relay's reply that are kept
_FAREWELL = 5  # seconds to say goodbye, when the answer to the letter still has to be put on record


class Outcome(StrEnum):
    """What became of one attempt.

    `stopped`: we did not let it go; `unknown`: the final dot had no answer, or none that SMTP knows.
    """

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reply:
    """The outcome with the relay's own words; `code` is None where it gave none that SMTP knows."""

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
    within: float  # seconds from the call to `before_dot`
    dot_within: float  # seconds from `before_dot` to the dot; who comes later would speak after others ask the log
    name: str = "localhost"  # what we call ourselves in EHLO


class _Dotted(Exception):
    """The final dot was sent, or may have been: from here on nothing is simply tried again."""


def transmit(relay: Relay, envelope: Envelope, message: bytes, *, before_dot: Callable[[], bool]) -> Reply:
    """Give one message to the relay and tell what became of it.

    `before_dot` is asked when everything but the final dot is with the relay; where it says no the connection is
    dropped, and a relay must not deliver (RFC 5321 4.1.1.4). What it raises is raised, and then nothing was sent.
    """
    talk: Talk | None = None
    try:
        with _sayable():
            talk = _connected(relay)
            refusal = _offer(talk, envelope, message)
        return refusal or _finish(talk, before_dot, relay.dot_within)
    except smtplib.SMTPResponseException as refused:  # of greeting, EHLO, STARTTLS or login: the relay, not the letter
        return Reply(Outcome.DEFERRED, _code(refused.smtp_code), _words(refused.smtp_error))
    except _Dotted as broken:
        return Reply(Outcome.UNKNOWN, text=str(broken))
    except (smtplib.SMTPException, OSError) as broken:
        return Reply(Outcome.DEFERRED, text=_words(f"{type(broken).__name__}: {broken}"))
    finally:
        if talk:
            talk.close()


@contextmanager
def _sayable() -> Iterator[None]:
    """Put off what SMTP has no words for, as a password beyond ASCII; Python's own words would tell some of it."""
    try:
        yield
    except OSError:  # some of those of TLS are both
        raise
    except ValueError as wrong:
        raise smtplib.SMTPException(f"host, user or password cannot be said ({type(wrong).__name__})") from None


def _connected(relay: Relay) -> Talk:
    talk = Talk(relay.host, relay.port, name=relay.name, timeout=relay.timeout, within=relay.within)
    try:
        if relay.starttls:
            talk.starttls(context=ssl.create_default_context())
        if relay.user:
            talk.login(relay.user, relay.password)
        talk.ehlo_or_helo_if_needed()
    except BaseException:
        talk.close()
        raise
    return talk


def _offer(talk: Talk, envelope: Envelope, message: bytes) -> Reply | None:
    """Give the relay everything but the final dot; the reply is its refusal."""
    if envelope.international and not talk.has_extn("smtputf8"):
        return Reply(Outcome.REFUSED, text="the relay takes no addresses beyond ASCII (SMTPUTF8)")
    options = ["SMTPUTF8", "BODY=8BITMIME"] if envelope.international else []
    steps: tuple[tuple[int, Callable[[], tuple[int, bytes]]], ...] = (
        (2, lambda: talk.mail(envelope.sender, options)),
        (2, lambda: talk.rcpt(envelope.recipient)),
        (3, lambda: talk.docmd("DATA")),
    )
    for wanted, step in steps:
        code, text = step()
        if code // 100 != wanted:
            return _refusal(code, text)
    _send_body(talk, message)
    return None


def _finish(talk: Talk, before_dot: Callable[[], bool], dot_within: float) -> Reply:
    latest = time.monotonic() + dot_within
    if not before_dot():
        return Reply(Outcome.STOPPED)
    _refuse_broken(talk)
    if time.monotonic() > latest:
        return Reply(Outcome.DEFERRED, text="this machine was too slow to send the final dot in time")
    talk.end_within(dot_within)
    code, text = _dot(talk)
    talk.end_within(_FAREWELL)
    with suppress(smtplib.SMTPException, OSError):
        talk.quit()
    return _answer(code, text)


def _send_body(talk: Talk, message: bytes) -> None:
    body = _LEADING_DOT.sub(b"..", message)
    body = body if body.endswith(b"\r\n") else body + b"\r\n"
    for start in range(0, len(body), _CHUNK):
        talk.send(body[start : start + _CHUNK])


def _refuse_broken(talk: Talk) -> None:
    """Raise where the relay hung up, or spoke, while it was given the letter: then the dot is never sent.

    Sending alone does not notice: the letter fits into the kernel's buffers.
    """
    if talk.has_spoken():
        raise smtplib.SMTPServerDisconnected("the relay broke off before the final dot")


def _dot(talk: Talk) -> tuple[int, bytes]:
    try:
        talk.send(b".\r\n")
        return talk.getreply()
    except (smtplib.SMTPException, OSError) as broken:
        raise _Dotted(_words(f"no answer to the final dot ({type(broken).__name__})")) from broken


def _answer(code: int, text: Any) -> Reply:
    """What the answer to the final dot means; what is no such answer tells nothing."""
    if 200 <= code < 300:
        return Reply(Outcome.ACCEPTED, code, _words(text))
    return _refusal(code, text) if 400 <= code < 600 else Reply(Outcome.UNKNOWN, _code(code), _words(text))


def _refusal(code: int, text: Any) -> Reply:
    return Reply(Outcome.REFUSED if 500 <= code < 600 else Outcome.DEFERRED, _code(code), _words(text))


def _code(code: int) -> int | None:
    return code if 200 <= code < 600 else None


def _words(text: Any) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return "".join(char if char.isprintable() else " " for char in words)[:_MAX_REPLY]
