"""A letter can load nothing, reach nothing and hold up nothing but itself."""

import contextlib
import gc
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from letters.documents import render
from letters.documents.assets import AssetRefused, AssetTable
from letters.documents.checks.tools import text
from letters.documents.limits import MEBIBYTE, Limits
from letters.documents.render import RenderFailed, render_pdf
from tests.letters.documents.printing import CREATED, STYLE, letter, printed


def renderer() -> subprocess.Popen[bytes]:
    """This process's render process."""
    server = render._state.server
    assert server
    return server.process


SECRET = "4f9b1c-do-not-print"

HANGS = {
    "spans of spans": "<table>" + "<tr><td colspan=1000 rowspan=65000>x" * 40 + "</table>",
    "nested flex": '<div style="display:flex">' * 40 + "x",
    "nested tables": "<table><tr><td>" * 60 + "x",
    "nested columns": '<div style="columns:3">' * 30 + "x",
}


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server that remembers whether anyone came."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


def came(listener: socket.socket) -> bool:
    try:
        listener.accept()
    except BlockingIOError:
        return False
    return True


HOSTILE = (
    '<img src="{url}" alt=x>',
    '<object data="{url}">x</object>',
    '<embed src="{url}">',
    '<link rel="stylesheet" href="{url}">',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">x</a>',
    '<style>@import "{url}";</style>',
    "<style>@import url({url});</style>",
    "<style>body {{ background: url({url}) }} li {{ list-style-image: url({url}) }}</style><ul><li>x</ul>",
    '<style>@font-face {{ font-family: F; src: url("{url}") }} p {{ font-family: F }}</style><p>x</p>',
    '<style>p::before {{ content: url("{url}") }}</style><p>x</p>',
    '<style>@page {{ @top-left {{ content: url("{url}") }} }}</style><p>x</p>',
    '<p style="border-image: url({url}) 30">x</p>',
    '<svg viewBox="0 0 1 1"><title>x</title><image href="{url}" width="1" height="1"/></svg>',
    '<svg viewBox="0 0 1 1"><title>x</title><use xlink:href="{url}#a"/></svg>',
    '<base href="{url}"><img src="secret.txt" alt=x>',
    '<iframe src="{url}"></iframe><script src="{url}"></script>',
)


@pytest.mark.parametrize("snippet", HOSTILE)
def test_no_text_opens_a_file(snippet: str, secret_file: Path) -> None:
    pdf = printed("<h1>x</h1>" + snippet.format(url=secret_file.as_uri()))

    assert SECRET.encode() not in pdf
    assert SECRET not in text(pdf)
    assert b"/EmbeddedFile" not in pdf


def test_no_text_reaches_the_network(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    everything = "".join(snippet.format(url=f"http://127.0.0.1:{port}/x") for snippet in HOSTILE)

    printed("<h1>x</h1>" + everything)

    assert not came(listener)


def test_the_style_sheet_loads_nothing_either(listener: socket.socket, secret_file: Path) -> None:
    port = listener.getsockname()[1]
    imports = f'@import url("http://127.0.0.1:{port}/x"); @import "{secret_file.as_uri()}";'
    style = imports + STYLE + "p::after { content: url(file:///etc/passwd) }"

    render_pdf("<p>x</p>", stylesheet=style, title="x", language="en", author="x", created=CREATED)

    assert not came(listener)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1/", "data:text/css,p{}", "asset:other", "//x"])
def test_the_asset_table_answers_only_what_it_has(url: str) -> None:
    with pytest.raises(AssetRefused):
        AssetTable({"asset:logo": b"x"}).fetch(url)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two seconds for a letter instead of ten: that it ends is what is tested, not when."""
    short = Limits(cpu_seconds=2, wall_seconds=4, memory_bytes=384 * MEBIBYTE, output_bytes=8 * MEBIBYTE)
    monkeypatch.setattr(Limits, "for_letter", lambda _: short)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("body", HANGS.values(), ids=HANGS)
def test_a_letter_that_hangs_ends_and_the_next_is_printed(body: str) -> None:
    start = time.monotonic()

    with contextlib.suppress(RenderFailed):
        printed.__wrapped__(body)

    assert time.monotonic() - start < 20
    assert printed.__wrapped__() == letter()


def test_a_letter_that_eats_memory_ends_and_the_next_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "<tr><td>1<td>2<td>3<td>4<td>5<td>6" * 2_000
    frugal = Limits(cpu_seconds=60, wall_seconds=60, memory_bytes=24 * MEBIBYTE, output_bytes=8 * MEBIBYTE)

    monkeypatch.setattr(Limits, "for_letter", lambda _: frugal)
    with pytest.raises(RenderFailed):
        printed.__wrapped__(f"<h1>x</h1><table>{rows}</table>")
    monkeypatch.undo()

    assert printed.__wrapped__() == letter()


def test_a_document_that_grows_too_large_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    small = Limits(cpu_seconds=60, wall_seconds=60, memory_bytes=384 * MEBIBYTE, output_bytes=1_000)

    monkeypatch.setattr(Limits, "for_letter", lambda _: small)
    with pytest.raises(RenderFailed, match="too large"):
        printed.__wrapped__()


def test_the_render_process_holds_no_socket_and_none_of_our_environment(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    render.stop_renderer()
    letter()
    printed.__wrapped__()
    server = psutil.Process(renderer().pid)

    assert server.net_connections() == []
    assert "DATABASE_URL" not in server.environ()
    opened = {str(link.readlink()) for link in Path(f"/proc/{server.pid}/fd").iterdir()}
    assert not [name for name in opened if name.startswith("socket:")]


def test_the_render_process_ends_with_its_worker() -> None:
    reading, writing = os.pipe()
    worker = os.fork()
    if worker == 0:
        printed.__wrapped__()
        os.write(writing, str(renderer().pid).encode())
        os._exit(0)  # as abruptly as a kill
    os.waitpid(worker, 0)
    theirs = int(os.read(reading, 20))

    assert psutil.wait_procs([psutil.Process(theirs)] if psutil.pid_exists(theirs) else [], timeout=10)[1] == []


def test_a_forked_worker_prints_with_a_process_of_its_own() -> None:
    printed.__wrapped__()
    ours = renderer().pid
    reading, writing = os.pipe()
    worker = os.fork()
    if worker == 0:
        same = printed.__wrapped__() == letter()
        os.write(writing, f"{same} {renderer().pid}".encode())
        render.stop_renderer()
        os._exit(0)
    os.waitpid(worker, 0)
    answer, theirs = os.read(reading, 40).decode().split()

    assert answer == "True"
    assert int(theirs) != ours
    assert psutil.pid_exists(ours)


def test_a_killed_render_process_costs_one_letter() -> None:
    printed.__wrapped__()
    os.kill(renderer().pid, signal.SIGKILL)
    renderer().wait()

    assert printed.__wrapped__() == letter()


def test_threads_of_one_worker_take_turns() -> None:
    results: list[bytes] = []
    threads = [threading.Thread(target=lambda: results.append(printed.__wrapped__())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(results) == {letter()}


def test_a_longer_letter_has_more_time_and_memory() -> None:
    short, long = Limits.for_letter(15_000), Limits.for_letter(2_000_000)

    assert short.cpu_seconds < long.cpu_seconds
    assert short.memory_bytes < long.memory_bytes
    assert gc.isenabled()
