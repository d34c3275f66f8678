"""The outbox at work: claim, send, settle, each a transaction of its own (docs/decisions/0010-outbox.md)."""

from letters.delivery.sending import deliver
from letters.delivery.sweeping import due_dispatches, forgotten_letters

__all__ = ["deliver", "due_dispatches", "forgotten_letters"]
