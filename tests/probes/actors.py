"""Who knocks at the doors: a person of every role and of none."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.roles import PlatformDuty, Role

#: The cases of the world: two of the home organization, of different caseworkers, and one of the foreign one.
OURS, COLLEAGUES, FOREIGN = "our case", "a colleague's case", "a foreign case"
HOME, AWAY = "home", "away"


@dataclass(frozen=True)
class Actor:
    """Somebody with, or without, a place in the home organization; `opens` are the cases that are open to them."""

    name: str
    role: Role | None = None
    duty: PlatformDuty | None = None
    opens: frozenset[str] = frozenset()
    ended: bool = False
    role_away: Role | None = None
    signed_in: bool = True
    #: Whether every act is tried; for the others, who get as far as one of them or not at all, one and an unknown one.
    acts: bool = False

    @property
    def is_member(self) -> bool:
        """Whether the home organization is theirs today."""
        return self.role is not None and not self.ended

    @property
    def works_on_cases(self) -> bool:
        """Whether they choose among colleagues, so that they read their names."""
        return self.is_member and self.role in (Role.DIRECTOR, Role.SUPERVISOR, Role.CASEWORKER)

    @property
    def reads_trails(self) -> bool:
        """Whether they read who did what on a case."""
        return self.is_member and self.role in (Role.DIRECTOR, Role.SUPERVISOR)

    @property
    def directs(self) -> bool:
        """Whether members and settings are theirs."""
        return self.is_member and self.role == Role.DIRECTOR


_ALL = frozenset({OURS, COLLEAGUES})
_OWN = frozenset({OURS})

ACTORS = (
    Actor("director", Role.DIRECTOR, opens=_ALL, acts=True),
    Actor("supervisor", Role.SUPERVISOR, opens=_ALL, acts=True),
    Actor("caseworker", Role.CASEWORKER, opens=_OWN, acts=True),
    Actor("caseworker without the case", Role.CASEWORKER),
    Actor("caseworker with whom it is shared", Role.CASEWORKER, opens=_OWN),
    Actor("caseworker here who directs elsewhere", Role.CASEWORKER, opens=_OWN, role_away=Role.DIRECTOR),
    Actor("intake volunteer", Role.INTAKE),
    Actor("analyst", Role.ANALYST),
    Actor("curator", duty=PlatformDuty.CURATOR, acts=True),
    Actor("operator", duty=PlatformDuty.OPERATOR),
    Actor("person without organization"),
    Actor("caseworker whose membership was ended", Role.CASEWORKER, ended=True),
    Actor("nobody signed in", signed_in=False),
)
