"""Processes that live and end together: none is left, however one of them or the one that started them ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

import psutil
import pytest
from django.conf import settings

from config.demo import processes, supervisor
from config.demo.processes import Process, end_all, first_to_end

SLEEP = "import time; print('up', flush=True); time.sleep(60)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEP}"
#: Ends at once, and leaves a child of its own.
PARENT = f"""
import subprocess, sys, time
child = subprocess.Popen([sys.executable, '-c', {SLEEP!r}], stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
time.sleep(60)
"""
STARTER = f"""
import sys, time
from config.demo.processes import Process
process = Process.start("sleep", [sys.executable, "-c", {SLEEP!r}])
print(process.popen.pid, flush=True)
time.sleep(60)
"""


def start(program: str) -> Process:
    return Process.start("some", [sys.executable, "-c", program])


def eventually(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return False


def test_every_line_is_told_under_the_name_of_its_process(capsys: pytest.CaptureFixture[str]) -> None:
    process = start("import sys; print('one'); print('two', file=sys.stderr); sys.stdout.buffer.write(b'\\xff')")
    process.popen.wait(timeout=30)
    said: list[str] = []

    def all_said() -> bool:
        said.extend(capsys.readouterr().out.splitlines())
        return len(said) == 3

    assert eventually(all_said), said
    assert sorted(said) == ["some   | one", "some   | two", "some   | \ufffd"]


def test_one_that_ends_by_itself_is_named_with_its_status() -> None:
    running, failed = start(SLEEP), start("raise SystemExit(7)")
    assert eventually(lambda: first_to_end([running, failed]) is failed)
    assert failed.popen.returncode == 7
    end_all([running, failed])
    assert running.popen.returncode == -signal.SIGTERM


def test_whoever_does_not_end_when_told_is_killed_in_time(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(processes, "PATIENCE", 0.5)
    stubborn = [start(STUBBORN), start(STUBBORN)]
    assert eventually(lambda: capsys.readouterr().out.count("up") > 0)
    began = time.monotonic()
    end_all(stubborn)
    assert time.monotonic() - began < 5
    assert -signal.SIGKILL in {process.popen.returncode for process in stubborn}


def test_a_child_of_a_child_is_not_left_behind(capsys: pytest.CaptureFixture[str]) -> None:
    process = start(PARENT)
    said: list[str] = []

    def named() -> bool:
        said.extend(capsys.readouterr().out.split())
        return len(said) == 3

    assert eventually(named)
    process.popen.kill()
    end_all([process])
    assert eventually(lambda: not alive(int(said[2])))


def test_the_end_waits_for_what_a_killed_process_left_to_us() -> None:
    program = f"""
import sys
from config.demo.processes import Process, adopt_orphans, end_all
import psutil, time
adopt_orphans()
process = Process.start("some", [sys.executable, "-c", {PARENT!r}])
while not (below := psutil.Process(process.popen.pid).children()):
    time.sleep(0.02)
process.popen.kill()
end_all([process])
sys.exit(int(below[0].is_running()))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=settings.BASE_DIR, check=False, timeout=60)
    assert done.returncode == 0


def test_should_the_starter_be_killed_the_kernel_ends_what_it_started() -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER], cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    pid = int(next(line for line in starter.stdout if line.strip().isdigit()))
    assert alive(pid)
    starter.kill()
    starter.wait(timeout=30)
    starter.stdout.close()
    assert eventually(lambda: not alive(pid))


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_we_end_in_order_when_told_also_where_the_shell_ignores_ctrl_c(sign: signal.Signals) -> None:
    program = "import time; from config.demo.processes import exit_when_told as e; e(); print(1, flush=True); "
    command = ["sh", "-c", f"trap '' INT; exec {sys.executable} -c '{program} time.sleep(60)'"]
    told = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE)
    assert told.stdout is not None
    told.stdout.readline()
    told.send_signal(sign)
    told.communicate(timeout=30)
    assert told.returncode == 0


def test_the_demo_ends_with_the_first_that_ends_and_says_which(capsys: pytest.CaptureFixture[str]) -> None:
    running, failed, filling = start(SLEEP), Process.start("worker", ["false"]), start(SLEEP)
    assert supervisor.watch([running, failed, filling], filling, port=1) == 1
    assert "worker | ended with status 1; now everything ends" in capsys.readouterr().out
    end_all([running, failed, filling])


def test_the_demo_does_not_start_where_its_people_could_not_be_made(capsys: pytest.CaptureFixture[str]) -> None:
    running, filling = start(SLEEP), Process.start("demo", ["false"])
    assert supervisor.watch([running, filling], filling, port=1) == 1
    assert "demo   | ended with status 1" in capsys.readouterr().out
    end_all([running, filling])


def test_a_port_in_use_is_said_before_anything_is_started() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environment = os.environ | {"PORT": str(taken.getsockname()[1])}
        command = [sys.executable, "-m", "config.demo.supervisor"]
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert "is not free" in done.stderr


def alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
