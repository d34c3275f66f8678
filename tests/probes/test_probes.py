"""Nothing of one organization, and no closed case, comes out of any address, by any method, for anybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import pytest

from tests.isolation.switches import Walls
from tests.probes.actors import ACTORS, COLLEAGUES, FOREIGN, OURS, Actor
from tests.probes.addresses import every_address
from tests.probes.probes import METHODS, TARGETS, Probe, every_probe
from tests.probes.probing import Prober
from tests.probes.world import RANDOM, World

AT_LEAST = 5_000
#: With one wall alone: those who get furthest, one who gets nowhere, and nobody.
_FURTHEST = ("director", "caseworker", "caseworker here who directs elsewhere", "intake volunteer", "nobody signed in")
#: What is asked of each wall alone. Of a colleague's case the database's wall says nothing: it knows organizations.
_ASKED = {
    Walls.APPLICATION: (OURS, COLLEAGUES, FOREIGN, RANDOM),
    Walls.DATABASE: (OURS, FOREIGN, RANDOM),
}

# All questions about one setting of the walls go to one process, so that its probes are sent once.
pytestmark = pytest.mark.parametrize(
    "walls",
    [
        pytest.param(walls, id=walls.value, marks=pytest.mark.xdist_group(f"probes with {walls.value}"))
        for walls in (Walls.BOTH, Walls.APPLICATION, Walls.DATABASE)
    ],
    indirect=True,
)


def probes(world: World, walls: Walls) -> Iterator[Probe]:
    if walls is Walls.BOTH:
        return every_probe(world)
    actors = [actor for actor in ACTORS if actor.name in _FURTHEST]
    inside = [address for address in every_address() if address.is_ours]
    return every_probe(world, actors=actors, addresses=inside, methods=("GET", "POST"), targets=_ASKED[walls])


_sent: dict[Walls, Prober] = {}


@pytest.fixture
def prober(request: pytest.FixtureRequest, walls: Walls) -> Prober:
    """All probes, sent once: tests come in random order, and a world takes minutes to walk through."""
    if walls not in _sent:
        world: World = request.getfixturevalue("world")
        made = Prober(world)
        made.run(probes(world, walls))
        _sent[walls] = made
    return _sent[walls]


def test_no_probe_finds_anything(prober: Prober, walls: Walls) -> None:
    print(f"\n{prober.count} probes with {walls.value}: {len(prober.findings)} findings")  # noqa: T201 - the figure that is asked for
    assert [str(finding) for finding in prober.findings] == []
    assert prober.count >= (AT_LEAST if walls is Walls.BOTH else 1_000)


def test_what_is_theirs_is_shown(prober: Prober, walls: Walls) -> None:
    """Otherwise the probes prove nothing: whoever works on a case finds every mark of it that a page can show."""
    asked = frozenset(_ASKED.get(walls, TARGETS))
    for actor in ACTORS:
        if actor.name not in prober.seen:
            continue
        found = {(mark.whose, mark.kind) for mark in prober.seen[actor.name]}
        assert {(case, kind) for case in actor.opens & asked for kind in SHOWN} - found == set(), actor.name


#: What the pages, files and messages of a case show of it to whoever works on it.
SHOWN = frozenset(
    {
        "number of the case",
        "id of the case",
        "name of the victim",
        "e-mail of the victim",
        "street of the victim",
        "impact, emotional",
        "impact, financial",
        "website",
        "account of the offender",
        "account of the victim",
        "account of the recipient",
        "name of the recipient",
        "reference of the transfer",
        "event",
        "bytes of the evidence",
        "name of the evidence",
        "description of the evidence",
        "bytes of the PDF",
        "SHA-256 of a letter",
        "reason for the nexus",
        "name of the agency",
        "station",
        "report number",
        "reason of the refusal",
        "partner's number",
    }
)


def statuses(prober: Prober, actor: Actor, method: str, name: str, whose: Sequence[str] = TARGETS) -> set[int]:
    """How an address answered the actor about our case; `whose` rows were named besides."""
    return {
        status
        for probe, status in prober.statuses.items()
        if (probe.actor, probe.method, probe.address.name, probe.first) == (actor, method, name, OURS)
        and probe.rest in whose
    }


def test_each_role_finds_its_own_pages(prober: Prober) -> None:
    for actor in ACTORS:
        if actor.name not in prober.seen and actor.signed_in:
            continue
        opens = OURS in actor.opens
        found = partial(statuses, prober, actor, "GET")
        assert found("index") == ({200} if actor.is_member or actor.duty else {302}), actor.name
        assert (200 in found("cases_case_change")) is opens, actor.name
        assert (200 in found("cases_case_history")) is (opens and actor.reads_trails), actor.name
        assert (200 in found("own_mail")) is opens, actor.name
        assert (200 in found("members")) is actor.directs, actor.name


def test_a_whole_form_of_facts_is_taken(prober: Prober) -> None:
    """Otherwise the probes stop at the form, and prove nothing of the writing behind it."""
    for actor in ACTORS:
        if OURS in actor.opens and actor.name in prober.seen:
            assert statuses(prober, actor, "POST", "cases_case_facts") == {302}, actor.name
            assert statuses(prober, actor, "POST", "cases_case_add", (FOREIGN, RANDOM)) == {302}, actor.name


def test_every_address_was_asked_by_every_method(prober: Prober, walls: Walls) -> None:
    asked = {(probe.address.template, probe.method) for probe in prober.statuses}
    if walls is Walls.BOTH:
        assert {(address.template, method) for address in every_address() for method in METHODS} - asked == set()
