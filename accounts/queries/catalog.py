"""Reading PostgreSQL's own tables."""

from __future__ import annotations

from typing import Any

from django.db import connection

#: Continues ``FROM pg_class c``: everything that is not PostgreSQL's own or of this session.
NOT_SYSTEM = "JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname NOT LIKE 'pg\\_%%' AND s.nspname <> 'information_schema'"


def rows(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Return all rows; a literal percent sign is written twice."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
