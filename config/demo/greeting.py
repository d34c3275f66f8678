"""What the demo says once it is there: where to go, and how to sign in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def greeting(accounts: Path) -> list[str]:
    """The lines, from demo.json: one person of each role, of the first organization that has one."""
    document = json.loads(accounts.read_text())
    people = [
        f"{user['role']:<11} {user['email']:<33} {user['password']}   {user['organization']}".rstrip()
        for user in _one_of_each_role(document["users"])
    ]
    return [
        "",
        f"Redress is there: {document['base_url']}/workspace/",
        f"What it sends:    {document['base_url']}/outbox/   (nothing leaves this machine)",
        "",
        *people,
        "",
        f"All accounts stand in {accounts}; everybody there is fictitious. Ctrl-C ends everything.",
    ]


def _one_of_each_role(users: list[dict[str, Any]]) -> list[dict[str, Any]]:
    first: dict[str, dict[str, Any]] = {}
    for user in users:
        first.setdefault(user["role"], user)
    return list(first.values())
