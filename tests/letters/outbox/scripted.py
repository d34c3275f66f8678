"""A mail server that misbehaves at one step of one conversation, and takes everything after it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any, BinaryIO

HANG_UP = ""
SILENCE = "…"
DRIP = "drip"  # a byte now and then, for ever
BABBLE = "babble"  # lines that announce another one, for ever
_FOR_EVER = {DRIP: (b"2", 0.05), BABBLE: (b"250-and another thing\r\n", 0.0)}
_ANSWERS = {"greeting": "220 ready", "EHLO": "250 hello", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go"}


@dataclass
class Scripted:
    """`step` is a command, `greeting`, `body` (the first line of it) or `dot`; `answer` is given there, once."""

    listening: socket.socket
    step: str = "none"
    answer: str = ""
    taken: list[str] = field(default_factory=list)  # Message-IDs
    conversations: int = 0

    def serve(self) -> None:
        """Talk to one after the other until the socket is closed."""
        with suppress(OSError):
            while True:
                talking, _ = self.listening.accept()
                self.conversations += 1
                with talking, talking.makefile("rb") as lines, suppress(_End, OSError):
                    self._talk(talking, lines)

    def _talk(self, talking: socket.socket, lines: BinaryIO) -> None:
        self._say(talking, "greeting")
        for line in lines:
            command = line[:4].decode().upper()
            if command == "QUIT":
                return
            self._say(talking, command)
            if command == "DATA":
                self._take(talking, lines)

    def _take(self, talking: socket.socket, lines: BinaryIO) -> None:
        body = lines.readline()
        if self.step == "body":
            self._say(talking, "body")
        for line in lines:
            if line == b".\r\n":
                break
            body += line
        else:
            return  # hung up before the dot: no relay delivers this
        if self.step != "dot" or self.answer == SILENCE or self.answer.startswith("taken"):
            self.taken.append(message_from_bytes(body)["Message-ID"])
        self.answer = self.answer.removeprefix("taken")
        self._say(talking, "dot")

    def _say(self, talking: socket.socket, step: str) -> None:
        answer = self.answer if step == self.step else _ANSWERS.get(step, "250 ok")
        if step == self.step:
            self.step = "none"
        if answer == SILENCE:
            while talking.recv(65536):  # until the other side has had enough
                pass
        if answer in _FOR_EVER:
            _go_on(talking, *_FOR_EVER[answer])
        if answer in (HANG_UP, SILENCE):
            raise _End
        talking.sendall(answer.encode() + b"\r\n")


def _go_on(talking: socket.socket, words: bytes, pause: float) -> None:
    while True:  # until the other side hangs up
        talking.sendall(words)
        time.sleep(pause)


class _End(Exception):
    """The conversation is over."""


@contextmanager
def a_scripted_relay(settings: Any) -> Iterator[Scripted]:
    """Start the server and point the settings at it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        relay = Scripted(listening)
        thread = threading.Thread(target=relay.serve, daemon=True)
        thread.start()
        port = listening.getsockname()[1]
        settings.SMTP = settings.SMTP | {"host": "127.0.0.1", "port": port, "starttls": False, "timeout": 0.5}
        settings.OUTBOX = settings.OUTBOX | {"per_minute": 60_000.0}
        yield relay
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=5)
