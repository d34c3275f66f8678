"""`demo.json`: who can sign in to the demo, and with which password. Readable by our own user alone."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from letters.management.demo.people import DemoPerson

#: Letters that no font lets one mistake for another; four groups of four are 72 bits.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"


@dataclass(slots=True)
class AccountsFile:
    """The passwords by e-mail address; what was made once is kept."""

    path: Path
    passwords: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> AccountsFile:
        """The file as it is; without passwords where there is none, or none that can be read."""
        try:
            document = json.loads(path.read_text())
            entries = [*document["users"], *document["in_two_organizations"]]
            return cls(path, {entry["email"]: entry["password"] for entry in entries})
        except (OSError, ValueError, KeyError, TypeError):
            return cls(path)

    def password(self, email: str) -> str:
        """The person's password, made now where there is none."""
        return self.passwords.setdefault(email, new_password())

    def write(self, people: list[DemoPerson], *, base_url: str) -> None:
        """Write the file whole, in the contract's form (a curator's organization is the empty text)."""
        document = {
            "base_url": base_url,
            "users": [self._user(person) for person in people if len(person.roles) < 2],
            "in_two_organizations": [self._member_of_several(person) for person in people if len(person.roles) > 1],
            "api_clients": [],
        }
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
        draft.replace(self.path)

    def _user(self, person: DemoPerson) -> dict[str, Any]:
        slug, role = person.roles[0] if person.roles else ("", person.duty)
        assert role is not None, "everybody in the demo is something"
        return {"role": role.value, "organization": slug} | self._sign_in(person)

    def _member_of_several(self, person: DemoPerson) -> dict[str, Any]:
        roles = [{"organization": slug, "role": role.value} for slug, role in person.roles]
        return self._sign_in(person) | {"memberships": roles}

    def _sign_in(self, person: DemoPerson) -> dict[str, str]:
        return {"name": person.name, "email": person.email, "password": self.password(person.email)}


def new_password() -> str:
    """A random password that can be read aloud and typed."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
