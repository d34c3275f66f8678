"""Sending probes, and what is wrong with an answer: a leak, an oracle, a change or a crash."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from tests.probes.actors import COLLEAGUES, OURS, Actor
from tests.probes.bodies import body, has_form
from tests.probes.browsing import Answer, ask, encoded
from tests.probes.facts import facts_body, is_of_facts
from tests.probes.marks import Mark
from tests.probes.probes import Probe
from tests.probes.snapshots import watch
from tests.probes.world import RANDOM, Names, World

#: Whoever holds one of these secrets is meant to see what is behind it, and what kinds of things that is.
SHOWN_TO_HOLDERS = {
    "code": {"verify": {"name of the organization", "SHA-256 of a letter"}},
    "token": {"accept_invitation": {"name of the organization", "invited address", "name", "id of an invitation"}},
}
HOLDERS = {name: kinds for pages in SHOWN_TO_HOLDERS.values() for name, kinds in pages.items()}
#: Accepting an invitation is what its holder is there for, and changes the organization that invites.
CHANGED_BY_HOLDERS = {"accept_invitation"}
#: A partner's number is unique in its organization: whoever takes in a file is told that its case is a colleague's.
TOLD_OF_COLLEAGUES = {"cases_case_intake", "cases_case_add"}


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
    _bodies: dict[Any, bytes] = field(default_factory=dict)

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
        sent = self._body(probe, names) if probe.method == "POST" else b""
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

    def _body(self, probe: Probe, names: Names) -> bytes:
        address = probe.address.name
        act = dict(probe.fixed).get("act")
        form = act if act and has_form(address, act) else ""
        mine = probe.actor.name if OURS in (probe.first, probe.rest) else ""
        of_facts = (address, probe.first) if is_of_facts(address) else None
        key = (mine, form and address, form, of_facts, probe.rest)
        if key not in self._bodies:
            fields = self._facts(probe) if of_facts else body(address, act, names)
            self._bodies[key] = encoded(fields)
        return self._bodies[key]

    def _facts(self, probe: Probe) -> dict[str, Any]:
        seen = self._things(probe, probe.first)["seen"]
        return facts_body(probe.address.name, self._things(probe, probe.rest), seen)

    def _judge(self, probe: Probe, answer: Answer) -> None:
        if answer.status >= 500:
            self._find("crash", probe, str(answer.status))
        sent = self._sent(probe)
        news = {mark for mark in self.world.marks.found_in(answer.everything) if mark.text.lower() not in sent}
        self.seen.setdefault(probe.actor.name, set()).update(news)
        for mark in news:
            if probe.actor.name not in mark.audience and not _is_held(probe, mark):
                self._find("leak", probe, str(mark))
        if answer.changed and probe.address.name not in CHANGED_BY_HOLDERS and not _enters_their_own(probe):
            self._find("change", probe, ", ".join(answer.changed))
        self._compare(probe, answer)

    def _compare(self, probe: Probe, answer: Answer) -> None:
        """What is closed to the actor must look like what does not exist."""
        harmless = probe.harmless
        if harmless == probe or probe.address.name in HOLDERS:
            return
        if probe.rest in (OURS, COLLEAGUES) and probe.address.name in TOLD_OF_COLLEAGUES:
            return
        nothing = self.answer(harmless)
        mine, theirs = plain(answer, self.path(probe)), plain(nothing, self.path(harmless))
        if mine != theirs:
            self._find("oracle", probe, f"{answer.status}, but {nothing.status} for what does not exist")

    def path(self, probe: Probe) -> str:
        """The path that a probe asks for."""
        return probe.address.path(self._names(probe))

    def _sent(self, probe: Probe) -> str:
        """Everything that the person said: it is no news to them."""
        names = self._names(probe)
        said = self._body(probe, names).decode(errors="replace") if probe.method == "POST" else ""
        return "\n".join([probe.address.path(names), unquote(probe.query), said]).lower()

    def _find(self, kind: str, probe: Probe, detail: str) -> None:
        self.findings.append(Finding(kind, probe, detail))


def _is_held(probe: Probe, mark: Mark) -> bool:
    return mark.kind in HOLDERS.get(probe.address.name, ())


def _enters_their_own(probe: Probe) -> bool:
    """Whether it is a member who now acts for another organization of theirs; that is on record there."""
    return probe.address.name == "choose_organization" and probe.is_open(probe.rest)


_NOISE = re.compile(
    r"[\w+/=-]{30,}(?::[\w-]+){2}"  # what is signed, with the moment
    r"|zq[0-9a-f]{12}|[\w+/=-]{30,}|rd-\d{4}-\d{6}|\d\d:\d\d(:\d\d)?|2000000001|\d{5,}"
)


def plain(answer: Answer, path: str) -> tuple[int, list[str], str]:
    """The answer without what was echoed and without what differs from request to request."""
    headers = [
        f"{name}: {value.partition('=')[0] if name == 'Set-Cookie' else value}"
        for name, value in answer.headers
        if name != "Content-Length"
    ]
    return answer.status, [_quiet(line, path) for line in headers], _quiet(answer.text, path)


def _quiet(text: str, path: str) -> str:
    lower = text.lower()
    for echo in (path, quote(path), quote(path, safe="")):
        lower = lower.replace(echo.lower(), "~")
    return _NOISE.sub("~", lower)
