"""The backend's entry point, under the name that Django looks for."""

from contextlib import suppress
from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base

from config import embedded

_DURABLE = "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the server of DATABASE_URL, or to the embedded one, started when it is needed."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, after the embedded server is up where there is one."""
        place = settings.EMBEDDED_POSTGRES
        if place is None:
            return super().get_new_connection(conn_params)
        embedded.hold(place)
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            with suppress(RuntimeError):  # it does not start: the connection says so in its own way
                embedded.revive(place)
            return super().get_new_connection(conn_params)

    def init_connection_state(self) -> None:
        """What was committed outlives a crash of the server, even one that was tuned to forget.

        A stage of the outbox that is forgotten lets a letter go twice.
        """
        super().init_connection_state()
        self.connection.execute(_DURABLE)
