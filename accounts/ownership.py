"""Two logins: the application's, whom the walls bind, and the owner's, who migrates.

The application's role owns nothing, is no superuser, has no BYPASSRLS and no TRUNCATE, so that row
security holds whatever SQL the application is brought to send.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError, connection, transaction
from psycopg import errors, sql


@contextmanager
def as_owner() -> Iterator[None]:
    """Work as the database's owner inside the block; the application's login is back after it.

    Closes the connection both ways: not for use inside a transaction (RuntimeError). May be nested.
    """
    if connection.in_atomic_block:
        raise RuntimeError("as_owner() needs a new connection and would end the transaction.")
    before = {key: connection.settings_dict[key] for key in settings.DATABASE_OWNER}
    _enter_as(settings.DATABASE_OWNER)
    try:
        yield
    finally:
        _enter_as(before)


def _enter_as(login: dict[str, object]) -> None:
    connection.close()
    connection.settings_dict.update(login)


def create_missing_database() -> None:
    """Create the database where its server has none of that name yet. Call as the owner."""
    try:
        connection.ensure_connection()
    except OperationalError:
        name = connection.settings_dict["NAME"]
        with connection._nodb_cursor() as cursor:  # noqa: SLF001 - how Django itself reaches a server
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone():
                raise
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def prepare_application_role() -> None:
    """Create the application's role, or bring its password up to date. Call as the owner.

    Raises CommandError where the owner may not, or where the role could walk around the walls.
    """
    role, password = (str(settings.DATABASE_APPLICATION[key]) for key in ("USER", "PASSWORD"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR pg_has_role(rolname, current_user, 'MEMBER')"
            " FROM pg_roles WHERE rolname = %s",
            [role],
        )
        found = cursor.fetchone()
    if found is None:
        _alter("CREATE", role, password)
    elif found[0]:
        raise CommandError(
            f"The application's role {role} is the owner, a superuser or has BYPASSRLS: row security would not bind it."
        )
    elif not _can_log_in(role, password):
        _alter("ALTER", role, password)


def _alter(verb: str, role: str, password: str) -> None:
    """Create or alter the role; the password travels as its SCRAM verifier, so that no log sees it."""
    with connection.cursor() as cursor:
        verifier = cursor.connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
        statement = sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(
            sql.SQL(verb), sql.Identifier(role), verifier.decode()
        )
        try:
            cursor.execute(statement)
        except ProgrammingError as error:
            _explain(error, role)


def _explain(error: ProgrammingError, role: str) -> None:
    if isinstance(error.__cause__, errors.DuplicateObject):
        return  # another process made it in between, with the same password
    if not isinstance(error.__cause__, errors.InsufficientPrivilege):
        raise error
    owner = settings.DATABASE_OWNER["USER"]
    raise CommandError(
        f"The owner's login may not make or change the application's role {role}. As a superuser, once:\n"
        f'  ALTER ROLE "{owner}" CREATEROLE;\n'
        f"or make the role yourself (LOGIN NOSUPERUSER NOBYPASSRLS) and name it in APP_DATABASE_URL."
    ) from error


def _can_log_in(role: str, password: str) -> bool:
    try:
        psycopg.connect(**connection.get_connection_params() | {"user": role, "password": password}).close()
    except psycopg.OperationalError:
        return False
    return True


def grant_to_application() -> None:
    """Give the application's role what it needs of today's tables, and nothing else. Call as the owner.

    Models with `append_only = True` get no UPDATE and no DELETE.
    """
    role = sql.Identifier(str(settings.DATABASE_APPLICATION["USER"]))
    statements = [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {role}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(sql.SQL(statement).format(role=role))
        for table in append_only_tables():
            cursor.execute(sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), role))


def append_only_tables() -> list[str]:
    """The existing tables of the models that say `append_only = True`."""
    existing = set(connection.introspection.table_names())
    tables = {model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False)}
    return sorted(tables & existing)
