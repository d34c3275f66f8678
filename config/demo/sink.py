"""The demo's mail sink: takes every message and keeps it in a file; nothing goes any further.

python -m config.demo.sink DESCRIPTOR FOLDER      DESCRIPTOR is the number of an open listening socket
"""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from config.demo import mailbox

_LARGEST = 50 * 1024 * 1024  # bytes: more than any relay in earnest takes


class Sink:
    """Keeps a message before the sender hears that it was taken, as a relay does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        """Take the message, whoever it is for."""
        assert isinstance(envelope.content, bytes)
        mailbox.keep(self._folder, envelope.content, sender=envelope.mail_from or "", recipients=envelope.rcpt_tos)
        sys.stdout.write("A message arrived: read it at /outbox/\n")
        sys.stdout.flush()
        return "250 Kept, and sent to nobody"


async def serve(listening: socket.socket, folder: Path) -> None:
    """Take messages until SIGTERM or SIGINT."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, told.set)
    sink = Sink(folder)
    server = await loop.create_server(
        lambda: SMTP(sink, hostname="demo.invalid", enable_SMTPUTF8=True, data_size_limit=_LARGEST), sock=listening
    )
    await told.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2])))
