"""Settings of Redress. What an operator may set is an environment variable; the rest is fixed here."""

import os
from pathlib import Path
from typing import Any

from config import database, embedded, secrets

BASE_DIR = Path(__file__).resolve().parent.parent
# Everything that this installation makes and keeps: secrets, embedded database, vault, broker.
VAR_DIR = Path(os.environ.get("REDRESS_VAR") or BASE_DIR / "var").resolve()
PRODUCTION = os.environ.get("REDRESS_ENVIRONMENT", "development") == "production"
DEBUG = False

SECRETS_DIR = VAR_DIR / "secrets"
SECRET_KEY = secrets.secret_key(SECRETS_DIR, production=PRODUCTION)
# Key id → 32 bytes; the first wraps new data keys, the others still open old ones.
MASTER_KEYS = secrets.master_keys(SECRETS_DIR, production=PRODUCTION)

SITE_URL = os.environ.get("REDRESS_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("REDRESS_ALLOWED_HOSTS", "127.0.0.1 localhost").split()
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "accounts",
    "directory",
    "cases",
    "letters",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
]
AUTH_USER_MODEL = "accounts.User"

# The embedded server unless DATABASE_URL names one; there it is the login of the database's owner.
EMBEDDED_POSTGRES = embedded.Place.under(VAR_DIR) if not os.environ.get("DATABASE_URL") else None
_owner = (
    database.embedded_owner(EMBEDDED_POSTGRES.sockets)
    if EMBEDDED_POSTGRES
    else database.parse("DATABASE_URL", os.environ["DATABASE_URL"])
)
_application = (
    database.parse("APP_DATABASE_URL", os.environ["APP_DATABASE_URL"])
    if os.environ.get("APP_DATABASE_URL")
    else database.application_of(
        _owner,
        secrets.derived_password(next(iter(MASTER_KEYS.values())), database.application_role(_owner)),
    )
)
DATABASES = {"default": _application.django()}
# The two logins that accounts.ownership exchanges; the database's name is no part of them.
DATABASE_APPLICATION = _application.credentials()
DATABASE_OWNER = _owner.credentials()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "media"},
    },
    # Ciphertext only (accounts.vault); outside the web root, readable by our own user alone.
    "vault": {
        "BACKEND": "accounts.vault.VaultStorage",
        "OPTIONS": {
            "location": VAR_DIR / "vault",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
    }
]

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

BROKER_DIR = VAR_DIR / "broker"
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL") or "filesystem://localhost"
# The broker only wakes workers up: the truth is rows in PostgreSQL. So there are no results to keep.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = os.environ.get("REDRESS_QUEUE", "celery")  # one each for installations that share a broker
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# A release must not wait for a broker that is down: the client gives up at once, and the sweeper asks again.
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"max_retries": 1, "interval_start": 0, "interval_max": 0}
if CELERY_BROKER_URL.startswith(("redis:", "rediss:")):
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"socket_connect_timeout": 2, "socket_timeout": 5}  # seconds
if CELERY_BROKER_URL.startswith("filesystem:"):
    for _folder in ("queue", "control"):
        (BROKER_DIR / _folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS |= {
        "data_folder_in": BROKER_DIR / "queue",
        "data_folder_out": BROKER_DIR / "queue",
        "control_folder": BROKER_DIR / "control",
        "polling_interval": 0.05,  # seconds; kombu's own 1 s makes a letter wait for most of it
    }

# The relay that takes our letters; without a host nothing is sent, and what was released waits.
SMTP: dict[str, Any] = {
    "host": os.environ.get("REDRESS_SMTP_HOST", ""),
    "port": int(os.environ.get("REDRESS_SMTP_PORT", "587")),
    "starttls": os.environ.get("REDRESS_SMTP_STARTTLS", "yes") != "no",
    "user": os.environ.get("REDRESS_SMTP_USER", ""),
    "password": os.environ.get("REDRESS_SMTP_PASSWORD", ""),
    "timeout": float(os.environ.get("REDRESS_SMTP_TIMEOUT", "60")),  # seconds for each answer of the relay
    # The relay's own log (Postfix): where a worker died just before the final dot, it says what became of the letter.
    "log": os.environ.get("REDRESS_RELAY_LOG", ""),
}
# DKIM, where the relay does not sign: both names as in the DNS record `<selector>._domainkey.<domain>`.
DKIM = {
    "selector": os.environ.get("REDRESS_DKIM_SELECTOR", ""),
    "domain": os.environ.get("REDRESS_DKIM_DOMAIN", ""),
    "key_file": os.environ.get("REDRESS_DKIM_KEY_FILE", ""),  # an RSA private key, PEM
}
OUTBOX: dict[str, float] = {
    "lease": float(os.environ.get("REDRESS_OUTBOX_LEASE", "600")),  # seconds that one attempt may take before the dot
    # Seconds until nobody waits for the relay's answer any more and its log is complete (RFC 5321 4.5.3.2.6: 600).
    "settle": float(os.environ.get("REDRESS_OUTBOX_SETTLE", "900")),
    "backoff": float(os.environ.get("REDRESS_OUTBOX_BACKOFF", "60")),  # seconds after the first 4xx; doubles, up to 6 h
    "attempts": float(os.environ.get("REDRESS_OUTBOX_ATTEMPTS", "16")),  # about three days
    "per_minute": float(os.environ.get("REDRESS_OUTBOX_PER_MINUTE", "20")),  # messages to one recipient's domain
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
