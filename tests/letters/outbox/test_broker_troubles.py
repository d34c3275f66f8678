"""The broker only wakes workers up: taken away and brought back empty, it costs time and no letter."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kombu.exceptions import OperationalError

from letters.models import Dispatch
from letters.tasks import wake
from tests.letters.outbox.brokers import Broker, Embedded, Redis, a_worker, on_broker, wait_until
from tests.letters.outbox.counter import Counter
from tests.letters.outbox.live import live_counter, released, state_of
from tests.letters.outbox.relay import Relay


@pytest.fixture(params=["embedded", "redis"])
def broker(request: pytest.FixtureRequest, private_folders: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    made = Embedded(private_folders) if request.param == "embedded" else Redis()
    with on_broker(made, monkeypatch):
        yield made


@pytest.fixture
def live(transactional_db: None, private_folders: Path) -> Counter:
    return live_counter()


def accepted(dispatch: Dispatch) -> bool:
    return state_of(dispatch).state == "accepted"


def test_what_was_released_while_the_broker_was_away_is_sent_once_it_is_back(
    live: Counter, relay: Relay, broker: Broker, child_environment: Callable[[], dict[str, str]]
) -> None:
    woken = released(live, 1)
    with a_worker(child_environment()) as worker:
        wait_until(lambda: accepted(woken))  # by the release's own wake-up: nobody sweeps
        broker.stop()
        begin = time.monotonic()
        alone = released(live, 2)
        assert state_of(alone).state == "queued", "a release needs no broker"
        assert time.monotonic() - begin < 5, "nor does it wait for one"
        with pytest.raises((OperationalError, OSError)):
            wake(alone.organization.pk, alone.pk)
        broker.start()  # empty
        wait_until(lambda: accepted(alone), sweeping=True)
        assert worker.poll() is None, "the same worker goes on"
    assert relay.message_ids == [state_of(one).letter.message_id for one in (woken, alone)]


def test_a_wake_up_that_was_lost_with_its_broker_is_sent_again(
    live: Counter, relay: Relay, broker: Broker, child_environment: Callable[[], dict[str, str]]
) -> None:
    lost = released(live)
    broker.stop()
    broker.start()
    with a_worker(child_environment()):
        wait_until(lambda: accepted(lost), sweeping=True)
    assert len(relay.taken) == 1
