"""Four fictitious people whom the tests know by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.roles import Role

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Person:
    """Somebody who works for an organization, or comes to it for help."""

    name: str
    email: str
    role: Role | None

    def sign_up(self) -> User:
        """Store the person as a user, and as a member of the active organization where they have a role."""
        from accounts.models import Membership, User

        known = User.objects.filter(email=self.email).first()
        user = known or User.objects.create_user(self.email, name=self.name)
        if self.role:
            Membership.objects.get_or_create(user=user, defaults={"role": self.role})
        return user


#: Directs her organization: may change its settings, members, and release what waits for a supervisor.
AMARA = Person("Amara Okafor", "amara@north.example.org", Role.DIRECTOR)
#: Works on cases.
BJORN = Person("Björn Lindqvist", "bjorn@north.example.org", Role.CASEWORKER)
#: Sees numbers only.
CHIARA = Person("Chiara Ferri", "chiara@north.example.org", Role.ANALYST)
#: Was defrauded; belongs to no organization.
DAVID = Person("David Quaye", "david@example.org", None)

EVERYBODY = (AMARA, BJORN, CHIARA, DAVID)
