"""A letter that waits for a person has a page of its own, also where its report left the plan."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from letters.admin.tiles import letter_tiles
from letters.delivery.relay import Outcome, Reply
from letters.delivery.results import accept, hold_for_a_person, settle
from letters.models import Dispatch
from letters.queries.outbox import outbox_troubles
from tests.letters.outbox.counter import Counter
from tests.workspace.conftest import SignedIn

REFUSED = Reply(Outcome.REFUSED, code=550, text="5.1.1 no such user")


def failed(counter: Counter) -> Dispatch:
    dispatch = counter.released()
    settle(dispatch, REFUSED, ours=True)
    return dispatch


def left_the_plan(dispatch: Dispatch) -> None:
    Case.objects.filter(pk=dispatch.case_id).update(nexus_overrule="no", nexus_overrule_reason="A local offender.")


def say(client: Client, dispatch: Dispatch, act: str, **fields: str) -> str:
    address = reverse("workspace:waiting_act", args=[dispatch.pk, act])
    response = client.post(address, {f"{act}-{name}": value for name, value in fields.items()}, follow=True)
    assert response.status_code in (200, 422), response.status_code
    return response.content.decode()


def test_the_first_page_leads_to_it_and_there_it_is_left_unsent(counter: Counter, signed_in: SignedIn) -> None:
    dispatch, client = failed(counter), signed_in(counter.caseworker)
    left_the_plan(dispatch)
    [tile] = letter_tiles(counter.caseworker)
    page = client.get(tile.url).content.decode()
    assert "no such user" in page
    assert "has no report to this agency any more" in page
    assert "It stays unsent" in say(client, dispatch, "leave_unsent", reason="The embassy has moved.")
    assert letter_tiles(counter.caseworker) == []
    assert not outbox_troubles()["north"]


def test_what_was_found_out_is_said_there_too(counter: Counter, signed_in: SignedIn) -> None:
    dispatch, client = counter.released(), signed_in(counter.caseworker)
    hold_for_a_person(dispatch)
    left_the_plan(dispatch)
    assert "says what" not in client.get(reverse("workspace:waiting", args=[dispatch.pk])).content.decode()
    assert "is recorded" in say(client, dispatch, "found_out", was_sent="yes", finding="It stands in the relay's log.")
    assert Dispatch.objects.get(pk=dispatch.pk).state == "accepted"


def test_while_its_report_is_in_the_plan_the_page_leads_there(counter: Counter, signed_in: SignedIn) -> None:
    dispatch, client = failed(counter), signed_in(counter.caseworker)
    report = reverse("workspace:report", args=[dispatch.case_id, dispatch.agency_key])
    assert report in client.get(reverse("workspace:waiting", args=[dispatch.pk])).content.decode()
    assert "This field is required" in say(client, dispatch, "leave_unsent", reason="")


@pytest.mark.parametrize("act", ["leave_unsent", "found_out"])
def test_what_waits_for_nobody_is_refused_with_words(counter: Counter, signed_in: SignedIn, act: str) -> None:
    dispatch, client = counter.released(), signed_in(counter.caseworker)
    accept(dispatch, Reply(Outcome.ACCEPTED))
    said = say(client, dispatch, act, reason="?", was_sent="yes", finding="?")
    assert "cannot be called back" in said or "held for a person" in said


def test_what_the_victim_took_back_meanwhile_waits_for_nobody(counter: Counter) -> None:
    dispatch = counter.released()
    dispatch.letter.withdrawn_at = timezone.now()
    dispatch.letter.save(update_fields=["withdrawn_at"])
    settle(dispatch, REFUSED, ours=True)
    assert dispatch.state == "cancelled"
