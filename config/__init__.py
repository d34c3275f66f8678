"""Assembly: settings, addresses, the worker, the database. No rules live here."""

# Here, so that whoever calls a task sends it to our broker and not to Celery's default one.
from config.celery import app as celery_app

__all__ = ["celery_app"]
