"""The probes: every address, filled in every way, by every method, as everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.probes.actors import ACTORS, COLLEAGUES, FOREIGN, OURS, Actor
from tests.probes.addresses import Address, every_address
from tests.probes.bodies import names_rows_at
from tests.probes.world import RANDOM, World

Fixed = tuple[tuple[str, str], ...]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
TARGETS = (OURS, COLLEAGUES, FOREIGN, RANDOM)
#: Parameters that name what belongs to one person, whoever else works in the same organization.
_PERSONAL = {"session_id", "pk", "uidb36"}
#: Parameters that name what all organizations share: the directory is everybody's.
_PUBLIC = {"contact", "proposal"}
_AMONG_COLLEAGUES = {"assign", "unassign", "share", "unshare"}
#: Enough to ask allauth's pages by the methods that none of them takes: they know no roles.
_PERSONS = {"director", "person without organization", "nobody signed in"}
#: Lists of what is somebody's, and what they are searched for.
SEARCHED_LISTS = {"cases_case_changelist"}
SEARCHED = ("case_number", "external_id", "identifier", "email")


@dataclass(frozen=True)
class Probe:
    """One request. `first` says whose row the address names first, `rest` whose all others are, in path and body."""

    actor: Actor
    address: Address
    method: str
    first: str
    rest: str
    fixed: Fixed = ()
    query: str = ""

    def __str__(self) -> str:
        fixed = " ".join(value for _name, value in self.fixed)
        whose = self.first if self.first == self.rest else f"{self.first} with {self.rest}"
        return f"{self.method} /{self.address.template} {fixed} {self.query} of {whose} as {self.actor.name}"

    def is_open(self, whose: str) -> bool:
        """Whether what the address names there is open to the actor."""
        names = set(self.address.parameters)
        if names & _PUBLIC:
            return whose != RANDOM
        if names & _PERSONAL:
            return whose == OURS and self.actor.signed_in
        if self.address.name == "choose_organization":
            return self.actor.is_member if whose in (OURS, COLLEAGUES) else bool(self.actor.role_away)
        return whose in self.actor.opens

    def is_known(self, whose: str) -> bool:
        """Whether what the rest of the request names is open to them; whoever works on cases chooses colleagues."""
        chooses = dict(self.fixed).get("act") in _AMONG_COLLEAGUES and self.actor.works_on_cases
        return whose in (OURS, COLLEAGUES) if chooses else self.is_open(whose)

    @property
    def harmless(self) -> Probe:
        """The same request for what does not exist, in the place of all that is closed to the actor."""
        first = self.first if self.is_open(self.first) else RANDOM
        rest = self.rest if self.is_known(self.rest) else RANDOM
        return Probe(self.actor, self.address, self.method, first, rest, self.fixed, self.query)


def every_probe(
    world: World,
    *,
    actors: Iterable[Actor] = ACTORS,
    addresses: Iterable[Address] | None = None,
    methods: Iterable[str] = METHODS,
    targets: tuple[str, ...] = TARGETS,
) -> Iterator[Probe]:
    """Every address × method × actor × whose rows are named."""
    chosen = every_address() if addresses is None else list(addresses)
    for actor in actors:
        for address in chosen:
            for method in methods:
                if method not in ("GET", "POST") and not address.is_ours and actor.name not in _PERSONS:
                    continue
                yield from _probes_of(world, actor, address, method, targets)


def _probes_of(world: World, actor: Actor, address: Address, method: str, targets: tuple[str, ...]) -> Iterator[Probe]:
    objects, fillings = address.objects(world), [tuple(values.items()) for values in address.fixed(world)]
    if "act" in address.parameters and not (method == "POST" and actor.acts):
        fillings = fillings[:1] + fillings[-1:]
    if method not in ("GET", "POST"):
        fillings = fillings[:1]
    for fixed in fillings:
        names_rows = method == "POST" and names_rows_at(address.name, dict(fixed).get("act"), world.names[OURS])
        for first, rest in _pairs(
            objects,
            _worth_naming(actor, address, method, targets),
            names_rows=names_rows,
            first_is_open=OURS in actor.opens,
        ):
            yield Probe(actor, address, method, first, rest, fixed)
        if method == "GET" and address.name in SEARCHED_LISTS:
            yield from _searches(world, Probe(actor, address, method, OURS, OURS, fixed), targets)


def _worth_naming(actor: Actor, address: Address, method: str, targets: tuple[str, ...]) -> tuple[str, ...]:
    """Whose rows: all in reading and posting, and where no view listens one that exists is enough."""
    if method not in ("GET", "POST"):
        return (OURS if OURS in actor.opens or not address.parameters else FOREIGN,)
    at_work = address.template.startswith("workspace/")
    return targets if at_work or address.parameters else (FOREIGN,)  # and what does not exist, to compare


def _pairs(
    objects: tuple[str, ...], targets: tuple[str, ...], *, names_rows: bool, first_is_open: bool
) -> Iterator[tuple[str, str]]:
    """Whose rows are named first and then: all the same person's, and other people's at an open row."""
    if not objects:
        yield from ((OURS, rest) for rest in (targets if names_rows else (OURS,)))
        return
    yield from ((whose, whose) for whose in targets)
    if first_is_open and (names_rows or len(objects) > 1):
        yield from ((OURS, rest) for rest in targets if rest != OURS)


def _searches(world: World, probe: Probe, targets: tuple[str, ...]) -> Iterator[Probe]:
    """Searching a list for what only somebody else can know."""
    for whose in targets:
        for name in SEARCHED:
            query = "?" + urlencode({"q": world.names[whose][name]})
            yield Probe(probe.actor, probe.address, "GET", OURS, whose, probe.fixed, query)
