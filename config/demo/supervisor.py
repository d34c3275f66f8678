"""Run the demo until told to end: database, web server, worker, clock and mail sink.

python -m config.demo.supervisor      PORT in the environment, 0 for a free one; `make run` sets up before
"""

from __future__ import annotations

import os
import socket
import sys
import time
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import embedded
from config.demo.greeting import greeting
from config.demo.processes import Process, adopt_orphans, end_all, exit_when_told, first_to_end, say

_HOST = "127.0.0.1"
_LOOK = 0.1  # seconds between two looks at the processes
_PYTHON = sys.executable


def main() -> int:
    """Start everything, say how to sign in, and end everything; the status is 0 when we were told to."""
    exit_when_told()
    web, mail = _listening(int(os.environ.get("PORT") or 8000)), _listening(0)
    os.environ.update(_environment(_port(web), _port(mail)))
    _hold_database()
    adopt_orphans()
    processes: list[Process] = []
    try:
        for name, command, sockets in _programs(web, mail):
            processes.append(Process.start(name, command, descriptors=[one.fileno() for one in sockets]))
        filling = Process.start("demo", [_PYTHON, "manage.py", "demo"])
        processes.append(filling)
        return watch(processes, filling, _port(web))
    finally:
        end_all(processes)


def _environment(port: int, mail_port: int) -> dict[str, str]:
    """What makes it a demo: above all, that the only relay is our own sink and the vault is on this machine."""
    return {
        "REDRESS_DEMO": "1",
        "REDRESS_SITE_URL": f"http://{_HOST}:{port}",
        "REDRESS_ALLOWED_HOSTS": f"{_HOST} localhost",
        "REDRESS_SMTP_HOST": _HOST,
        "REDRESS_SMTP_PORT": str(mail_port),
        "REDRESS_SMTP_STARTTLS": "no",
        "REDRESS_SMTP_USER": "",
        "REDRESS_SMTP_PASSWORD": "",
        "REDRESS_RELAY_LOG": "",
        "REDRESS_S3_BUCKET": "",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser",  # the demo may: it is nobody's server
    }


def _hold_database() -> None:
    """Start the embedded server here, where there is one, so that it outlives every process that uses it."""
    try:
        if settings.EMBEDDED_POSTGRES is not None:
            embedded.hold(settings.EMBEDDED_POSTGRES)
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))


def _programs(web: socket.socket, mail: socket.socket) -> list[tuple[str, list[str], list[socket.socket]]]:
    """Name, command and sockets of each process, in the order in which they end: the sink outlives the senders."""
    gunicorn = ["gunicorn", "config.wsgi", "--bind", f"fd://{web.fileno()}", "--workers", "2", "--threads", "4"]
    gunicorn += ["--graceful-timeout", "5", "--log-level", "warning", "--no-control-socket"]
    celery = ["celery", "--app", "config", "--quiet"]
    worker = ["worker", "--concurrency", "2", "--loglevel", "warning"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]  # one worker has nobody to greet
    sink = ["config.demo.sink", str(mail.fileno()), str(settings.OUTBOX_DIR)]
    return [
        ("web", [_PYTHON, "-m", *gunicorn], [web]),
        ("beat", [_PYTHON, "-m", *celery, "beat", "--loglevel", "warning"], []),
        ("worker", [_PYTHON, "-m", *celery, *worker], []),
        ("mail", [_PYTHON, "-m", *sink], [mail]),
    ]


def watch(processes: list[Process], filling: Process, port: int) -> int:
    """Look after the processes for ever; 1 as soon as one has ended that should not.

    `filling` is the one that makes the demo's people and ends with 0; then, and once the web server answers on
    `port`, the greeting is said.
    """
    greeted = False
    while True:
        if not greeted and filling.popen.poll() == 0 and _answers(port):
            processes.remove(filling)
            for line in greeting(settings.VAR_DIR / "demo.json"):
                say("", line)
            greeted = True
        ended = first_to_end(one for one in processes if one is not filling or filling.popen.poll() != 0)
        if ended:
            say(ended.name, f"ended with status {ended.popen.returncode}; now everything ends")
            return 1
        time.sleep(_LOOK)


def _answers(port: int) -> bool:
    connection = HTTPConnection(_HOST, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _listening(port: int) -> socket.socket:
    """A socket of ours from the start, so that nobody takes the port in between."""
    try:
        return socket.create_server((_HOST, port), backlog=128)
    except OSError as problem:
        sys.exit(f"Port {port} is not free ({problem.strerror}). Name another one: make run PORT=8010")


def _port(listening: socket.socket) -> int:
    port: int = listening.getsockname()[1]
    return port


if __name__ == "__main__":
    sys.exit(main())
