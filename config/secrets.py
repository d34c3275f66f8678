"""The installation's secrets: made once outside production, never made up in production.

Each lives in a file of its own (mode 0600) in a private folder (0700), or in an environment variable.
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

MASTER_KEY_BYTES = 32


def _new_secret_key() -> str:
    return secrets.token_urlsafe(64)


def _new_master_keys() -> str:
    key = base64.b64encode(secrets.token_bytes(MASTER_KEY_BYTES)).decode()
    return f"{secrets.token_hex(4)}:{key}"


def _write_private(path: Path, text: str) -> None:
    """Create the file with mode 0600; of two processes that try at once, one wins and both agree."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")
    try:
        os.link(draft, path)  # fails where the file exists, unlike rename
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _read(variable: str, path: Path, make: Callable[[], str], *, production: bool) -> str:
    if value := os.environ.get(variable, "").strip():
        return value
    if not path.exists():
        if production:
            raise ImproperlyConfigured(f"Set {variable}, or put the secret into {path} (mode 0600).")
        _write_private(path, make())
    return path.read_text().strip()


def secret_key(folder: Path, *, production: bool) -> str:
    """Django's signing key: SECRET_KEY, or the file `secret_key`."""
    return _read("SECRET_KEY", folder / "secret_key", _new_secret_key, production=production)


def master_keys(folder: Path, *, production: bool) -> dict[str, bytes]:
    """The keys that wrap every organization's data key, by key id; the first one wraps new keys.

    Format, in REDRESS_MASTER_KEYS or the file `master_keys`: `id:base64 of 32 bytes`, separated by
    commas or white space. Rotation puts a new pair in front and keeps the old ones.
    Raises ImproperlyConfigured for anything else.
    """
    text = _read("REDRESS_MASTER_KEYS", folder / "master_keys", _new_master_keys, production=production)
    pairs = [pair.partition(":") for pair in text.replace(",", " ").split()]
    try:
        keys = {name: base64.b64decode(key, validate=True) for name, _, key in pairs}
    except ValueError as error:
        raise ImproperlyConfigured("REDRESS_MASTER_KEYS: a key is not base64.") from error
    if len(keys) != len(pairs) or any(not name or len(key) != MASTER_KEY_BYTES for name, key in keys.items()):
        raise ImproperlyConfigured("REDRESS_MASTER_KEYS: write `id:base64 of 32 bytes`, each id once.")
    return keys


def derived_password(key: bytes, login: str) -> str:
    """The password of a database login, from a master key, so that nobody has to choose or keep one."""
    digest = hmac.digest(key, f"redress database login {login}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
