"""Celery's way in: an id comes, one call goes out."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from accounts.tenancy import organization as acting_for
from accounts.tenant_task import SteppingTask
from letters.delivery import deliver, due_dispatches, forgotten_letters
from letters.sealing import begin_letter, make_letter

# A wake-up that nobody took in this time is worth nothing: the sweeper has sent another.
_WAKE_UP_LASTS = 120  # seconds


@shared_task(base=SteppingTask, name="letters.make_letter")
def make_letter_task(organization_id: str, letter_id: str) -> None:
    """Render, and seal unless it is a draft, one letter of the organization; the try is committed first."""
    for step in (begin_letter, make_letter):
        with acting_for(UUID(organization_id)):
            step(UUID(letter_id))


def wake_printer(organization_id: UUID, letter_id: UUID) -> None:
    """Ask a worker to make a letter. Raises what the broker's client raises; the sweeper asks again."""
    make_letter_task.apply_async((str(organization_id), str(letter_id)), expires=_WAKE_UP_LASTS, retry=False)


@shared_task(base=SteppingTask, name="letters.send_dispatch")
def send_dispatch(organization_id: str, dispatch_id: str) -> None:
    """Bring one released letter a step further: claim, send, settle, each committed by itself."""
    deliver(UUID(organization_id), UUID(dispatch_id))


@shared_task(name="letters.sweep_outbox")
def sweep_outbox() -> None:
    """Wake a worker for everything that is due, in every organization."""
    for organization_id, dispatch_id in due_dispatches():
        wake(organization_id, dispatch_id)


@shared_task(name="letters.sweep_letters")
def sweep_letters() -> None:
    """Wake a worker again for every letter whose first wake-up was lost."""
    for organization_id, letter_id in forgotten_letters():
        wake_printer(organization_id, letter_id)


def wake(organization_id: UUID, dispatch_id: UUID) -> None:
    """Ask a worker to look at a dispatch. Raises what the broker's client raises; the sweeper asks again."""
    send_dispatch.apply_async((str(organization_id), str(dispatch_id)), expires=_WAKE_UP_LASTS, retry=False)
