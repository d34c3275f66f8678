"""A conversation in SMTP that comes to an end, however slowly the relay speaks or listens and however much it says."""

from __future__ import annotations

import select
import smtplib
import time

_MOST_SAID = 64 * 1024  # bytes of all answers; a relay says some hundred
_CHUNK = 4096


class Talk(smtplib.SMTP):
    """SMTP with a deadline for the conversation besides the time-out for each answer, all in seconds.

    A socket's own time-out begins again with each byte. Raises TimeoutError, which smtplib may turn into
    SMTPServerDisconnected.
    """

    def __init__(self, host: str, port: int, *, name: str, timeout: float, within: float) -> None:
        self._timeout = timeout
        self.end_within(within)
        super().__init__(host, port, local_hostname=name, timeout=timeout)

    def end_within(self, seconds: float) -> None:
        """Set a new deadline, from now."""
        self._end = time.monotonic() + seconds

    def hurry(self) -> None:
        """Let the next act on the socket wait only as long as there is time. Raises TimeoutError after the deadline."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the relay took too long")
        if self.sock:
            self.sock.settimeout(min(left, self._timeout))

    def has_spoken(self) -> bool:
        """Whether there is something from the relay, or its hanging up, that nobody has read."""
        assert self.sock is not None
        return bool(self.file and self.file.unread) or bool(select.select([self.sock], [], [], 0)[0])

    def send(self, data: bytes | str) -> None:  # type: ignore[override]  # as smtplib does it
        """Send within the time."""
        self.hurry()
        super().send(data)

    def getreply(self) -> tuple[int, bytes]:
        """Read one answer within the time."""
        if self.file is None:  # also after STARTTLS: what was said before is not read behind it
            self.file = _Answers(self)
        return super().getreply()


class _Answers:
    """The lines that the relay says, as smtplib reads them from a file."""

    def __init__(self, talk: Talk) -> None:
        self._talk, self._left = talk, _MOST_SAID
        self.unread = b""

    def readline(self, limit: int) -> bytes:
        """The next line, or what there is of it when the relay hangs up or the limit is reached."""
        while b"\n" not in self.unread and len(self.unread) < limit:
            got = self._receive()
            if not got:
                break
            self.unread += got
        end = min(self.unread.find(b"\n") + 1 or len(self.unread), limit)
        line, self.unread = self.unread[:end], self.unread[end:]
        return line

    def close(self) -> None:
        """Nothing is held: the socket is smtplib's."""

    def _receive(self) -> bytes:
        assert self._talk.sock is not None
        self._talk.hurry()
        got: bytes = self._talk.sock.recv(_CHUNK)
        self._left -= len(got)
        if self._left < 0:
            raise OSError("the relay says too much")
        return got
