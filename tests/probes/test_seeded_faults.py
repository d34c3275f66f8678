"""The probes find what is broken on purpose; without the fault, the same probes find nothing."""

from __future__ import annotations

import pytest

from tests.probes.actors import ACTORS
from tests.probes.addresses import every_address
from tests.probes.faults import FAULTS, Fault
from tests.probes.probes import every_probe
from tests.probes.probing import Finding, Prober
from tests.probes.world import World


def findings(world: World, fault: Fault) -> list[Finding]:
    actors = [actor for actor in ACTORS if actor.name == fault.actor]
    addresses = [address for address in every_address() if address.name in fault.addresses]
    assert {address.name for address in addresses} == set(fault.addresses), "an address has another name now"
    return Prober(world).run(every_probe(world, actors=actors, addresses=addresses, methods=(fault.method,)))


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_seeded_fault_is_found(world: World, fault: Fault) -> None:
    assert [str(finding) for finding in findings(world, fault)] == []
    with fault.seed():
        assert fault.finds in {finding.kind for finding in findings(world, fault)}
