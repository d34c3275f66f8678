"""A real SMTP server on loopback that keeps what it takes, logs as Postfix does, and misbehaves on demand."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import timezone


@dataclass
class Relay:
    """What the server took, and how it is to answer: each answer is used once, then it accepts."""

    log: Path
    taken: list[Envelope] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)  # to RCPT
    final_answers: list[str] = field(default_factory=list)  # to the final dot; "" hangs up instead
    takes_then_hangs_up: bool = False
    slow: float = 0.0  # seconds before the answer to RCPT
    at_recipient: Callable[[], object] | None = None  # called once, before RCPT is answered
    at_dot: Callable[[], object] | None = None  # called once, when the message was taken and before that is said

    @property
    def message_ids(self) -> list[str]:
        """The Message-ID of every message that was taken, in order."""
        return [message_from_bytes(content(envelope))["Message-ID"] for envelope in self.taken]

    def logs(self, daemon: str, words: str, *, at: datetime | None = None) -> None:
        """Write a line into the log, of now where no other moment is given."""
        with self.log.open("a") as log:
            log.write(f"{(at or timezone.now()).isoformat()} mx postfix/{daemon}[1]: {words}\n")

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer as told, else take the recipient."""
        await asyncio.sleep(self.slow)
        call, self.at_recipient = self.at_recipient, None
        if call:
            call()
        if self.answers and (answer := self.answers.pop(0)) != "250":
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Answer as told, else keep the message and write the log."""
        if self.final_answers and (answer := self.final_answers.pop(0)) != "250":
            return answer or hang_up(server)
        self.taken.append(envelope)
        self.logs("cleanup", f"A{len(self.taken)}: message-id={self.message_ids[-1]}")
        self.logs("qmgr", f"A{len(self.taken)}: from=<x>, size=1, nrcpt=1 (queue active)")
        call, self.at_dot = self.at_dot, None
        if call:
            call()
        return hang_up(server) if self.takes_then_hangs_up else "250 Queued"


def content(envelope: Envelope) -> bytes:
    assert isinstance(envelope.content, bytes)
    return envelope.content


def hang_up(server: SMTP) -> str:
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()
    return "250 nobody hears this"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def a_relay(settings: Any, log: Path) -> Iterator[Relay]:
    """Start the server and point the settings at it, without its log."""
    relay = Relay(log)
    log.touch()
    port = free_port()
    controller = Controller(relay, hostname="127.0.0.1", port=port, enable_SMTPUTF8=True)
    controller.start()
    try:
        settings.SMTP = settings.SMTP | {"host": "127.0.0.1", "port": port, "starttls": False, "timeout": 20.0}
        settings.OUTBOX = settings.OUTBOX | {"per_minute": 60_000.0}
        yield relay
    finally:
        controller.stop()
