"""The gate before a foreign government: whatever is changed, nothing leaves that should not."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.models import Case, Consent
from directory.models import ContactPoint
from letters.actions.dispatches import cancel_dispatch
from letters.actions.withdrawals import withdraw_approval, withdraw_consent
from letters.delivery import deliver
from letters.models import Dispatch, Release
from letters.release_rules import ConsentTerms, Releaser, Situation, refusals
from tests.letters.outbox.counter import EMBASSY, Counter, contact
from tests.letters.outbox.relay import Relay

_TODAY = date(2026, 11, 23)
_SHA = "a" * 64
_TERMS = ConsentTerms(date(2026, 1, 5), ())
_GOOD = Situation(
    today=_TODAY,
    releaser=Releaser(may_release=True, may_supervise=False, asked_for_it=True, read_sha256=_SHA),
    sealed=True,
    withdrawn=False,
    document_sha256=_SHA,
    facts_sha256="f" * 64,
    facts_sha256_now="f" * 64,
    to="embassy@example.org",
    to_now="embassy@example.org",
    by_us=True,
    broken_rules=(),
    foreign=True,
    ties_asked=True,
    nexus_unconfirmed=False,
    supervisor_reasons=(),
    consent=_TERMS,
    consent_now=_TERMS,
    approved=frozenset({_SHA}),
    verified_on=_TODAY - timedelta(days=1),
)
Mutation = Callable[[Situation], Situation]


def _set(**values: Any) -> Mutation:
    return lambda now: replace(now, **values)


def _who(**values: Any) -> Mutation:
    return lambda now: replace(now, releaser=replace(now.releaser, **values))


# Each by itself has to keep the letter from leaving, whatever else is so.
_BARS: tuple[Mutation, ...] = (
    _set(consent_now=None),
    _set(consent_now=ConsentTerms(date(2026, 1, 6), ())),
    _set(consent_now=ConsentTerms(date(2026, 1, 5), ("disclose evidence",))),
    _set(approved=frozenset()),
    _set(approved=frozenset({"b" * 64})),
    _set(document_sha256="c" * 64),
    _set(facts_sha256_now="e" * 64),
    _set(facts_sha256_now=""),
    _set(ties_asked=False),
    _set(nexus_unconfirmed=True),
    _set(sealed=False),
    _set(withdrawn=True),
    _set(by_us=False),
    _set(to_now="other@example.org"),
    _set(broken_rules=("A mistyped wallet.",)),
    _set(supervisor_reasons=("A life is at risk.",)),
    _who(may_release=False),
    _who(read_sha256="d" * 64),
)
# Of the address alone a reason may be given.
_ADDRESS: tuple[Mutation, ...] = (
    _set(verified_on=None),
    *(_set(verified_on=_TODAY - timedelta(days=days)) for days in (181, 400, -1)),
)
_HARMLESS: tuple[Mutation, ...] = (
    _set(verified_on=_TODAY - timedelta(days=180)),
    _set(approved=frozenset({_SHA, "b" * 64})),
    _who(may_supervise=False, asked_for_it=False),
)


def test_ten_thousand_mutations_let_nothing_through_that_should_not_go() -> None:
    chance, passed = random.Random(20261123), 0
    assert refusals(_GOOD) == ()
    for _ in range(10_000):
        harmless = chance.sample(_HARMLESS, chance.randrange(len(_HARMLESS) + 1))
        bars = chance.sample(_BARS, chance.choice((0, 0, 1, 1, 2, 5)))
        address = chance.sample(_ADDRESS, chance.choice((0, 0, 1)))
        reason = chance.choice(("", " ", "Called them."))
        situation = replace(_GOOD, releaser=replace(_GOOD.releaser, override_reason=reason))
        for mutation in (*harmless, *address, *chance.sample(bars, len(bars))):
            situation = mutation(situation)
        expected = not bars and not (address and not reason.strip())
        assert (refusals(situation) == ()) is expected, situation
        passed += expected
    assert 1_000 < passed < 9_000


# --- the same through the database and a real relay -----------------------------------------------------------


def _withdraw_consent(counter: Counter, dispatch: Dispatch) -> None:
    withdraw_consent(case=dispatch.case, agency_key=EMBASSY, by=None)


def _withdraw_approval(counter: Counter, dispatch: Dispatch) -> None:
    withdraw_approval(letter=dispatch.letter, by=None)


def _delete_consent(counter: Counter, dispatch: Dispatch) -> None:
    Consent.objects.filter(case=dispatch.case_id, agency_key=EMBASSY).delete()


def _change_consent(counter: Counter, dispatch: Dispatch) -> None:
    Consent.objects.filter(case=dispatch.case_id, agency_key=EMBASSY).update(withhold=["impact"])


def _ties_not_asked(counter: Counter, dispatch: Dispatch) -> None:
    Case.objects.filter(pk=dispatch.case_id).update(ties_to=None)


def _a_tie(counter: Counter, dispatch: Dispatch) -> None:
    Case.objects.filter(pk=dispatch.case_id).update(ties_to=["HK"])


def _another_fact(counter: Counter, dispatch: Dispatch) -> None:
    Case.objects.filter(pk=dispatch.case_id).update(first_contact_service="Telegram")


def _unverified(counter: Counter, dispatch: Dispatch) -> None:
    ContactPoint.objects.filter(pk=contact(EMBASSY).pk).update(verified_by="", verified_on=None, verified_source="")


def _stale(counter: Counter, dispatch: Dispatch) -> None:
    ContactPoint.objects.filter(pk=contact(EMBASSY).pk).update(verified_on=timezone.localdate() - timedelta(days=200))


def _closed(counter: Counter, dispatch: Dispatch) -> None:
    ContactPoint.objects.filter(pk=contact(EMBASSY).pk).update(status="closed")


def _moved(counter: Counter, dispatch: Dispatch) -> None:
    ContactPoint.objects.filter(pk=contact(EMBASSY).pk).update(value="moved@example.org")


def _held(counter: Counter, dispatch: Dispatch) -> None:
    Release.objects.filter(pk=dispatch.release_id).update(hold_until=timezone.now() + timedelta(hours=1))


def _cancelled(counter: Counter, dispatch: Dispatch) -> None:
    cancel_dispatch(dispatch=dispatch, by=counter.caseworker, reason="The victim called.")


def _no_nexus(counter: Counter, dispatch: Dispatch) -> None:
    Case.objects.filter(pk=dispatch.case_id).update(nexus_overrule="no", nexus_overrule_reason="A local offender.")


def _nothing(counter: Counter, dispatch: Dispatch) -> None:
    """The letter may go."""


def _harmless(counter: Counter, dispatch: Dispatch) -> None:
    Case.objects.filter(pk=dispatch.case_id).update(purposes=["statistics"])


_REAL = (
    _withdraw_consent, _withdraw_approval, _delete_consent, _change_consent, _ties_not_asked, _a_tie, _another_fact,
    _unverified, _stale, _closed, _moved, _held, _cancelled, _no_nexus,
)  # fmt: skip


def test_three_hundred_changes_between_release_and_sending_send_nothing_that_should_not_go(
    counter: Counter, relay: Relay
) -> None:
    chance, expected = random.Random(20261123), 0
    dispatch = counter.released()
    for _ in range(300):
        changes = chance.sample(_REAL, chance.choice((0, 1, 1, 2, 3)))
        savepoint = transaction.savepoint()
        for change in (chance.choice((_nothing, _harmless)), *changes):
            change(counter, Dispatch.objects.get(pk=dispatch.pk))
        deliver(counter.organization.pk, dispatch.pk)
        expected += not changes
        assert len(relay.taken) == expected, [change.__name__ for change in changes]
        transaction.savepoint_rollback(savepoint)
    assert expected > 20
