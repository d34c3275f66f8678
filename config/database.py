"""Two logins to one database: its owner, who migrates, and the application, whom row security binds."""

from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ENGINE = "config.postgresql"
_PATIENCE = 5  # seconds; a server that does not answer is away, and the pages say so


@dataclass(frozen=True)
class Login:
    """Where a database is and as whom to enter it; an empty text means the driver's default."""

    name: str
    user: str
    password: str
    host: str
    port: str
    options: dict[str, str]

    def django(self) -> dict[str, object]:
        """The entry for Django's DATABASES."""
        return {"ENGINE": ENGINE, "NAME": self.name} | self.credentials()

    def credentials(self) -> dict[str, object]:
        """The part of the entry that says as whom, and on which server."""
        return {
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
            "OPTIONS": {"connect_timeout": _PATIENCE} | self.options,
        }


def parse(variable: str, url: str) -> Login:
    """Read `postgres://user:password@host:port/name?option=…`; raises ImproperlyConfigured naming the variable."""
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ImproperlyConfigured(f"{variable} must look like postgres://user:password@host:5432/name.")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return Login(
        name=name,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=host,
        port=str(parts.port or ""),
        options=options,
    )


def embedded_owner(socket_directory: Path) -> Login:
    """The owner's login on the embedded server; its socket stands in a folder that only we can enter."""
    return Login("redress", "redress_owner", "", str(socket_directory), "5432", {})


def application_of(owner: Login, password: str) -> Login:
    """The application's own login where none is given: role `<database>_app` on the same server."""
    return replace(owner, user=application_role(owner), password=password)


def application_role(owner: Login) -> str:
    """The name of the derived application role."""
    return f"{owner.name}_app"
