"""Who is in the demo: organizations.toml as plain values."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from accounts.roles import PlatformDuty, Role

_FILE = Path(__file__).with_name("organizations.toml")
#: In an address of example.org, which belongs to nobody (RFC 2606).
_DOMAIN = "example.org"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person of the demo: a role in each of some organizations (by slug), or a duty for the platform."""

    name: str
    email: str
    roles: tuple[tuple[str, Role], ...] = ()
    duty: PlatformDuty | None = None


@dataclass(frozen=True, slots=True)
class DemoOrganization:
    """An organization of the demo; `fields` are those of the model, `cases` names of intake files."""

    slug: str
    fields: dict[str, Any]
    cases: tuple[str, ...]


def organizations() -> list[DemoOrganization]:
    """The organizations, in the order of the file."""
    return [_organization(data) for data in _data()["organizations"]]


def people() -> list[DemoPerson]:
    """Everybody: the members of each organization, whoever belongs to two, and the curator, who is the last."""
    members = [
        DemoPerson(name, _email(name, data["slug"]), ((data["slug"], Role(role)),))
        for data in _data()["organizations"]
        for role, names in data["people"].items()
        for name in names
    ]
    return [*members, _in_two(), curator()]


def curator() -> DemoPerson:
    """The person who looks after the directory, and belongs to no organization."""
    name = _data()["curator"]
    return DemoPerson(name, _email(name, "demo"), duty=PlatformDuty.CURATOR)


def verified_agencies() -> list[str]:
    """Keys of the agencies whose address the demo's curator verifies."""
    return list(_data()["verified"])


def _in_two() -> DemoPerson:
    data = _data()["in_two"]
    roles = tuple((slug, Role(role)) for slug, role in data["roles"].items())
    return DemoPerson(data["name"], data["email"], roles)


def _organization(data: dict[str, Any]) -> DemoOrganization:
    address = f"{data['slug']}.{_DOMAIN}"
    fields = {key: value for key, value in data.items() if key not in {"slug", "cases", "people"}}
    # No hold: whoever tries the demo sees a letter go at once.
    fields |= {"holding_hours": 0, "sending_email": f"reports@{address}", "reply_email": f"replies@{address}"}
    return DemoOrganization(data["slug"], fields, tuple(data["cases"]))


def _email(name: str, place: str) -> str:
    plain = unicodedata.normalize("NFKD", name.split(maxsplit=1)[0]).encode("ascii", "ignore").decode().lower()
    return f"{plain}@{place}.{_DOMAIN}"


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text())
