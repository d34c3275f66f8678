"""The web server: `gunicorn -c deploy/gunicorn.conf.py config.wsgi`. Behind a proxy that ends TLS."""

import os

from config.logs import logging_settings

bind = "127.0.0.1:8000"
workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
threads = 4
timeout = 60  # seconds; a letter is rendered by a worker of Celery, never here
graceful_timeout = 30  # seconds that requests under way have at SIGTERM
max_requests, max_requests_jitter = 2000, 200
forwarded_allow_ips = "127.0.0.1"  # whose X-Forwarded-Proto is believed
worker_tmp_dir = "/dev/shm"  # noqa: S108  # gunicorn's own advice: a heartbeat on a slow disk blocks the worker
control_socket_disable = True
# Its own lines go the way of ours, without query strings. Who asked for what is the proxy's to log, or nobody's.
_own = {"handlers": ["stderr"], "level": "INFO", "propagate": False}
logconfig_dict = logging_settings(os.environ, production=True) | {"loggers": {"gunicorn.error": _own}}
