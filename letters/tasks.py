"""Celery's way in: an id comes, one call goes out."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from accounts.tenant_task import TenantTask
from letters.sealing import make_letter


@shared_task(base=TenantTask, name="letters.make_letter")
def make_letter_task(organization_id: str, letter_id: str) -> None:  # noqa: ARG001  # TenantTask opens it
    """Render, and seal unless it is a draft, one letter of the organization."""
    make_letter(UUID(letter_id))
