"""Settings of Redress. What an operator may set is an environment variable; the rest is fixed here."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import database, embedded, files, logs, secrets

BASE_DIR = Path(__file__).resolve().parent.parent
# Everything that this installation makes and keeps: secrets, embedded database, vault, broker.
VAR_DIR = Path(os.environ.get("REDRESS_VAR") or BASE_DIR / "var").resolve()
PRODUCTION = os.environ.get("REDRESS_ENVIRONMENT", "development") == "production"
DEBUG = False
# `make run`: fictitious people, and a mail sink whose messages anybody on the machine may read at /outbox/.
DEMO = os.environ.get("REDRESS_DEMO") == "1"
if DEMO and PRODUCTION:
    raise ImproperlyConfigured("REDRESS_DEMO and REDRESS_ENVIRONMENT=production exclude each other.")
OUTBOX_DIR = VAR_DIR / "outbox"

SECRETS_DIR = VAR_DIR / "secrets"
SECRET_KEY = secrets.secret_key(SECRETS_DIR, production=PRODUCTION)
# Key id → 32 bytes; the first wraps new data keys, the others still open old ones.
MASTER_KEYS = secrets.master_keys(SECRETS_DIR, production=PRODUCTION)

SITE_URL = os.environ.get("REDRESS_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("REDRESS_ALLOWED_HOSTS", "127.0.0.1 localhost").split()
# Where weaknesses are reported, as a URL: mailto:security@… or https://…; stands in /.well-known/security.txt.
SECURITY_CONTACT = os.environ.get("REDRESS_SECURITY_CONTACT", "")
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # Its engine alone: the site is accounts.admin.site, and the templates are ours.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "guardian",
    "accounts",
    "directory",
    "cases",
    "letters",
]
MIDDLEWARE = [
    "config.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.NotKeptMiddleware",
    "accounts.middleware.ActiveOrganizationMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
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

STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "media"},
    },
    "vault": files.vault(os.environ, VAR_DIR / "vault"),  # ciphertext only
    # In production `collectstatic` names every file after its content, so that browsers may keep it for ever.
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # filled by `collectstatic` in production; WhiteNoise wants it to exist
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION

# Large uploads wait there, private and without a name; an intake file has 25 MB at most, and is a file of its own.
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "cases.uploads.NamelessFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes of a form without its files: 500 rows and every text
DATA_UPLOAD_MAX_NUMBER_FIELDS = 15_000  # 500 payments of 22 fields, and the rest of the form
DATA_UPLOAD_MAX_NUMBER_FILES = 100

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Nothing inline, nothing from elsewhere. `data:` is the QR code with which a second factor is set up.
_SELF = ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": _SELF,
        "style-src": _SELF,
        "img-src": [*_SELF, "data:"],
        "font-src": _SELF,
        "connect-src": _SELF,
        "form-action": _SELF,
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: a working day
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "accounts.views.errors.forged"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [SITE_URL]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {"user_attributes": ["email", "name"]},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
    }.items()
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/workspace/"
# A second factor is required of members in production, optional elsewhere.
SECOND_FACTOR_REQUIRED = PRODUCTION
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
USERSESSIONS_ADAPTER = "accounts.adapters.UserSessionsAdapter"
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, and after a working day at the latest
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.partition(":")[0]
# The rest is allauth's own: five failed sign-ins in 5 min. `verify` is ours: files compared at /verify/.
ACCOUNT_RATE_LIMITS = {"reset_password": "10/h/ip,3/h/key", "verify": "60/h/ip"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
# How many proxies in front of us append to X-Forwarded-For: what stands before their entries is the client's own word.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("REDRESS_TRUSTED_PROXIES") or ("1" if PRODUCTION else "0"))
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a new password or second factor is told to its owner, who may not have set it
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever comes by an invitation has shown that the address is theirs
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "accounts.views.passkeys.AddForm",
    "login_webauthn": "accounts.views.passkeys.SignInForm",
    "authenticate_webauthn": "accounts.views.passkeys.SecondFactorForm",
    "reauthenticate_webauthn": "accounts.views.passkeys.ConfirmForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # allauth's guard against strangers who sign up with an address that is not theirs
MFA_TOTP_ISSUER = "Redress"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # passkeys on http://localhost; browsers refuse 127.0.0.1
USERSESSIONS_TRACK_ACTIVITY = True
# Counts attempts to sign in, for all processes together. In the database, because nobody can sign in without it anyway:
# one thing less that can fail, and no window in which a cache that was restarted has forgotten.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cacheentry",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
# Object permissions are the direct kind, in tables of our own (cases.models.CaseShare); nobody is anonymous there.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # its backend answers `has_perm`, which we never ask

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
TIME_ZONE = "UTC"
USE_TZ = True

LOGGING = logs.logging_settings(os.environ, production=PRODUCTION)

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
# Mail of the platform itself (invitations, forgotten passwords) takes the same relay; without one it is put into files.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if SMTP['host'] else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS = SMTP["host"], SMTP["port"], SMTP["starttls"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_TIMEOUT = SMTP["user"], SMTP["password"], SMTP["timeout"]
DEFAULT_FROM_EMAIL = os.environ.get("REDRESS_MAIL_FROM") or f"Redress <no-reply@{urlsplit(SITE_URL).hostname}>"
OUTBOX: dict[str, float] = {
    "lease": float(os.environ.get("REDRESS_OUTBOX_LEASE", "600")),  # seconds that one attempt may take before the dot
    # Seconds until nobody waits for the relay's answer any more and its log is complete (RFC 5321 4.5.3.2.6: 600).
    "settle": float(os.environ.get("REDRESS_OUTBOX_SETTLE", "900")),
    "backoff": float(os.environ.get("REDRESS_OUTBOX_BACKOFF", "60")),  # seconds after the first 4xx; doubles, up to 6 h
    "attempts": float(os.environ.get("REDRESS_OUTBOX_ATTEMPTS", "16")),  # about three days
    "per_minute": float(os.environ.get("REDRESS_OUTBOX_PER_MINUTE", "20")),  # messages to one recipient's domain
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
