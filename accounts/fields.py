"""Model fields of the house: keys that stay inside one organization, and values that are encrypted at rest."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute
from typing_extensions import override

from accounts.secrets import Place, open_sealed, seal
from accounts.tenancy import WrongOrganization, current_organization_id

_ST = TypeVar("_ST")
_GT = TypeVar("_GT")
if TYPE_CHECKING:
    _EmailField = models.EmailField[str, str]

    class _Field(models.Field[_ST, _GT]):
        pass

else:  # these two of Django's take type arguments in their stubs only
    _EmailField = models.EmailField

    class _Field(models.Field):
        def __class_getitem__(cls, _types: object) -> type:
            return cls


class OrganizationKey(models.ForeignKey[_ST, _GT]):
    """The ``organization`` of a tenant row: what is written must be the active one."""

    @override
    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        # Every plain way to write a row passes here: save, bulk_create, update, bulk_update.
        if not hasattr(value, "resolve_expression") and value != current_organization_id():
            raise WrongOrganization(f"{self.model._meta.label} of another organization cannot be written")
        return super().get_db_prep_save(value, connection)


class TenantForeignKey(models.ForeignKey[_ST, _GT]):
    """A key to a row of the same organization.

    The database's own constraint is composite, ``(organization_id, x_id) → (organization_id, id)``, and is made by
    ``accounts.walls.Wall``: a plain one would accept another organization's row.
    """

    def __init__(self, to: Any, on_delete: Any, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)

    @override
    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Refuse a target that has no organization."""
        target = self.related_model
        if any(f.name == "organization" for f in target._meta.fields):
            return super().check(**kwargs)
        problem = f"{target._meta.label} is no tenant model: use a plain ForeignKey"
        return [*super().check(**kwargs), checks.Error(problem, obj=self, id="accounts.E001")]


class EmailKeyField(_EmailField):
    """An e-mail address that identifies: stored, compared and looked up in lower case."""

    @override
    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value.strip().lower() if isinstance(value, str) else value


class Sealed(bytes):
    """A ciphertext as it stands in the database."""

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__


class EncryptedAttribute(DeferredAttribute):
    """Decrypts when the attribute is read, never earlier."""

    field: EncryptedField[Any, Any]

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        return self.field.open(value, instance) if instance and isinstance(value, Sealed) else value

    # With a setter Python asks the descriptor even when the instance's own dict has the name.
    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedField(_Field[_ST, _GT]):
    """Base of fields whose column holds ``accounts.secrets`` tokens.

    Only ``isnull`` can be looked up. ``update()`` and ``bulk_update()`` with a plain value raise ``TypeError``,
    because the row's place is needed to seal; set the attribute and ``save()``.
    """

    descriptor_class = EncryptedAttribute

    @override
    def get_internal_type(self) -> str:
        return "BinaryField"

    @override
    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def encode(self, value: Any) -> bytes:
        """Return the plain value as bytes."""
        raise NotImplementedError

    def decode(self, data: bytes) -> Any:
        """Return the plain value from bytes."""
        raise NotImplementedError

    def open(self, token: Sealed, instance: models.Model) -> Any:
        """Return the plain value; raise ``SecretError`` when the token does not belong here."""
        return self.decode(open_sealed(token, self._place(instance)))

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Sealed | None:
        """Mark what comes from the database as sealed."""
        return None if value is None else Sealed(value)

    @override
    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None:
            return None
        if isinstance(value, Sealed):
            self.open(value, model_instance)  # a token that was copied to another row fails here, not years later
            return value
        return Sealed(seal(self.encode(self.to_python(value)), self._place(model_instance)))

    @override
    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is encrypted: set the attribute and save() each object")
        return None if value is None else bytes(value)

    @override
    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is encrypted and is not serialized")

    def _place(self, instance: models.Model) -> Place:
        organization_id: UUID = instance.organization_id  # type: ignore[attr-defined]
        return Place(organization_id, self.model._meta.db_table, str(self.column), str(instance.pk))


class EncryptedTextField(EncryptedField[_ST, _GT]):
    """Text, UTF-8, encrypted at rest."""

    _pyi_private_set_type: str
    _pyi_private_get_type: str

    @override
    def to_python(self, value: Any) -> str | None:
        return value if value is None or isinstance(value, str) else str(value)

    @override
    def encode(self, value: str) -> bytes:
        return value.encode()

    @override
    def decode(self, data: bytes) -> str:
        return data.decode()


class EncryptedDateField(EncryptedField[_ST, _GT]):
    """A day (ISO 8601), encrypted at rest."""

    _pyi_private_set_type: dt.date
    _pyi_private_get_type: dt.date
    empty_strings_allowed = False

    @override
    def to_python(self, value: Any) -> dt.date | None:
        if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
            return value
        try:
            return dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            raise ValidationError("%(value)s is no date", params={"value": self.name}) from None

    @override
    def encode(self, value: dt.date) -> bytes:
        return value.isoformat().encode()

    @override
    def decode(self, data: bytes) -> dt.date:
        return dt.date.fromisoformat(data.decode())
