"""The backend's entry point, under the name that Django looks for."""

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base

from config import embedded

_DURABLE = "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the server of DATABASE_URL, or to the embedded one, started when it is needed."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, after the embedded server is up where there is one."""
        if settings.EMBEDDED_POSTGRES is not None:
            embedded.hold(settings.EMBEDDED_POSTGRES)
        return super().get_new_connection(conn_params)

    def init_connection_state(self) -> None:
        """What was committed outlives a crash of the server, even one that was tuned to forget.

        A stage of the outbox that is forgotten lets a letter go twice.
        """
        super().init_connection_state()
        self.connection.execute(_DURABLE)
