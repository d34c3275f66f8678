"""Ties, the overrule and the confirmation: what a colleague decided meanwhile is not overwritten unseen."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cases.actions.screening import record_ties
from cases.actions.take_intake import take_intake
from cases.admin.acts import ACTS
from cases.models import Case
from tests.desk import TODAY, Desk
from tests.intakes import minimal
from tests.people import AMARA, BJORN

ANSWERS = {
    "ties": {"asked": "on"},
    "overrule": {"answer": "no", "reason": "A local offender."},
    "confirm": {"reason": "The platform is known."},
}


@pytest.fixture
def case(desk: Desk) -> Case:
    likely = minimal(safety={}, triage={"money_sent_to": []}, fraud__kind="investment")
    return take_intake(desk.read(likely), by=BJORN.sign_up(), today=TODAY)


def opened(client: Client, case: Case, act: str) -> dict[str, Any]:
    """The answer of a person beside what their form carries from the moment when it was opened."""
    form = client.get(f"/workspace/cases/case/{case.pk}/").context["forms"][act]
    hidden = {field.html_name: field.value() for field in form.hidden_fields()}
    return hidden | {f"{act}-{name}": value for name, value in ANSWERS[act].items()}


def sent(client: Client, case: Case, act: str, data: dict[str, Any]) -> Any:
    return client.post(f"/workspace/cases/case/{case.pk}/{act}/", data)


@pytest.mark.parametrize("act", ANSWERS)
def test_an_answer_beside_an_older_state_is_refused_and_what_was_typed_is_kept(
    case: Case, bjorn: Client, act: str
) -> None:
    data = opened(bjorn, case, act)
    record_ties(case=case, states=["CN"], seen=case.updated_at, by=AMARA.sign_up())
    answer = sent(bjorn, case, act, data)
    assert answer.status_code == 422
    assert "Somebody changed this case while your form was open." in answer.content.decode()
    now = Case.objects.get(pk=case.pk)
    assert (now.ties_to, now.nexus_overrule, now.nexus_confirmed_reason) == (["CN"], "", "")
    assert answer.context["forms"][act].data.dict() == data


@pytest.mark.parametrize("act", ANSWERS)
def test_an_answer_beside_the_case_as_it_is_is_recorded(case: Case, bjorn: Client, act: str) -> None:
    assert sent(bjorn, case, act, opened(bjorn, case, act)).status_code == 302
    now = Case.objects.get(pk=case.pk)
    changed = {"ties": now.ties_to == [], "overrule": now.nexus_overrule, "confirm": now.nexus_confirmed_reason}
    assert [name for name in changed if changed[name]] == [act]


def test_each_of_them_carries_the_moment() -> None:
    assert [act for act in ACTS if "seen" in ACTS[act].form.base_fields] == ["confirm", "overrule", "ties"]
