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
from letters.documents.specimen import specimen

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
    with _state.lock:
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
        # Its warnings would quote the letter's text into the worker's log.
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=PROJECT,
            env=environment,
        )
        assert self.process.stdin
        # Should the process be gone already, the first letter finds that out.
        with contextlib.suppress(OSError):
            send_frame(self.process.stdin, specimen())

    def ask(self, request: bytes) -> bytes:
        """One answer. Raises RenderFailed, and ends the process, when it is gone or silent past every limit."""
        try:
            return self._answer(request)
        except (EOFError, OSError) as problem:
            self.process.kill()
            self.forget()
            self.process.wait()
            raise RenderFailed("the render process ended") from problem

    def _answer(self, request: bytes) -> bytes:
        assert self.process.stdin
        assert self.process.stdout
        limits = Limits.for_letter(len(request))
        send_frame(self.process.stdin, limits.to_bytes())
        send_frame(self.process.stdin, request)
        answered, _, _ = select.select([self.process.stdout], [], [], _START_SECONDS + 2 * limits.wall_seconds)
        if not answered:
            raise EOFError
        return receive_frame(self.process.stdout)

    def forget(self) -> None:
        """Let go of the pipes; the process ends when nobody holds them any more."""
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()

    @property
    def alive(self) -> bool:
        """Whether it still answers."""
        return self.process.poll() is None


class _State:
    """This process's render process, if it has started one, and the lock of those who ask."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.server: _Server | None = None


_state = _State()


def _server() -> _Server:
    if _state.server and not _state.server.alive:
        _state.server.forget()
        _state.server = None
    if not _state.server:
        _state.server = _Server()
    return _state.server


def stop_renderer() -> None:
    """End the render process, as at the end of the worker. The next letter starts another."""
    with _state.lock:
        if _state.server:
            _state.server.forget()
            _state.server.process.wait()
            _state.server = None


def _leave_to_parent() -> None:
    """In a forked worker: the parent's render process is not ours, and must see its pipes close with the parent."""
    if _state.server:
        _state.server.process.returncode = 0  # not our child: no wait, no warning
        _state.server.forget()
    _state.__init__()  # type: ignore[misc]


atexit.register(stop_renderer)
os.register_at_fork(after_in_child=_leave_to_parent)
