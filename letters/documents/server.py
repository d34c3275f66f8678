"""The render process: warm, alone, and forking once per letter.

It inherits two pipes and nothing else: no socket, no database, no environment with secrets. Each letter is printed
by a child with limits of its own, so that a text that hangs or eats memory costs one letter and not the process.
It ends when its standard input does, that is with the worker that started it.
"""

import gc
import os
import select
import signal
import sys
import time
from pathlib import Path
from typing import IO, NoReturn

from letters.documents import walls
from letters.documents.engine import HouseFonts, write_pdf
from letters.documents.fonts import DIRECTORIES, PROJECT
from letters.documents.letter import Letter, receive_frame, send_frame
from letters.documents.limits import Limits

PRINTED, FAILED = b"P", b"F"


def main() -> None:
    """Print the specimen, the first on standard input, then answer letters until it ends."""
    fonts = HouseFonts()
    write_pdf(Letter.from_bytes(receive_frame(sys.stdin.buffer)), fonts)
    code = [Path(entry) for entry in (*sys.path, sys.prefix, sys.base_prefix) if entry]
    walls.leave_network()
    walls.read_only([*DIRECTORIES, *code, PROJECT / "letters", Path("/usr"), Path("/lib"), Path("/proc")])
    gc.collect()
    gc.freeze()
    _serve(sys.stdin.buffer, sys.stdout.buffer, fonts)


def _serve(requests: IO[bytes], answers: IO[bytes], fonts: HouseFonts) -> None:
    while True:
        try:
            limits, letter = Limits.from_bytes(receive_frame(requests)), receive_frame(requests)
        except EOFError:
            return
        send_frame(answers, _answer(letter, limits, fonts))


def _answer(letter: bytes, limits: Limits, fonts: HouseFonts) -> bytes:
    """One letter in a child: its PDF after PRINTED, or the reason after FAILED."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _print(letter, writing, limits, fonts)
    os.close(writing)
    answer = _collect(reading, limits)
    os.close(reading)
    if answer is None:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if answer is None:
        return FAILED + b"the letter took too long or became too large"
    return answer or FAILED + f"the renderer ended with status {status}".encode()


def _print(letter: bytes, writing: int, limits: Limits, fonts: HouseFonts) -> NoReturn:
    walls.die_with_parent()
    gc.disable()
    limits.apply()
    try:
        answer = PRINTED + write_pdf(Letter.from_bytes(letter), fonts)
    except BaseException as problem:  # noqa: BLE001  whatever it is, it is the answer
        answer = FAILED + f"{type(problem).__name__}: {problem}"[:500].encode(errors="replace")
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(answer)
    os._exit(0)


def _collect(reading: int, limits: Limits) -> bytes | None:
    """All that the child writes; None when it takes longer or writes more than it may."""
    deadline = time.monotonic() + limits.wall_seconds
    pieces: list[bytes] = []
    size = 0
    while size <= limits.output_bytes:
        # Standard input has something to say here only when the worker has gone.
        ready, _, _ = select.select([reading, sys.stdin.fileno()], [], [], max(0, deadline - time.monotonic()))
        piece = os.read(reading, 1 << 20) if reading in ready else None
        if piece is None:
            return None
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        size += len(piece)
    return None


if __name__ == "__main__":
    main()
