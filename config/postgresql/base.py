"""The backend's entry point, under the name that Django looks for."""

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base

from config import embedded


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the server of DATABASE_URL, or to the embedded one, started when it is needed."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, after the embedded server is up where there is one."""
        if settings.EMBEDDED_POSTGRES is not None:
            embedded.hold(settings.EMBEDDED_POSTGRES)
        return super().get_new_connection(conn_params)
