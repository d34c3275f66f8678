"""The probes: every address, filled in every way, by every method, as everybody; and what is wrong with an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tests.cases.admin.forms import FormReader
from tests.probes.actors import ACTORS, COLLEAGUES, FOREIGN, OURS, Actor
from tests.probes.addresses import Address, every_address
from tests.probes.bodies import Body, body
from tests.probes.browsing import Answer, ask
from tests.probes.marks import Mark
from tests.probes.snapshots import watch
from tests.probes.world import RANDOM, Names, World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
TARGETS = (OURS, COLLEAGUES, FOREIGN, RANDOM)
#: Parameters that name what belongs to one person, whoever else works in the same organization.
_PERSONAL = {"session_id", "pk", "uidb36"}
#: Whoever holds one of these secrets is meant to see what is behind it, and what kinds of things that is.
SHOWN_TO_HOLDERS = {
    "code": {"verify": {"name of the organization", "SHA-256 of a letter"}},
    "token": {"accept_invitation": {"name of the organization", "invited address", "name", "id of an invitation"}},
}
HOLDERS = {name: kinds for pages in SHOWN_TO_HOLDERS.values() for name, kinds in pages.items()}
#: Accepting an invitation is what its holder is there for, and changes the organization that invites.
CHANGED_BY_HOLDERS = {"accept_invitation"}
#: Lists that are searched, with the parameters that a person can add.
SEARCHED = ("number", "external_id", "identifier", "email")


@dataclass(frozen=True)
class Probe:
    """One request. `first` says whose row the address names first, `rest` whose all others are, in path and body."""

    actor: Actor
    address: Address
    method: str
    first: str
    rest: str
    fixed: tuple[tuple[str, str], ...] = ()
    query: str = ""

    def __str__(self) -> str:
        fixed = " ".join(value for _name, value in self.fixed)
        whose = self.first if self.first == self.rest else f"{self.first} with {self.rest}"
        return f"{self.method} /{self.address.template} {fixed} {self.query} of {whose} as {self.actor.name}"

    def is_open(self, whose: str) -> bool:
        """Whether what the address names there is open to the actor, as far as cases are."""
        if _PERSONAL & set(self.address.parameters):
            return whose == OURS and self.actor.signed_in
        return whose in self.actor.opens

    @property
    def harmless(self) -> Probe:
        """The same request for what does not exist, in the place of all that is closed to the actor."""
        first, rest = (whose if self.is_open(whose) else RANDOM for whose in (self.first, self.rest))
        return Probe(self.actor, self.address, self.method, first, rest, self.fixed, self.query)


@dataclass(frozen=True)
class Finding:
    """What is wrong: a leak, an oracle, a change or a crash."""

    kind: str
    probe: Probe
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.probe}: {self.detail}"


@dataclass
class Prober:
    """Sends the probes of a world and judges the answers. What nobody asks for twice is asked once."""

    world: World
    findings: list[Finding] = field(default_factory=list)
    seen: dict[str, set[Mark]] = field(default_factory=dict)
    statuses: dict[Probe, int] = field(default_factory=dict)
    _answers: dict[Probe, Answer] = field(default_factory=dict)
    _changes: dict[str, Callable[[], tuple[str, ...]]] = field(default_factory=dict)
    _pages: dict[tuple[Address, tuple[tuple[str, str], ...]], Body] = field(default_factory=dict)
    _bodies: dict[Any, Body] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many different requests were sent."""
        return len(self.statuses)

    def run(self, probes: Iterable[Probe]) -> list[Finding]:
        """Send them and return what is wrong."""
        for probe in probes:
            answer = self.answer(probe)
            self._judge(probe, answer)
        return self.findings

    def answer(self, probe: Probe) -> Answer:
        """The answer to a probe; kept where others are compared with it."""
        if probe in self._answers:
            return self._answers[probe]
        names = self._names(probe)
        path = probe.address.path(names) + probe.query
        sent = self._body(probe, names) if probe.method == "POST" else None
        session = self.world.sessions.get(probe.actor.name)
        answer = ask(session, probe.method, path, sent, changes=self._changes_for(probe.actor))
        self.statuses[probe] = answer.status
        if RANDOM in (probe.first, probe.rest):
            self._answers[probe] = answer
        return answer

    def _changes_for(self, actor: Actor) -> Callable[[], tuple[str, ...]]:
        if actor.name not in self._changes:
            self._changes[actor.name] = watch(self.world, actor)
        return self._changes[actor.name]

    def _names(self, probe: Probe) -> Names:
        """The values of the parameters: the first that is a row is `first`'s, all others are `rest`'s."""
        objects = probe.address.objects(self.world)
        found = {**self._things(probe, probe.rest), **dict(probe.fixed)}
        if objects:
            found[objects[0]] = self._things(probe, probe.first)[objects[0]]
        return found

    def _things(self, probe: Probe, whose: str) -> Names:
        mine = self.world.personal.get(probe.actor.name, {}) if whose == OURS else {}
        return {**self.world.names[whose], **mine}

    def _body(self, probe: Probe, names: Names) -> Body:
        act = dict(probe.fixed).get("act")
        key = (probe.actor.name if probe.rest == OURS else "", probe.address.name, act, probe.rest)
        if key not in self._bodies:
            self._bodies[key] = body(probe.address.name, act, names) | self._page(probe.address, probe.fixed)
        for value in self._bodies[key].values():
            for file in value if isinstance(value, list) else [value]:
                if hasattr(file, "seek"):
                    file.seek(0)
        return self._bodies[key]

    def _page(self, address: Address, fixed: tuple[tuple[str, str], ...]) -> Body:
        """What the form on the address's own page would send, as far as it is filled, as the director finds it."""
        if address.parameters not in ((), ("case_id",)):
            return {}
        key = (address, fixed)
        if key not in self._pages:
            probe = Probe(ACTORS[0], address, "GET", OURS, OURS, fixed)
            reader = FormReader()
            reader.feed(ask(self.world.sessions[ACTORS[0].name], "GET", address.path(self._names(probe))).text)
            self._pages[key] = {name: value for name, value in reader.values.items() if value and "." in name}
        return self._pages[key]

    def _judge(self, probe: Probe, answer: Answer) -> None:
        sent = self._sent(probe)
        if answer.status >= 500:
            self._find("crash", probe, str(answer.status))
        found = self.world.marks.found_in(answer.everything)
        self.seen.setdefault(probe.actor.name, set()).update(found)
        for mark in found:
            if probe.actor.name not in mark.audience and mark.text.lower() not in sent and not _is_held(probe, mark):
                self._find("leak", probe, str(mark))
        if answer.changed and probe.address.name not in CHANGED_BY_HOLDERS:
            self._find("change", probe, ", ".join(answer.changed))
        self._compare(probe, answer, sent)

    def _compare(self, probe: Probe, answer: Answer, sent: str) -> None:
        """What is closed to the actor must look like what does not exist."""
        harmless = probe.harmless
        if harmless == probe or probe.address.name in HOLDERS:
            return
        nothing = self.answer(harmless)
        mine, theirs = _plain(answer, sent), _plain(nothing, self._sent(harmless))
        if mine != theirs:
            self._find("oracle", probe, f"{answer.status}, but {nothing.status} for what does not exist")

    def _sent(self, probe: Probe) -> str:
        """Everything that the person knew, as they sent it."""
        names = self._names(probe)
        return "\n".join([probe.address.path(names), probe.query, *self._things(probe, probe.rest).values()]).lower()

    def _find(self, kind: str, probe: Probe, detail: str) -> None:
        self.findings.append(Finding(kind, probe, detail))


def _is_held(probe: Probe, mark: Mark) -> bool:
    return mark.kind in HOLDERS.get(probe.address.name, ())


_NOISE = re.compile(r"zq[0-9a-f]{12}|[\w+/=-]{30,}|rd-\d{4}-\d{6}|\d\d:\d\d(:\d\d)?|2000000001|\d{5,}")


def _plain(answer: Answer, sent: str) -> tuple[int, list[str], str]:
    """The answer without what was echoed and without what differs from request to request."""
    headers = [
        f"{name}: {value.partition('=')[0] if name == 'Set-Cookie' else value}"
        for name, value in answer.headers
        if name != "Content-Length"
    ]
    return answer.status, [_quiet(line, sent) for line in headers], _quiet(answer.text, sent)


def _quiet(text: str, sent: str) -> str:
    return _NOISE.sub("~", text.lower())


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
                yield from _probes_of(world, actor, address, method, targets)


def _probes_of(
    world: World, actor: Actor, address: Address, method: str, targets: tuple[str, ...]
) -> Iterator[Probe]:
    objects = address.objects(world)
    for values in address.fixed(world):
        fixed = tuple(values.items())
        for first, rest in _pairs(objects, method, targets, first_is_open=OURS in actor.opens):
            yield Probe(actor, address, method, first, rest, fixed)
            if method == "GET" and not address.parameters and address.name.endswith("changelist"):
                yield from _searches(world, Probe(actor, address, method, first, rest, fixed), targets)


def _pairs(
    objects: tuple[str, ...], method: str, targets: tuple[str, ...], *, first_is_open: bool
) -> Iterator[tuple[str, str]]:
    """Whose rows are named first and then: all the same person's, and other people's at an open row."""
    if not objects:
        yield from ((OURS, rest) for rest in (targets if method == "POST" else (OURS,)))
        return
    yield from ((whose, whose) for whose in targets)
    if first_is_open and (method == "POST" or len(objects) > 1):
        yield from ((OURS, rest) for rest in targets if rest != OURS)


def _searches(world: World, probe: Probe, targets: tuple[str, ...]) -> Iterator[Probe]:
    """Searching a list for what only somebody else can know."""
    for whose in targets:
        for name in SEARCHED:
            query = "?" + urlencode({"q": world.names[whose][name]})
            yield Probe(probe.actor, probe.address, "GET", OURS, whose, probe.fixed, query)


