"""The base of every Celery task that touches an organization's rows."""

from collections.abc import Callable
from inspect import signature
from typing import Any
from uuid import UUID

from celery import Task

from accounts.tenancy import organization


class SteppingTask(Task):  # type: ignore[type-arg]  # generic for the checker only
    """Works for one organization in several transactions that its function opens: for work that waits on others.

    Use as `@shared_task(base=SteppingTask)`; the function's first parameter must be `organization_id`
    (the UUID as text), which every call then has to give. TypeError where it is not.
    """

    abstract = True
    run: Callable[..., Any]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse a task that forgot whose rows it works on, when it is defined."""
        super().__init_subclass__(**kwargs)
        if function := cls.__dict__.get("run"):
            parameters = list(signature(function).parameters)
            first = 0 if isinstance(function, staticmethod) else 1  # a bound task's first is itself
            if parameters[first : first + 1] != ["organization_id"]:
                raise TypeError(f"{cls.__name__}: the first parameter of a TenantTask is organization_id.")


class TenantTask(SteppingTask):
    """Runs inside its organization, in one transaction. Use as `@shared_task(base=TenantTask)`."""

    abstract = True

    def __call__(self, organization_id: str, *args: Any, **kwargs: Any) -> Any:
        """Open the organization around the function."""
        with organization(UUID(organization_id)):
            return self.run(organization_id, *args, **kwargs)
