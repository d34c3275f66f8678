"""What a row of the plan is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from cases.enums import Channel
from directory.models import Agency, ContactPoint

# Hong Kong and Macau desks count as Chinese agencies for screening, ties and consent (PROCESS.md).
CHINESE_STATE = frozenset({"CN", "HK", "MO"})


class Group(IntEnum):
    """The order of work: first those who may still stop the money, then home, then abroad."""

    INSTITUTION = 0
    HOME = 1
    ABROAD = 2


class Desk(IntEnum):
    """The order within a group."""

    OWN_EMBASSY = 0
    ANTI_TRAFFICKING = 1
    POLICE = 2
    NATIONAL_DESK = 3
    OTHER = 4
    GOVERNMENT = 5
    MISSION = 6


class LetterKind(StrEnum):
    """The folder in templates/letters/ that says how such a recipient is written to."""

    GOVERNMENT = "government"
    EMBASSY = "embassy"
    CONSULATE = "consulate"
    POLICE = "police"
    NATIONAL_DESK = "national_desk"
    INSTITUTION = "institution"
    OWN_EMBASSY = "own_embassy"
    ANTI_TRAFFICKING = "anti_trafficking"
    GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One report that the case should lead to, with the reason in words.

    `state` is the ISO code of the state whose agency this is, empty for banks, platforms, organizations
    and international bodies. `to` is empty only where nobody knows it yet. `supervised` says why this
    row waits for a supervisor whatever the case says, or is empty.
    """

    key: str
    name: str
    letter_kind: LetterKind
    group: Group
    desk: Desk
    channel: Channel
    to: str
    why: str
    name_local: str = ""
    state: str = ""
    optional: bool = False
    information: bool = False
    supervised: str = ""
    address: tuple[str, ...] = ()
    attention: str = ""
    attention_local: str = ""
    ask_to_forward: bool = False
    no_mailbox: bool = False
    own_institution: bool = False
    agency: Agency | None = field(default=None, compare=False)
    contact: ContactPoint | None = field(default=None, compare=False)

    @property
    def chinese(self) -> bool:
        """Whether this is an agency of mainland China, Hong Kong or Macau."""
        return self.state in CHINESE_STATE

    @property
    def sent_by_us(self) -> bool:
        """E-mail and post are sent for the victim and need consent; the rest the victim files or says."""
        return self.channel in (Channel.EMAIL, Channel.POST)


def order(rows: list[PlanRow]) -> tuple[PlanRow, ...]:
    """Rows in the order of work, each agency once; optional rows last in their group."""
    unique: dict[str, PlanRow] = {}
    for row in rows:
        kept = unique.get(row.key)
        if kept is None or (kept.optional and not row.optional):
            unique[row.key] = row
    return tuple(sorted(unique.values(), key=lambda row: (row.group, row.optional, row.desk)))
