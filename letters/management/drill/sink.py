"""A relay that takes everything, logs it as Postfix does, and takes its time at random. Ends with its standard input.

python -m letters.management.drill.sink LOG      prints its port
"""

from __future__ import annotations

import asyncio
import random
import socket
import sys
from datetime import UTC, datetime
from email import message_from_bytes
from itertools import count
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_SLOWEST = 0.03  # seconds at each of three places, so that kills fall between them


class Log:
    """A file in the form of Postfix; each line is on disk before the relay goes on."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, daemon: str, words: str) -> None:
        """Add one line, of now."""
        with self._path.open("a") as log:
            log.write(f"{datetime.now(UTC).isoformat(timespec='microseconds')} drill postfix/{daemon}[1]: {words}\n")


class Talk(SMTP):
    """One conversation, which is logged when it begins and when it is over, however it ends."""

    log: Log

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Log that somebody came."""
        self.log.write("smtpd", "connect from localhost[127.0.0.1]")
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Log that they left."""
        self.log.write("smtpd", "disconnect from localhost[127.0.0.1]")
        super().connection_lost(error)


class Talks(Controller):
    """Takes every call."""

    def factory(self) -> SMTP:
        """Begin a conversation."""
        talk = Talk(self.handler, **self.SMTP_kwargs)
        talk.log = self.handler.log
        return talk


class Sink:
    """Logs a message once it is whole, before the sender hears of it: as a relay does."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self._numbers = count(1)

    async def handle_RCPT(  # noqa: N802
        self,
        server: SMTP,  # noqa: ARG002
        session: Session,  # noqa: ARG002
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002
    ) -> str:
        """Take the recipient."""
        await _pause()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        """Take the message."""
        await _pause()
        assert isinstance(envelope.content, bytes)
        message_id, queue_id = message_from_bytes(envelope.content)["Message-ID"], f"D{next(self._numbers)}"
        self.log.write("cleanup", f"{queue_id}: message-id={message_id}")
        self.log.write("qmgr", f"{queue_id}: from=<x>, size=1, nrcpt=1 (queue active)")
        await _pause()
        return "250 Queued"


async def _pause() -> None:
    await asyncio.sleep(random.uniform(0, _SLOWEST))


def main(log: Path) -> None:
    """Serve on a free port of the loopback until standard input ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log.unlink(missing_ok=True)
    written = Log(log)
    written.write("master", "daemon started")
    controller = Talks(Sink(written), hostname="127.0.0.1", port=port)
    controller.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    controller.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
