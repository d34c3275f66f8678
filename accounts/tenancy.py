"""Which organization is acting: the application's tenant wall, and the switch for the database's.

Inside ``organization(id)`` every tenant query is limited to that organization, by the manager here and by
PostgreSQL's row-level security, which reads the setting ``app.organization`` of the same transaction.
Outside of it a tenant query raises ``NoOrganization`` instead of returning too much or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, NoReturn, TypeVar
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler
from typing_extensions import override

#: Acts that belong to no organization (sign-in, curating, operating) are recorded under this one.
PLATFORM_ORGANIZATION_ID = UUID("00000000-0000-4000-8000-000000000001")

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class NoOrganization(RuntimeError):
    """A tenant table was touched while no organization was active."""


class WrongOrganization(RuntimeError):
    """A row of one organization was written or opened while another one was active."""


@dataclass
class Block:
    """One ``organization`` block; ``memo`` lives exactly as long as the block (see ``accounts.secrets``)."""

    organization_id: UUID
    memo: dict[str, Any] = field(default_factory=dict)


# Context variables are empty in a new thread, so a thread that forgets its organization fails loudly.
_block: ContextVar[Block | None] = ContextVar("organization_block", default=None)
_user: ContextVar[UUID | None] = ContextVar("acting_user", default=None)


def current_block() -> Block:
    """Return the innermost active block; raise ``NoOrganization`` when there is none."""
    block = _block.get()
    if block is None:
        raise NoOrganization("no organization is active: use `with organization(id):`")
    return block


def current_organization_id() -> UUID:
    """Return the active organization's id; raise ``NoOrganization`` when there is none."""
    return current_block().organization_id


def current_user_id() -> UUID | None:
    """Return the id of the person who acts in this block, if one was named."""
    return _user.get()


@contextmanager
def organization(organization_id: UUID) -> Iterator[None]:
    """Act for one organization, in a transaction; the earlier organization is back afterwards."""
    outer = _block.get()
    same = outer is not None and outer.organization_id == organization_id
    token = _block.set(outer if same else Block(organization_id))
    try:
        with transaction.atomic(), _setting("app.organization", str(organization_id), _text(outer)):
            yield
    finally:
        _block.reset(token)


@contextmanager
def acting_user(user_id: UUID) -> Iterator[None]:
    """Let a person see their own memberships, whatever the organization, in a transaction."""
    outer = _user.get()
    token = _user.set(user_id)
    try:
        with transaction.atomic(), _setting("app.user", str(user_id), str(outer or "")):
            yield
    finally:
        _user.reset(token)


def _text(block: Block | None) -> str:
    return str(block.organization_id) if block else ""


@contextmanager
def _setting(name: str, value: str, before: str) -> Iterator[None]:
    _set_config(name, value)
    yield
    # Only where the block succeeded: a rollback restores the setting by itself, and until then every statement
    # is refused.
    if not connection.needs_rollback:
        _set_config(name, before)


def _set_config(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


class _FromContext(Expression):
    """A value that is asked for when the SQL is made, so that querysets at class level stay legal."""

    output_field = models.UUIDField()

    def value(self) -> UUID:
        """Return what stands in the SQL."""
        raise NotImplementedError

    @override
    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return "%s", (self.value(),)


class CurrentOrganization(_FromContext):
    """The active organization; compiling it without one raises ``NoOrganization``."""

    @override
    def value(self) -> UUID:
        return current_organization_id()


class CurrentUser(_FromContext):
    """The person who acts; compiling it without one raises ``ImproperlyConfigured``."""

    @override
    def value(self) -> UUID:
        user_id = current_user_id()
        if user_id is None:
            raise ImproperlyConfigured("nobody is acting: use `with acting_user(id):`")
        return user_id


class TenantQuerySet(models.QuerySet[M_co], Generic[M_co]):
    """What every tenant queryset builds on: no way around the filter."""

    @override
    def raw(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the manager cannot filter raw SQL."""
        raise WrongOrganization("raw SQL on a tenant table is not filtered by the manager")

    @override
    def update(self, **kwargs: Any) -> int:
        """Update, but never move rows to another organization."""
        if {"organization", "organization_id"} & kwargs.keys():
            raise WrongOrganization("rows do not move between organizations")
        return super().update(**kwargs)


class TenantManager(models.Manager[M_co], Generic[M_co]):
    """The only manager of a tenant model: rows of the active organization, or ``NoOrganization``."""

    _queryset_class = TenantQuerySet

    @override
    def get_queryset(self) -> models.QuerySet[M_co]:
        return super().get_queryset().filter(organization_id=CurrentOrganization())
