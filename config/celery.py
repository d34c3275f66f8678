"""The worker. Start one with `.venv/bin/celery -A config worker`."""

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_init

from config import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

broker.use()
app = Celery("redress")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # Due holds, deferred letters, abandoned attempts, lost wake-ups: rows say so, no broker has to remember.
    "sweep the outbox": {"task": "letters.sweep_outbox", "schedule": 30.0, "options": {"expires": 30}},
    "sweep the letters": {"task": "letters.sweep_letters", "schedule": 60.0, "options": {"expires": 60}},
    "sweep the invitations": {
        "task": "accounts.sweep_invitations",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "send the mail about accounts": {
        "task": "accounts.send_account_mail",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
}


@setup_logging.connect
def log_like_the_rest(**_kwargs: Any) -> None:
    """Keep Celery from logging in its own way, which tells arguments and messages of exceptions."""
    from django.conf import settings

    dictConfig(settings.LOGGING)


@worker_init.connect
def hold_embedded_database(**_kwargs: Any) -> None:
    """Hold the server in the worker's parent: its children end without `atexit` and could not stop it."""
    from django.conf import settings

    from config import embedded

    if settings.EMBEDDED_POSTGRES is not None:
        embedded.hold(settings.EMBEDDED_POSTGRES)
