"""One opening of a form, as a token in it: whoever sends it twice means one thing."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.core import signing

from accounts.models import User


def new_token(user: User) -> str:
    """A token for a form that this person opens. Signed, so that nobody chooses the id of a case."""
    return signing.dumps(uuid4().hex, salt=_salt(user))


def read_token(text: str, user: User) -> UUID:
    """The token of the person's own form; a new one for anything else, which is then a form of its own."""
    try:
        return UUID(signing.loads(text, salt=_salt(user)))
    except signing.BadSignature:
        return uuid4()


def _salt(user: User) -> str:
    return f"cases.new-case.{user.pk}"
