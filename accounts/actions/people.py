"""Making a person."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from accounts.models import User


def new_person(*, email: str, name: str, password: str | None = None) -> User:
    """Store a person whose address is known to be theirs, and return them; without a password they cannot sign in yet.

    Raises IntegrityError where the address has a person already.
    """
    person = User.objects.create_user(email, password, name=name)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person
