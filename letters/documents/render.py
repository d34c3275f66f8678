"""The door of the renderer: a letter's HTML in, PDF bytes out, printed by a process behind walls."""

import atexit
import contextlib
import os
import select
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import datetime

from letters.documents.fonts import FONTCONFIG_FILE, PROJECT, ensure_fonts
from letters.documents.letter import Letter, receive_frame, send_frame
from letters.documents.limits import Limits

_PRINTED = b"P"
_START_SECONDS = 60  # fontconfig reads every font the first time


class RenderFailed(RuntimeError):
    """The letter could not be printed within its limits; the message says which, never the text."""


def render_pdf(
    html: str,
    *,
    stylesheet: str,
    title: str,
    language: str,
    author: str,
    created: datetime,
    assets: Mapping[str, bytes] | None = None,
) -> bytes:
    """The letter as PDF/A-3a with the PDF/UA-1 marker; the same bytes for the same input.

    `language` is BCP 47, `created` knows its time zone, `assets` maps addresses such as "asset:logo.svg" to bytes;
    nothing else can be loaded. Raises RenderFailed; the next letter is printed all the same.
    """
    letter = Letter(html, stylesheet, title, language, author, created, assets or {})
    with _LOCK:
        answer = _server().ask(letter.to_bytes())
    if answer[:1] != _PRINTED:
        raise RenderFailed(answer[1:].decode())
    return answer[1:]


class _Server:
    """The render process as its worker sees it."""

    def __init__(self) -> None:
        ensure_fonts()
        environment = {"FONTCONFIG_FILE": str(FONTCONFIG_FILE), "LANG": "C.UTF-8", "PATH": os.defpath}
        if "REDRESS_VAR" in os.environ:
            environment["REDRESS_VAR"] = os.environ["REDRESS_VAR"]
        command = [sys.executable, "-m", "letters.documents.server"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=PROJECT, env=environment
        )

    def ask(self, request: bytes) -> bytes:
        """One answer. Raises RenderFailed, and ends the process, when it is gone or silent past every limit."""
        assert self.process.stdin and self.process.stdout
        try:
            limits = Limits.for_letter(len(request))
            send_frame(self.process.stdin, limits.to_bytes())
            send_frame(self.process.stdin, request)
            if not select.select([self.process.stdout], [], [], _START_SECONDS + 2 * limits.wall_seconds)[0]:
                raise EOFError
            return receive_frame(self.process.stdout)
        except (EOFError, OSError) as problem:
            self.process.kill()
            self.forget()
            self.process.wait()
            raise RenderFailed("the render process ended") from problem

    def forget(self) -> None:
        """Let go of the pipes; the process ends when nobody holds them any more."""
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()

    @property
    def alive(self) -> bool:
        return self.process.poll() is None


_LOCK = threading.Lock()
_servers: list[_Server] = []  # none or one


def _server() -> _Server:
    if _servers and not _servers[0].alive:
        _servers.pop().forget()
    if not _servers:
        _servers.append(_Server())
    return _servers[0]


def stop_renderer() -> None:
    """End the render process, as at the end of the worker. The next letter starts another."""
    with _LOCK:
        while _servers:
            server = _servers.pop()
            server.forget()
            server.process.wait()


def _leave_to_parent() -> None:
    """In a forked worker: the parent's render process is not ours, and must see its pipes close when the parent ends."""
    global _LOCK
    _LOCK = threading.Lock()
    while _servers:
        server = _servers.pop()
        server.process.returncode = 0  # not our child: no wait, no warning
        server.forget()


atexit.register(stop_renderer)
os.register_at_fork(after_in_child=_leave_to_parent)
